import type { CheckoutRecordFragment, CheckoutRecordLineFragment } from "~/shopify/queries/generated";
import { cartIdOf, currencyOf, gidOf, minorOf, nodesOf, textOf, timeOf, timeOrNull } from "./mirror/read";
import { type LineKept, lineOf } from "./order";

/** What is kept of a checkout that was begun and left: the columns of `shopify_checkout` but what the keeper computes. */
export interface CheckoutKept {
  /** gid://shopify/AbandonedCheckout/… */
  id: string;
  name: string;
  customerId: string | null;
  cartId: string | null;
  currency: string;
  /** Minor units of `currency`. */
  total: number;
  lines: LineKept[];
  /** When it became an order after all. */
  completedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

export type CheckoutNode = CheckoutRecordFragment & { lineItems: { edges: { node: CheckoutRecordLineFragment }[] } };

/** A checkout as the Admin API tells it, as it is kept. Throws Malformed. */
export function checkoutOf(node: CheckoutNode): CheckoutKept {
  const currency = currencyOf(node.totalPriceSet?.shopMoney.currencyCode);
  return {
    id: gidOf(node.id, "AbandonedCheckout"),
    name: textOf(node.name, "name"),
    customerId: node.customer ? gidOf(node.customer.id, "Customer") : null,
    cartId: cartIdOf(node.customAttributes),
    currency,
    total: minorOf(node.totalPriceSet.shopMoney.amount, currency, "totalPriceSet"),
    lines: nodesOf(node.lineItems).map((line) => lineOf(line, currency)),
    completedAt: timeOrNull(node.completedAt, "completedAt"),
    createdAt: timeOf(node.createdAt, "createdAt"),
    updatedAt: timeOf(node.updatedAt, "updatedAt"),
  };
}
