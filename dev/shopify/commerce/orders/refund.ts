import type { LineRecord, OrderRecord } from "../../records";
import type { RefundLineRecord, RefundRecord, TransactionRecord } from "../../records-orders";
import { refundPayload } from "../../webhooks/payloads";
import {
  type Change,
  moveStock,
  Refused,
  requireOrder,
  saveOrder,
  tell,
  tellPurchases,
  tellTransaction,
} from "./change";
import { financialStatusOf, receivedFor, refundsOf, transactionsOf } from "./money";
import { fulfillmentStatusOf, paidFor, removedUnits, unsentUnits } from "./units";

export interface RefundAsked {
  lines: { lineId: number; quantity: number; restockType: RefundLineRecord["restockType"] }[];
  /** Minor units of the shipping. */
  shipping: number;
  /** Money that goes back, and of which payment; none moves nothing. */
  transactions: { amount: number; parentId: number | null }[];
  note: string | null;
  returnId: number | null;
}

/** What a refund of these lines and of so much of the shipping comes to, in minor units, never more than is left. */
export function worthOf(order: Readonly<OrderRecord>, asked: Pick<RefundAsked, "lines" | "shipping">): number {
  const lines = asked.lines.reduce((sum, { lineId, quantity }) => {
    const line = order.lines.find((each) => each.id === lineId);
    const paid = line ? paidFor(order, line, quantity) : { subtotal: 0, tax: 0 };
    return sum + paid.subtotal + paid.tax;
  }, 0);
  return Math.min(lines + asked.shipping, receivedFor(order) - order.refunded);
}

/**
 * Takes lines off an order, puts them back on the shelf as asked, and pays money back. Tells `refunds/create`, the
 * movements of money and stock, and `orders/updated`.
 * @throws Refused for more units than there are, or more money than was paid.
 */
export function refundOrder(change: Change, orderId: number, asked: RefundAsked) {
  const before = requireOrder(change, orderId);
  for (const [index, { lineId, quantity, restockType }] of asked.lines.entries()) {
    const line = before.lines.find((each) => each.id === lineId);
    const field = ["refundLineItems", String(index), "quantity"];
    if (!line) throw new Refused(["refundLineItems", String(index), "lineItemId"], "Line item does not exist");
    if (quantity < 1 || quantity > line.quantity - removedUnits(before, lineId)) {
      throw new Refused(field, "Quantity cannot refund more items than were purchased");
    }
    if (restockType === "CANCEL" && quantity > unsentUnits(before, line)) {
      throw new Refused(field, "Quantity cannot cancel more items than are unfulfilled");
    }
  }
  const shipped = before.totals.shipping - refundsOf(before).reduce((sum, each) => sum + each.shipping, 0);
  if (asked.shipping > shipped) throw new Refused(["shipping"], "Shipping cannot refund more than was paid");
  const amount = asked.transactions.reduce((sum, each) => sum + each.amount, 0);
  if (amount > receivedFor(before) - before.refunded) {
    throw new Refused(["transactions"], "Transactions cannot refund more than was paid");
  }
  const moved = asked.transactions.map(
    ({ amount: paid, parentId }): TransactionRecord => ({
      id: change.shop.newId("transaction"),
      kind: "REFUND",
      status: "SUCCESS",
      amount: paid,
      parentId: parentId ?? payments(before)[0]?.id ?? null,
      createdAt: change.now,
    }),
  );
  const refund: RefundRecord = {
    id: change.shop.newId("refund"),
    note: asked.note,
    lines: asked.lines.map((each) => ({ ...each, ...paidFor(before, lineBy(before, each.lineId), each.quantity) })),
    shipping: asked.shipping,
    transactionIds: moved.map((each) => each.id),
    returnId: asked.returnId,
    createdAt: change.now,
  };
  const after: OrderRecord = {
    ...before,
    transactions: [...transactionsOf(before), ...moved],
    refunds: [...refundsOf(before), refund],
    refunded: before.refunded + amount,
  };
  after.financialStatus = financialStatusOf(after);
  after.fulfillmentStatus = fulfillmentStatusOf(after);
  const order: OrderRecord = { ...after, updatedAt: change.now };
  change.shop.put("order", order.id, order);
  tell(change, "refunds/create", refundPayload(change.shop, order, refund));
  for (const each of moved) tellTransaction(change, order, each);
  const back = refund.lines.filter((each) => each.restockType !== "NO_RESTOCK");
  moveStock(
    change,
    back.map((each) => ({ ...lineBy(order, each.lineId), quantity: each.quantity })),
    true,
  );
  tellPurchases(change, order.customerId);
  return { order: saveOrder(change, order), refund };
}

/** The payments that money can go back to. */
export function payments(order: Readonly<OrderRecord>): TransactionRecord[] {
  return transactionsOf(order).filter((each) => ["SALE", "CAPTURE"].includes(each.kind) && each.status === "SUCCESS");
}

function lineBy(order: Readonly<OrderRecord>, lineId: number): LineRecord {
  const line = order.lines.find((each) => each.id === lineId);
  if (!line) throw new Refused(["refundLineItems"], "Line item does not exist");
  return line;
}
