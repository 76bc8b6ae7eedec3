import { z } from "zod";
import type { Kind } from "~/shopify-data/kinds";
import { gid, numericId } from "./shapes";

/** What a payload says of a record: which one it is about, and whether Shopify has it no more. */
export interface Hint {
  kind: Kind;
  /** gid://shopify/… */
  id: string;
  gone: boolean;
}

/** Reads from a payload what it is about; throws for one of another shape. */
export type HintOf = (payload: unknown) => Hint;

const byId = z.object({ id: numericId });
const ofOrder = z.object({ order_id: numericId });
const edited = z.object({ order_edit: ofOrder });
const ofReturn = z.union([ofOrder, z.object({ order: byId }).transform(({ order }) => ({ order_id: order.id }))]);
const named = z.object({ customerId: z.string().regex(/^gid:\/\/shopify\/Customer\/\d+$/) });
const ofCustomer = z.union([z.object({ customer_id: numericId }), byId.transform(({ id }) => ({ customer_id: id }))]);
const merged = z.object({ admin_graphql_api_customer_kept_id: z.string() });
const company = z.object({ admin_graphql_api_id: z.string().startsWith("gid://shopify/Company/") });
const ofCompany = z.object({ company });

const changed = (kind: Kind, id: string): Hint => ({ kind, id, gone: false });
const record =
  (kind: Kind, type: string): HintOf =>
  (payload) =>
    changed(kind, gid(type, byId.parse(payload).id));

/** A record that was deleted. */
export const gone =
  (hint: HintOf): HintOf =>
  (payload) => ({ ...hint(payload), gone: true });

export const customer = record("customers", "Customer");
export const order = record("orders", "Order");
export const draftOrder = record("draft-orders", "DraftOrder");
export const checkout = record("checkouts", "AbandonedCheckout");
export const product = record("products", "Product");
export const companyItself: HintOf = (payload) => changed("companies", company.parse(payload).admin_graphql_api_id);

/** A contact or a location of a company. */
export const companyOfPart: HintOf = (payload) =>
  changed("companies", ofCompany.parse(payload).company.admin_graphql_api_id);

/** A refund, a transaction, a fulfilment or a step of one. */
export const orderOfPart: HintOf = (payload) => changed("orders", gid("Order", ofOrder.parse(payload).order_id));

export const orderOfEdit: HintOf = (payload) =>
  changed("orders", gid("Order", edited.parse(payload).order_edit.order_id));

/** Some topics of returns name the order by its id, some hold it. */
export const orderOfReturn: HintOf = (payload) => changed("orders", gid("Order", ofReturn.parse(payload).order_id));

/** Topics that name the customer as the Admin API does: of tags, and of what they bought. */
export const customerNamed: HintOf = (payload) => changed("customers", named.parse(payload).customerId);
/** Of a consent to mail the payload says `customer_id`, of one to texts it is the customer's own, with `id`. */
export const customerOfPart: HintOf = (payload) =>
  changed("customers", gid("Customer", ofCustomer.parse(payload).customer_id));

/** The one that is left. The other one is marked by following the merge. */
export const customerOfMerge: HintOf = (payload) =>
  changed("customers", merged.parse(payload).admin_graphql_api_customer_kept_id);
