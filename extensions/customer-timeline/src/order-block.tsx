import type { Api } from "@shopify/ui-extensions/admin.order-details.block.render";
import { render } from "preact";
import { Block } from "./block";

declare const shopify: Api;

/** Shopify calls this on a page of an order. */
export default function start(): void {
  const [selected] = shopify.data.selected;
  if (selected) render(<Block page="order" id={selected.id} words={shopify.i18n} />, document.body);
}
