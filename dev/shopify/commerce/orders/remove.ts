import { type Change, Refused, requireOrder, tell, tellPurchases } from "./change";

/**
 * Deletes a cancelled order for good, told as `orders/delete`.
 * @throws Refused for any other: Shopify deletes only orders that are over.
 */
export function deleteOrder(change: Change, orderId: number): void {
  const order = requireOrder(change, orderId);
  if (!order.cancelledAt) throw new Refused(["orderId"], "Order cannot be deleted", "INVALID");
  change.shop.delete("order", order.id);
  tell(change, "orders/delete", { id: order.id });
  tellPurchases(change, order.customerId);
}
