import type { DraftOrderRecordFragment, DraftOrderRecordLineFragment } from "~/shopify/queries/generated";
import { cartIdOf, currencyOf, gidOf, minorOf, nodesOf, textOf, timeOf, timeOrNull, wordOf } from "./mirror/read";
import { type LineKept, lineOf } from "./order";

/** What is kept of a draft order, ours and others': the columns of `shopify_draft_order` but what the keeper computes. */
export interface DraftOrderKept {
  /** gid://shopify/DraftOrder/… */
  id: string;
  name: string;
  customerId: string | null;
  cartId: string | null;
  /** open | invoice_sent | completed */
  status: string;
  currency: string;
  /** Minor units of `currency`. */
  total: number;
  lines: LineKept[];
  orderId: string | null;
  orderName: string | null;
  invoiceSentAt: Date | null;
  completedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

export type DraftOrderNode = DraftOrderRecordFragment & {
  lineItems: { edges: { node: DraftOrderRecordLineFragment }[] };
};

/** A draft order as the Admin API tells it, as it is kept. Throws Malformed. */
export function draftOrderOf(node: DraftOrderNode): DraftOrderKept {
  const currency = currencyOf(node.currencyCode);
  return {
    id: gidOf(node.id, "DraftOrder"),
    name: textOf(node.name, "name"),
    customerId: node.customer ? gidOf(node.customer.id, "Customer") : null,
    cartId: cartIdOf(node.customAttributes),
    status: wordOf(node.status, "status"),
    currency,
    total: minorOf(node.totalPriceSet?.shopMoney.amount, currency, "totalPriceSet"),
    lines: nodesOf(node.lineItems).map((line) => lineOf(line, currency)),
    orderId: node.order ? gidOf(node.order.id, "Order") : null,
    orderName: node.order ? textOf(node.order.name, "the order's name") : null,
    invoiceSentAt: timeOrNull(node.invoiceSentAt, "invoiceSentAt"),
    completedAt: timeOrNull(node.completedAt, "completedAt"),
    createdAt: timeOf(node.createdAt, "createdAt"),
    updatedAt: timeOf(node.updatedAt, "updatedAt"),
  };
}
