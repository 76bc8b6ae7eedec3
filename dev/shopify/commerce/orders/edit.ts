import type { OrderRecord } from "../../records";
import { orderEditedPayload } from "../../webhooks/payloads";
import { totalsOf } from "../prices";
import { taxOf } from "../tax";
import { type Change, moveStock, Refused, requireOrder, saveOrder, tell } from "./change";
import { transactionsOf } from "./money";
import { fulfillmentStatusOf, unsentUnits } from "./units";

/**
 * Staff change how many of a line were ordered. Only units that were not sent can go. Tells `orders/edited`; what
 * more or less is owed stays owed.
 * @throws Refused for fewer units than were sent.
 */
export function editLine(change: Change, orderId: number, lineId: number, delta: number): OrderRecord {
  const order = requireOrder(change, orderId);
  const line = order.lines.find((each) => each.id === lineId);
  if (!line || order.cancelledAt) throw new Refused(["lineItemId"], "The line item cannot be edited.");
  if (delta === 0 || unsentUnits(order, line) + delta < 0 || line.quantity + delta < 1) {
    throw new Refused(["quantity"], "The quantity cannot be less than what was fulfilled.");
  }
  const lines = order.lines.map((each) => (each === line ? { ...line, quantity: line.quantity + delta } : each));
  const { orderDiscount, shippingLine, discountCodes } = order;
  const customer = order.customerId === null ? null : change.shop.get("customer", order.customerId);
  const totals = totalsOf({
    lines,
    orderDiscount,
    shippingLine,
    discountCodes,
    taxRate: taxOf(change.shop.settings()).rate,
    taxExempt: customer?.taxExempt ?? false,
  });
  // What was paid before stays what it was, whatever the order comes to now.
  const transactions = [...transactionsOf(order)];
  const edited: OrderRecord = { ...order, lines, totals, transactions, editedAt: change.now };
  edited.fulfillmentStatus = fulfillmentStatusOf(edited);
  moveStock(change, [{ ...line, quantity: Math.abs(delta) }], delta < 0);
  const edit = { id: change.shop.newId("orderEdit"), lineId, delta };
  tell(change, "orders/edited", orderEditedPayload(change.shop, edited, edit));
  return saveOrder(change, edited);
}
