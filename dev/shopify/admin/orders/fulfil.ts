import { changeIn, Refused } from "../../commerce/orders/change";
import { reportParcel, sendParcel } from "../../commerce/orders/parcels";
import type { OrderRecord } from "../../records";
import type { ShopStore } from "../../store";
import type { World } from "../../world";
import { newsOf } from "./change-order";

/** Sends everything of an order that has not been sent yet, with a tracking number of a made-up carrier. */
export function fulfilOrder(world: World, shop: ShopStore, orderId: number): OrderRecord | null {
  return shop.transaction(() => {
    const order = shop.get("order", orderId);
    if (!order || order.cancelledAt) return null;
    const change = changeIn(world, shop);
    const number = `LP${String(orderId).slice(-7)}${String(order.fulfillments.length + 1).padStart(2, "0")}`;
    try {
      const { parcel } = sendParcel(change, orderId, null, {
        company: "Local Parcel",
        number,
        url: `${world.origin}/parcels/${number}`,
      });
      const estimatedDeliveryAt = new Date(Date.parse(change.now) + 3 * 86_400_000).toISOString();
      return reportParcel(change, parcel.id, { ...newsOf("IN_TRANSIT", change.now), estimatedDeliveryAt }).order;
    } catch (error) {
      // Nothing was left to send.
      if (error instanceof Refused) return order;
      throw error;
    }
  });
}
