import type { FulfillmentRecord, OrderRecord } from "../../records";
import type { FulfillmentEventRecord } from "../../records-orders";
import { fulfillmentPayload, parcelEventPayload } from "../../webhooks/payloads";
import { type Change, Refused, requireOrder, saveOrder, tell } from "./change";
import { fulfillmentStatusOf, unsentUnits } from "./units";

export interface Tracking {
  company: string | null;
  number: string | null;
  url: string | null;
}

/**
 * Sends lines of an order; none named sends all that is left. Tells `fulfillments/create`, and `orders/fulfilled` or
 * `orders/partially_fulfilled`.
 * @throws Refused for more units than are left, or nothing to send.
 */
export function sendParcel(
  change: Change,
  orderId: number,
  asked: { lineId: number; quantity: number }[] | null,
  tracking: Tracking,
) {
  const order = requireOrder(change, orderId);
  const left = order.lines.map((line) => ({ lineId: line.id, quantity: unsentUnits(order, line) }));
  const lines = (asked ?? left).filter((line) => line.quantity > 0);
  const isTooMuch = lines.some(({ lineId, quantity }) => {
    return quantity > (left.find((each) => each.lineId === lineId)?.quantity ?? 0);
  });
  if (isTooMuch) throw new Refused(["fulfillment"], "Invalid fulfillment order line item quantity requested.");
  if (lines.length === 0) throw new Refused(["fulfillment"], "All line items must be fulfillable.");
  const parcel: FulfillmentRecord = {
    id: change.shop.newId("fulfillment"),
    name: `${order.name}.${order.fulfillments.length + 1}`,
    status: "SUCCESS",
    displayStatus: tracking.number ? "CONFIRMED" : "FULFILLED",
    trackingCompany: tracking.company,
    trackingNumber: tracking.number,
    trackingUrl: tracking.url,
    lines,
    createdAt: change.now,
    updatedAt: change.now,
    estimatedDeliveryAt: null,
    deliveredAt: null,
    events: [],
  };
  const sent: OrderRecord = {
    ...order,
    lines: order.lines.map((line) => {
      const more = lines.find((each) => each.lineId === line.id)?.quantity ?? 0;
      return { ...line, fulfilledQuantity: (line.fulfilledQuantity ?? 0) + more };
    }),
    fulfillments: [...order.fulfillments, parcel],
  };
  sent.fulfillmentStatus = fulfillmentStatusOf(sent);
  tell(change, "fulfillments/create", fulfillmentPayload(change.shop, sent, parcel));
  const topic = sent.fulfillmentStatus === "FULFILLED" ? "orders/fulfilled" : "orders/partially_fulfilled";
  return { order: saveOrder(change, sent, topic), parcel };
}

export type ParcelNews = Omit<FulfillmentEventRecord, "id" | "createdAt">;

/** What the carrier reports of a parcel, told as `fulfillment_events/create` and `fulfillments/update`. */
export function reportParcel(change: Change, parcelId: number, news: ParcelNews) {
  const { order, parcel } = requireParcel(change, parcelId);
  const event: FulfillmentEventRecord = { ...news, id: change.shop.newId("parcelEvent"), createdAt: change.now };
  const saved = saveParcel(change, order, { ...parcel, events: [...(parcel.events ?? []), event] });
  tell(change, "fulfillment_events/create", parcelEventPayload(change.shop, saved.order, parcelId, event));
  return { ...saved, event };
}

/** Takes a report back, told as `fulfillment_events/delete`. */
export function unreportParcel(change: Change, parcelId: number, eventId: number) {
  const { order, parcel } = requireParcel(change, parcelId);
  const event = parcel.events?.find((each) => each.id === eventId);
  if (!event) throw new Refused(["id"], "Fulfillment event does not exist.");
  const saved = saveParcel(change, order, { ...parcel, events: parcel.events?.filter((each) => each !== event) });
  tell(change, "fulfillment_events/delete", parcelEventPayload(change.shop, saved.order, parcelId, event));
  return saved;
}

/** Another carrier or number. */
export function trackParcel(change: Change, parcelId: number, tracking: Tracking) {
  const { order, parcel } = requireParcel(change, parcelId);
  return saveParcel(change, order, {
    ...parcel,
    trackingCompany: tracking.company,
    trackingNumber: tracking.number,
    trackingUrl: tracking.url,
  });
}

/** Takes a parcel back before it has arrived: its lines are to be sent again. */
export function cancelParcel(change: Change, parcelId: number) {
  const { order, parcel } = requireParcel(change, parcelId);
  if (parcel.status !== "SUCCESS" || parcel.deliveredAt) {
    throw new Refused(["id"], "Fulfillment can't be canceled at this time.");
  }
  const unsent: OrderRecord = {
    ...order,
    lines: order.lines.map((line) => {
      const less = parcel.lines.find((each) => each.lineId === line.id)?.quantity ?? 0;
      return { ...line, fulfilledQuantity: (line.fulfilledQuantity ?? 0) - less };
    }),
  };
  unsent.fulfillmentStatus = fulfillmentStatusOf(unsent);
  return saveParcel(change, unsent, { ...parcel, status: "CANCELLED", displayStatus: "CANCELED" });
}

function saveParcel(change: Change, order: OrderRecord, changed: FulfillmentRecord) {
  const parcel = withLatest({ ...changed, updatedAt: change.now });
  const after: OrderRecord = {
    ...order,
    fulfillments: order.fulfillments.map((each) => (each.id === parcel.id ? parcel : each)),
  };
  tell(change, "fulfillments/update", fulfillmentPayload(change.shop, after, parcel));
  return { order: saveOrder(change, after), parcel };
}

/** A parcel is where its latest report says. */
function withLatest(parcel: FulfillmentRecord): FulfillmentRecord {
  if (parcel.status !== "SUCCESS" || !parcel.events) return parcel;
  const latest = [...parcel.events]
    .sort((a, b) => (a.happenedAt < b.happenedAt ? -1 : a.happenedAt > b.happenedAt ? 1 : a.id - b.id))
    .at(-1);
  if (!latest)
    return { ...parcel, displayStatus: parcel.trackingNumber ? "CONFIRMED" : "FULFILLED", deliveredAt: null };
  return {
    ...parcel,
    displayStatus: latest.status,
    estimatedDeliveryAt: latest.estimatedDeliveryAt ?? parcel.estimatedDeliveryAt,
    deliveredAt: latest.status === "DELIVERED" ? latest.happenedAt : null,
  };
}

/** The parcel with the order that it is of. */
export function requireParcel({ shop }: Change, parcelId: number): { order: OrderRecord; parcel: FulfillmentRecord } {
  const found = shop.all("order").find((each) => each.fulfillments.some((one) => one.id === parcelId));
  const order = found ? shop.get("order", found.id) : null;
  const parcel = order?.fulfillments.find((each) => each.id === parcelId);
  if (!order || !parcel) throw new Refused(["fulfillmentId"], "Fulfillment does not exist.", "NOT_FOUND");
  return { order, parcel };
}
