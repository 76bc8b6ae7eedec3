import { type FulfillmentRecord, gid, type OrderRecord } from "../../records";
import type { ShopStore } from "../../store";
import { zoned } from "./forms";
import { orderLine } from "./order-line";

const SHIPMENT_STATUS: Readonly<Record<FulfillmentRecord["displayStatus"], string | null>> = {
  LABEL_PURCHASED: "label_purchased",
  LABEL_PRINTED: "label_printed",
  READY_FOR_PICKUP: "ready_for_pickup",
  CONFIRMED: "confirmed",
  CARRIER_PICKED_UP: "in_transit",
  IN_TRANSIT: "in_transit",
  DELAYED: "delayed",
  OUT_FOR_DELIVERY: "out_for_delivery",
  ATTEMPTED_DELIVERY: "attempted_delivery",
  DELIVERED: "delivered",
  FAILURE: "failure",
  CANCELED: null,
  FULFILLED: null,
  NOT_DELIVERED: "failure",
};

/** `fulfillments/create|update`, and each of an order's fulfilments. */
export function fulfillmentPayload(
  shop: ShopStore,
  order: Readonly<OrderRecord>,
  fulfillment: Readonly<FulfillmentRecord>,
) {
  const settings = shop.settings();
  return {
    id: fulfillment.id,
    admin_graphql_api_id: gid("Fulfillment", fulfillment.id),
    created_at: zoned(fulfillment.createdAt, settings),
    location_id: null,
    name: fulfillment.name,
    order_id: order.id,
    origin_address: {},
    receipt: {},
    service: "manual",
    shipment_status: SHIPMENT_STATUS[fulfillment.displayStatus],
    status: fulfillment.status.toLowerCase(),
    tracking_company: fulfillment.trackingCompany,
    tracking_number: fulfillment.trackingNumber,
    tracking_numbers: fulfillment.trackingNumber ? [fulfillment.trackingNumber] : [],
    tracking_url: fulfillment.trackingUrl,
    tracking_urls: fulfillment.trackingUrl ? [fulfillment.trackingUrl] : [],
    updated_at: zoned(fulfillment.updatedAt, settings),
    line_items: fulfillment.lines.flatMap(({ lineId, quantity }) => {
      const line = order.lines.find((each) => each.id === lineId);
      return line ? [{ ...orderLine(line, settings, order), quantity }] : [];
    }),
  };
}
