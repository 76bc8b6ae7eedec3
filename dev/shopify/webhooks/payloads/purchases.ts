import { purchasesOf } from "../../commerce/customers";
import { decimal } from "../../commerce/prices";
import { gid } from "../../records";
import type { ShopStore } from "../../store";

/** `customers/purchasing_summary`: what `customers/update` has not told since API version 2025-01. */
export function purchasesPayload(shop: ShopStore, customerId: number, at: string) {
  const { orders, spent, lastOrder } = purchasesOf(shop, customerId);
  return {
    customerId: gid("Customer", customerId),
    numberOfOrders: orders,
    amountSpent: { amount: decimal(spent), currencyCode: shop.settings().currency },
    lastOrderId: lastOrder ? gid("Order", lastOrder.id) : null,
    occurredAt: at,
  };
}
