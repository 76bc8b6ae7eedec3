import type { OrderRecord } from "../../records";
import type { TransactionRecord } from "../../records-orders";
import { type Change, Refused, requireOrder, saveOrder, tellPurchases, tellTransaction } from "./change";
import { transactionsOf } from "./money";

/**
 * The money of an order that was placed on account, or only authorized, has come. Tells `orders/paid`.
 * @throws Refused for one that is paid or cancelled.
 */
export function payOrder(change: Change, orderId: number): OrderRecord {
  const order = requireOrder(change, orderId);
  if (order.cancelledAt || !["PENDING", "AUTHORIZED"].includes(order.financialStatus)) {
    throw new Refused(["id"], "Order cannot be marked as paid.");
  }
  const hold = transactionsOf(order).find((each) => each.kind === "AUTHORIZATION");
  const payment: TransactionRecord = {
    id: change.shop.newId("transaction"),
    kind: hold ? "CAPTURE" : "SALE",
    status: "SUCCESS",
    amount: order.totals.total,
    parentId: hold?.id ?? null,
    createdAt: change.now,
  };
  const paid: OrderRecord = {
    ...order,
    financialStatus: "PAID",
    processedAt: change.now,
    transactions: [...transactionsOf(order), payment],
  };
  tellTransaction(change, paid, payment);
  const saved = saveOrder(change, paid, "orders/paid");
  tellPurchases(change, saved.customerId);
  return saved;
}
