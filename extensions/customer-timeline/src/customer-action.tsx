import type { Api } from "@shopify/ui-extensions/admin.customer-details.action.render";
import { render } from "preact";
import { Action } from "./action";

declare const shopify: Api;

/** Shopify calls this when the action is chosen on a page of a customer. */
export default function start(): void {
  const [selected] = shopify.data.selected;
  if (!selected) return;
  render(<Action page="customer" id={selected.id} words={shopify.i18n} close={() => shopify.close()} />, document.body);
}
