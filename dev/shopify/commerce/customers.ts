import type { CustomerRecord, OrderRecord } from "../records";
import type { ShopStore } from "../store";
import { receivedFor } from "./orders/money";

export interface Purchases {
  orders: number;
  /** Minor units: paid and not given back. */
  spent: number;
  lastOrder: Readonly<OrderRecord> | null;
}

/** What the customer has bought over their whole life here; cancelled orders count as orders, not as money. */
export function purchasesOf(shop: ShopStore, customerId: number): Purchases {
  const orders = ordersOf(shop, customerId);
  const spent = orders
    .filter((order) => !order.cancelledAt)
    .reduce((sum, order) => sum + receivedFor(order) - order.refunded, 0);
  return { orders: orders.length, spent, lastOrder: orders.at(-1) ?? null };
}

/** Oldest first. */
export function ordersOf(shop: ShopStore, customerId: number): Readonly<OrderRecord>[] {
  return shop
    .all("order")
    .filter((order) => order.customerId === customerId)
    .sort((a, b) => (a.processedAt < b.processedAt ? -1 : a.processedAt > b.processedAt ? 1 : a.id - b.id));
}

/** First and last name, else the e-mail address, else the phone number: what Shopify shows as the name. */
export function displayName(customer: Readonly<CustomerRecord>): string {
  const name = [customer.firstName, customer.lastName].filter(Boolean).join(" ");
  return name || customer.email || customer.phone || "";
}
