import { cancelOrder as cancel } from "../../commerce/orders/cancel";
import { type Change, changeIn, Refused } from "../../commerce/orders/change";
import { type ParcelNews, reportParcel } from "../../commerce/orders/parcels";
import { payOrder } from "../../commerce/orders/pay";
import type { OrderRecord } from "../../records";
import { type FulfillmentEventRecord, PARCEL_EVENTS } from "../../records-orders";
import type { ShopStore } from "../../store";
import type { World } from "../../world";

/** What the carrier reports of a parcel. Null when there is no such parcel. */
export function moveParcel(
  world: World,
  shop: ShopStore,
  input: { orderId: number; fulfillmentId: number; state: string },
): OrderRecord | null {
  const state = PARCEL_EVENTS.find((each) => each === input.state);
  const has = shop.get("order", input.orderId)?.fulfillments.some((each) => each.id === input.fulfillmentId);
  if (!state || !has) return null;
  return shop.transaction(() => {
    const change = changeIn(world, shop);
    return reportParcel(change, input.fulfillmentId, newsOf(state, change.now)).order;
  });
}

/** A report without a place. */
export function newsOf(status: FulfillmentEventRecord["status"], happenedAt: string): ParcelNews {
  const nowhere = { city: null, province: null, country: null, zip: null, address1: null };
  return { status, message: null, ...nowhere, estimatedDeliveryAt: null, happenedAt };
}

/** Cancels an order that was not sent: what was paid is refunded and its units go back on the shelf. */
export function cancelOrder(world: World, shop: ShopStore, orderId: number): OrderRecord | null {
  return orAsItWas(world, shop, orderId, (change) =>
    cancel(change, orderId, { reason: "CUSTOMER", refund: true, restock: true }),
  );
}

/** The money of an order that was placed on account has come. */
export function markOrderPaid(world: World, shop: ShopStore, orderId: number): OrderRecord | null {
  return orAsItWas(world, shop, orderId, (change) => payOrder(change, orderId));
}

/** What the change makes of the order; the order itself when it is refused; null when there is none. */
export function orAsItWas(
  world: World,
  shop: ShopStore,
  orderId: number,
  work: (change: Change) => OrderRecord,
): OrderRecord | null {
  const order = shop.get("order", orderId);
  if (!order) return null;
  try {
    return shop.transaction(() => work(changeIn(world, shop)));
  } catch (error) {
    if (error instanceof Refused) return order;
    throw error;
  }
}
