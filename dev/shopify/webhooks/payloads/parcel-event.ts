import { gid, type OrderRecord } from "../../records";
import type { FulfillmentEventRecord } from "../../records-orders";
import type { ShopStore } from "../../store";
import { zoned } from "./forms";

/** `fulfillment_events/create|delete`. */
export function parcelEventPayload(
  shop: ShopStore,
  order: Readonly<OrderRecord>,
  fulfillmentId: number,
  event: Readonly<FulfillmentEventRecord>,
) {
  const settings = shop.settings();
  return {
    id: event.id,
    fulfillment_id: fulfillmentId,
    status: event.status.toLowerCase(),
    message: event.message,
    happened_at: zoned(event.happenedAt, settings),
    city: event.city,
    province: event.province,
    country: event.country,
    zip: event.zip,
    address1: event.address1,
    latitude: null,
    longitude: null,
    shop_id: settings.id,
    created_at: zoned(event.createdAt, settings),
    updated_at: zoned(event.createdAt, settings),
    estimated_delivery_at: zoned(event.estimatedDeliveryAt, settings),
    order_id: order.id,
    admin_graphql_api_id: gid("FulfillmentEvent", event.id),
  };
}
