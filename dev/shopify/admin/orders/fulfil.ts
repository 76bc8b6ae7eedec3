import type { FulfillmentRecord, OrderRecord } from "../../records";
import type { ShopStore } from "../../store";
import { fulfillmentPayload, orderPayload } from "../../webhooks/payloads";
import { publish } from "../../webhooks/publish";
import type { World } from "../../world";

/** Sends everything of an order that has not been sent yet, with a tracking number of a made-up carrier. */
export function fulfilOrder(world: World, shop: ShopStore, orderId: number): OrderRecord | null {
  return shop.transaction(() => {
    const order = shop.get("order", orderId);
    if (!order || order.cancelledAt) return null;
    const rest = order.lines
      .map((line) => ({ lineId: line.id, quantity: line.quantity - (line.fulfilledQuantity ?? 0) }))
      .filter((line) => line.quantity > 0);
    if (rest.length === 0) return order;
    const now = world.clock().toISOString();
    const id = shop.newId("fulfillment");
    const tracking = `LP${String(id).slice(-9)}`;
    const fulfillment: FulfillmentRecord = {
      id,
      name: `${order.name}.${order.fulfillments.length + 1}`,
      status: "SUCCESS",
      displayStatus: "IN_TRANSIT",
      trackingCompany: "Local Parcel",
      trackingNumber: tracking,
      trackingUrl: `${world.origin}/parcels/${tracking}`,
      lines: rest,
      createdAt: now,
      updatedAt: now,
      estimatedDeliveryAt: new Date(world.clock().getTime() + 3 * 86_400_000).toISOString(),
      deliveredAt: null,
    };
    const sent: OrderRecord = {
      ...order,
      lines: order.lines.map((line) => ({ ...line, fulfilledQuantity: line.quantity })),
      fulfillments: [...order.fulfillments, fulfillment],
      fulfillmentStatus: "FULFILLED",
      updatedAt: now,
    };
    shop.put("order", order.id, sent);
    publish(world, shop, "fulfillments/create", fulfillmentPayload(shop, sent, fulfillment));
    publish(world, shop, "orders/fulfilled", orderPayload(shop, sent));
    publish(world, shop, "orders/updated", orderPayload(shop, sent));
    return sent;
  });
}
