import { takeFromStock } from "../../commerce/stock";
import type { FulfillmentRecord, OrderRecord } from "../../records";
import type { ShopStore } from "../../store";
import { fulfillmentPayload, orderPayload } from "../../webhooks/payloads";
import { publish } from "../../webhooks/publish";
import type { World } from "../../world";

export const PARCEL_STATES: readonly FulfillmentRecord["displayStatus"][] = [
  "CONFIRMED",
  "IN_TRANSIT",
  "OUT_FOR_DELIVERY",
  "DELIVERED",
  "NOT_DELIVERED",
];

/** What the carrier reports of a parcel. Null when there is no such parcel. */
export function moveParcel(
  world: World,
  shop: ShopStore,
  input: { orderId: number; fulfillmentId: number; state: string },
): OrderRecord | null {
  const state = PARCEL_STATES.find((each) => each === input.state);
  return shop.transaction(() => {
    const order = shop.get("order", input.orderId);
    const parcel = order?.fulfillments.find((each) => each.id === input.fulfillmentId);
    if (!order || !parcel || !state) return null;
    const now = world.clock().toISOString();
    parcel.displayStatus = state;
    parcel.deliveredAt = state === "DELIVERED" ? now : null;
    parcel.updatedAt = now;
    order.updatedAt = now;
    shop.put("order", order.id, order);
    publish(world, shop, "fulfillments/update", fulfillmentPayload(shop, order, parcel));
    publish(world, shop, "orders/updated", orderPayload(shop, order));
    return order;
  });
}

/** Cancels an order that was not sent: what was paid is refunded and its units go back on the shelf. */
export function cancelOrder(world: World, shop: ShopStore, orderId: number): OrderRecord | null {
  return shop.transaction(() => {
    const order = shop.get("order", orderId);
    if (!order) return null;
    if (order.cancelledAt || order.fulfillments.length > 0) return order;
    const now = world.clock().toISOString();
    const paid = ["PAID", "PARTIALLY_REFUNDED"].includes(order.financialStatus);
    const cancelled: OrderRecord = {
      ...order,
      cancelledAt: now,
      cancelReason: "CUSTOMER",
      closedAt: now,
      updatedAt: now,
      financialStatus: paid ? "REFUNDED" : "VOIDED",
      refunded: paid ? order.totals.total : order.refunded,
    };
    shop.put("order", order.id, cancelled);
    const back = order.lines.map((line) => ({ ...line, quantity: -line.quantity }));
    takeFromStock(shop, back, world.clock());
    publish(world, shop, "orders/cancelled", orderPayload(shop, cancelled));
    publish(world, shop, "orders/updated", orderPayload(shop, cancelled));
    return cancelled;
  });
}

/** The money of an order that was placed on account has come. */
export function markOrderPaid(world: World, shop: ShopStore, orderId: number): OrderRecord | null {
  return shop.transaction(() => {
    const order = shop.get("order", orderId);
    if (!order) return null;
    if (order.cancelledAt || !["PENDING", "AUTHORIZED"].includes(order.financialStatus)) return order;
    const now = world.clock().toISOString();
    const paid: OrderRecord = { ...order, financialStatus: "PAID", processedAt: now, updatedAt: now };
    shop.put("order", order.id, paid);
    publish(world, shop, "orders/paid", orderPayload(shop, paid));
    publish(world, shop, "orders/updated", orderPayload(shop, paid));
    return paid;
  });
}
