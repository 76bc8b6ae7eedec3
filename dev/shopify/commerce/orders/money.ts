import type { OrderRecord } from "../../records";
import type { RefundRecord, TransactionRecord } from "../../records-orders";

/**
 * The movements of an order's money. Records from before transactions were kept are told by the order's state:
 * the payment, and the refund or void after it.
 */
export function transactionsOf(order: Readonly<OrderRecord>): readonly TransactionRecord[] {
  if (order.transactions) return order.transactions;
  const { total } = order.totals;
  const make = (index: number, kind: TransactionRecord["kind"], amount: number, at: string): TransactionRecord => ({
    id: order.id * 10 + index,
    kind,
    status: "SUCCESS",
    amount,
    parentId: index > 1 ? order.id * 10 + 1 : null,
    createdAt: at,
  });
  switch (order.financialStatus) {
    case "PENDING":
      return [];
    case "AUTHORIZED":
      return [make(1, "AUTHORIZATION", total, order.processedAt)];
    case "VOIDED":
      return [make(1, "AUTHORIZATION", total, order.processedAt), make(2, "VOID", total, order.updatedAt)];
    case "PAID":
      return [make(1, "SALE", total, order.processedAt)];
    case "PARTIALLY_REFUNDED":
    case "REFUNDED":
      return [make(1, "SALE", total, order.processedAt), make(2, "REFUND", order.refunded, order.updatedAt)];
  }
}

/** An order's refunds; one from before they were kept is of money only. */
export function refundsOf(order: Readonly<OrderRecord>): readonly RefundRecord[] {
  if (order.refunds) return order.refunds;
  if (order.refunded === 0) return [];
  const paidBack = transactionsOf(order).filter((each) => each.kind === "REFUND");
  return [
    {
      id: order.id * 10 + 3,
      note: null,
      lines: [],
      shipping: 0,
      transactionIds: paidBack.map((each) => each.id),
      returnId: null,
      createdAt: paidBack.at(-1)?.createdAt ?? order.updatedAt,
    },
  ];
}

/** What a refund paid back, in minor units. */
export function paidBackBy(order: Readonly<OrderRecord>, refund: Readonly<RefundRecord>): number {
  return transactionsOf(order)
    .filter((each) => refund.transactionIds.includes(each.id) && each.status === "SUCCESS")
    .reduce((sum, each) => sum + each.amount, 0);
}

/** What the buyer has paid, whatever was given back since. */
export function receivedFor(order: Readonly<OrderRecord>): number {
  return transactionsOf(order)
    .filter((each) => ["SALE", "CAPTURE"].includes(each.kind) && each.status === "SUCCESS")
    .reduce((sum, each) => sum + each.amount, 0);
}

/** PAID, or how much of it was given back; an order that was never paid keeps what it has. */
export function financialStatusOf(order: Readonly<OrderRecord>): OrderRecord["financialStatus"] {
  const received = receivedFor(order);
  if (received === 0 || order.refunded === 0) return order.financialStatus;
  return order.refunded >= received ? "REFUNDED" : "PARTIALLY_REFUNDED";
}
