import type { Api } from "@shopify/ui-extensions/admin.order-details.action.render";
import { render } from "preact";
import { Action } from "./action";

declare const shopify: Api;

/** Shopify calls this when the action is chosen on a page of an order. */
export default function start(): void {
  const [selected] = shopify.data.selected;
  if (!selected) return;
  render(<Action page="order" id={selected.id} words={shopify.i18n} close={() => shopify.close()} />, document.body);
}
