import type { FulfillmentRecord, LineRecord, OrderRecord } from "../../records";
import type { ReturnRecord } from "../../records-orders";
import { linePrice } from "../prices";

/** Units of a line that refunds have taken off the order. */
export function removedUnits(order: Readonly<OrderRecord>, lineId: number): number {
  return unitsOf(order, lineId, () => true);
}

/** Units that are still to be sent. */
export function unsentUnits(order: Readonly<OrderRecord>, line: Readonly<LineRecord>): number {
  if (order.cancelledAt) return 0;
  const cancelled = unitsOf(order, line.id, (type) => type === "CANCEL");
  return Math.max(0, line.quantity - (line.fulfilledQuantity ?? 0) - cancelled);
}

function unitsOf(order: Readonly<OrderRecord>, lineId: number, counts: (restockType: string) => boolean): number {
  return (order.refunds ?? [])
    .flatMap((refund) => refund.lines)
    .filter((line) => line.lineId === lineId && counts(line.restockType))
    .reduce((sum, line) => sum + line.quantity, 0);
}

/** What the buyer paid for units of a line after all discounts, and the tax on it. */
export function paidFor(order: Readonly<OrderRecord>, line: Readonly<LineRecord>, quantity: number) {
  const { subtotal: all, discount, tax } = order.totals;
  const share = all === 0 ? 0 : (linePrice(line) / all) * (quantity / line.quantity);
  const taxable = order.lines.reduce((sum, each) => sum + (each.taxable ? linePrice(each) : 0), 0);
  const taxShare = !line.taxable || taxable === 0 ? 0 : (linePrice(line) / taxable) * (quantity / line.quantity);
  return { subtotal: Math.round(share * (all - discount)), tax: Math.round(taxShare * tax) };
}

/** Sent, partly sent, or not; states that staff set by hand stay while nothing was sent. */
export function fulfillmentStatusOf(order: Readonly<OrderRecord>): OrderRecord["fulfillmentStatus"] {
  const sent = order.lines.reduce((sum, line) => sum + (line.fulfilledQuantity ?? 0), 0);
  if (sent === 0) return order.fulfillmentStatus === "FULFILLED" ? "UNFULFILLED" : order.fulfillmentStatus;
  return order.lines.some((line) => unsentUnits(order, line) > 0) ? "PARTIALLY_FULFILLED" : "FULFILLED";
}

/** `gid://shopify/FulfillmentLineItem/…`: the parcel's id and the line's place in it. */
export function fulfillmentLineId(fulfillment: Readonly<FulfillmentRecord>, index: number): number {
  return fulfillment.id * 100 + index;
}

/** Units of a sent line that no return, open or done, asks back yet. */
export function returnableUnits(order: Readonly<OrderRecord>, fulfillment: Readonly<FulfillmentRecord>, index: number) {
  const line = fulfillment.lines[index];
  if (!line || fulfillment.status !== "SUCCESS") return 0;
  const asked = (order.returns ?? [])
    .filter((each) => ["REQUESTED", "OPEN", "CLOSED"].includes(each.status))
    .flatMap((each) => each.lines)
    .filter((each) => each.fulfillmentId === fulfillment.id && each.index === index)
    .reduce((sum, each) => sum + each.quantity, 0);
  return line.quantity - asked;
}

/** `OrderReturnStatus`: what is under way goes before what is done. */
export function returnStatusOf(order: Readonly<OrderRecord>): string {
  const has = (status: ReturnRecord["status"]) => (order.returns ?? []).some((each) => each.status === status);
  if (has("OPEN")) return "IN_PROGRESS";
  if (has("REQUESTED")) return "RETURN_REQUESTED";
  return has("CLOSED") ? "RETURNED" : "NO_RETURN";
}
