import type { OrderRecord } from "../../records";
import type { TransactionRecord } from "../../records-orders";
import { type Change, moveStock, Refused, requireOrder, saveOrder, tellPurchases, tellTransaction } from "./change";
import { receivedFor, transactionsOf } from "./money";
import { payments, refundOrder } from "./refund";
import { unsentUnits } from "./units";

export interface CancelAsked {
  /** As in `OrderCancelReason`. */
  reason: string;
  refund: boolean;
  restock: boolean;
}

/**
 * Cancels an order of which nothing is on its way. What was paid goes back when asked, what was only authorized is
 * voided. Tells `orders/cancelled` and what a refund tells.
 * @throws Refused for one that is cancelled already, has open returns, or was sent.
 */
export function cancelOrder(change: Change, orderId: number, asked: CancelAsked): OrderRecord {
  const order = requireOrder(change, orderId);
  if (order.cancelledAt) throw new Refused(["orderId"], "Order has already been cancelled");
  if (order.returns?.some((each) => ["REQUESTED", "OPEN"].includes(each.status))) {
    throw new Refused(["orderId"], "Cannot cancel an order with active returns");
  }
  if (order.fulfillments.some((each) => each.status === "SUCCESS")) {
    throw new Refused(["orderId"], "Cannot cancel an order with fulfillments that cannot be cancelled");
  }
  const left = order.lines
    .map((line) => ({ ...line, quantity: unsentUnits(order, line) }))
    .filter((line) => line.quantity > 0);
  const paid = receivedFor(order) - order.refunded;
  let after = order;
  if (asked.refund && paid > 0) {
    after = refundOrder(change, orderId, {
      lines: left.map((line) => ({
        lineId: line.id,
        quantity: line.quantity,
        restockType: asked.restock ? "CANCEL" : "NO_RESTOCK",
      })),
      shipping: 0,
      transactions: [{ amount: paid, parentId: payments(order)[0]?.id ?? null }],
      note: null,
      returnId: null,
    }).order;
  } else {
    if (asked.restock) moveStock(change, left, true);
    after = voided(change, order);
  }
  const saved = saveOrder(
    change,
    { ...after, cancelledAt: change.now, closedAt: change.now, cancelReason: asked.reason },
    "orders/cancelled",
  );
  tellPurchases(change, saved.customerId);
  return saved;
}

function voided(change: Change, order: OrderRecord): OrderRecord {
  if (!["PENDING", "AUTHORIZED"].includes(order.financialStatus)) return order;
  const hold = transactionsOf(order).find((each) => each.kind === "AUTHORIZATION");
  if (!hold) return { ...order, financialStatus: "VOIDED" };
  const release: TransactionRecord = {
    id: change.shop.newId("transaction"),
    kind: "VOID",
    status: "SUCCESS",
    amount: hold.amount,
    parentId: hold.id,
    createdAt: change.now,
  };
  const after: OrderRecord = {
    ...order,
    financialStatus: "VOIDED",
    transactions: [...transactionsOf(order), release],
  };
  tellTransaction(change, after, release);
  return after;
}
