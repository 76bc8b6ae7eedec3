import type { OrderRecord } from "../../records";
import type { AdminContext } from "../engine/context";

const DAYS = 60;

/**
 * The orders that the app may see: without `read_all_orders` only those of the last 60 days
 * (https://shopify.dev/docs/api/usage/access-scopes#orders-permissions).
 */
export function visibleOrders(context: AdminContext): readonly Readonly<OrderRecord>[] {
  return context.shop.all("order").filter((order) => isVisible(order, context));
}

export function visibleOrder(context: AdminContext, id: number | null): Readonly<OrderRecord> | null {
  const order = id === null ? null : context.shop.get("order", id);
  return order && isVisible(order, context) ? order : null;
}

function isVisible(order: Readonly<OrderRecord>, context: AdminContext): boolean {
  if (context.token.scopes.includes("read_all_orders")) return true;
  return new Date(order.createdAt).getTime() >= context.now.getTime() - DAYS * 86_400_000;
}
