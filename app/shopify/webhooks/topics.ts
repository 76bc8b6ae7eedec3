import type { Context } from "~/context";
import { appUninstalled, scopesUpdated, shopUpdated } from "./app";
import { bulkOperationFinished } from "./bulk-operations";
import { cartChanged } from "./carts";
import { checkoutChanged } from "./checkouts";
import { customerRedact, dataRequest, shopRedact } from "./compliance";
import { customerDeleted, customersMerged } from "./customers";
import { draftOrderChanged, draftOrderDeleted } from "./draft-orders";
import {
  checkout,
  companyItself,
  companyOfPart,
  customer,
  customerNamed,
  customerOfMerge,
  customerOfPart,
  draftOrder,
  gone,
  type HintOf,
  order,
  orderOfEdit,
  orderOfPart,
  orderOfReturn,
  product,
} from "./hints";
import { orderChanged } from "./orders";
import { returnChanged } from "./returns";

/** What is known of a webhook beside its payload. */
export interface Told {
  /** When Shopify triggered it, else when it arrived. */
  at: Date;
}

type Handler = (ctx: Context, payload: unknown, told: Told) => Promise<void>;

interface Topic {
  /** The record that it is about. It is mirrored: noted, and read again from Shopify, or marked when it is gone. */
  about?: HintOf;
  /** What happens beside that. */
  does?: Handler;
  /**
   * Whether that may only happen for what is tied to us (a cart, a draft order or a customer of ours), which is looked up
   * for many webhooks at once: most orders of most shops never had to do with a chat.
   */
  ifOurs?: boolean;
}

const aboutOrder: Topic = { about: order };
const partOfOrder: Topic = { about: orderOfPart };
const ofReturn: Topic = { about: orderOfReturn };
const ofCompany: Topic = { about: companyOfPart };
const orderOfOurs: Topic = { about: order, does: orderChanged, ifOurs: true };
const checkoutOfOurs: Topic = { about: checkout, does: checkoutChanged, ifOurs: true };
const draftOfOurs: Topic = { about: draftOrder, does: draftOrderChanged, ifOurs: true };

/** Topic → what happens. `shopify.app.toml` subscribes to these; tests/shopify/scopes.test.ts holds both together. */
export const topics: Readonly<Record<string, Topic>> = {
  "carts/create": { does: cartChanged },
  "carts/update": { does: cartChanged },
  "checkouts/create": checkoutOfOurs,
  "checkouts/update": checkoutOfOurs,
  "checkouts/delete": { about: gone(checkout) },
  "orders/create": orderOfOurs,
  "orders/updated": orderOfOurs,
  "orders/paid": orderOfOurs,
  "orders/edited": { about: orderOfEdit },
  "orders/cancelled": aboutOrder,
  "orders/fulfilled": aboutOrder,
  "orders/partially_fulfilled": aboutOrder,
  "orders/delete": { about: gone(order) },
  "refunds/create": partOfOrder,
  "order_transactions/create": partOfOrder,
  "fulfillments/create": partOfOrder,
  "fulfillments/update": partOfOrder,
  "fulfillment_events/create": partOfOrder,
  "fulfillment_events/delete": partOfOrder,
  "returns/request": ofReturn,
  "returns/approve": ofReturn,
  "returns/decline": { does: returnChanged },
  "returns/cancel": ofReturn,
  "returns/close": ofReturn,
  "returns/reopen": ofReturn,
  "returns/update": { does: returnChanged },
  "returns/process": ofReturn,
  "draft_orders/create": draftOfOurs,
  "draft_orders/update": draftOfOurs,
  "draft_orders/delete": { about: gone(draftOrder), does: draftOrderDeleted, ifOurs: true },
  "customers/create": { about: customer },
  "customers/update": { about: customer },
  "customers/enable": { about: customer },
  "customers/disable": { about: customer },
  "customers/delete": { about: gone(customer), does: customerDeleted, ifOurs: true },
  "customers/merge": { about: customerOfMerge, does: customersMerged },
  // How often they bought and for how much: `customers/update` has not told that since API version 2025-01.
  "customers/purchasing_summary": { about: customerNamed },
  "customer.tags_added": { about: customerNamed },
  "customer.tags_removed": { about: customerNamed },
  "customers_email_marketing_consent/update": { about: customerOfPart },
  // Of text messages; the name is from when there was no other.
  "customers_marketing_consent/update": { about: customerOfPart },
  "products/create": { about: product },
  "products/update": { about: product },
  "products/delete": { about: gone(product) },
  "companies/create": { about: companyItself },
  "companies/update": { about: companyItself },
  "companies/delete": { about: gone(companyItself) },
  "company_contacts/create": ofCompany,
  "company_contacts/update": ofCompany,
  "company_contacts/delete": ofCompany,
  "company_locations/create": ofCompany,
  "company_locations/update": ofCompany,
  "company_locations/delete": ofCompany,
  "app/uninstalled": { does: appUninstalled },
  "app/scopes_update": { does: scopesUpdated },
  "shop/update": { does: shopUpdated },
  "bulk_operations/finish": { does: bulkOperationFinished },
  "customers/data_request": { does: dataRequest },
  "customers/redact": { does: customerRedact },
  "shop/redact": { does: shopRedact },
};
