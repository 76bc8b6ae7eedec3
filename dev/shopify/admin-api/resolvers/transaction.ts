import { gid, type OrderRecord } from "../../records";
import { type Fields, same, type Types } from "../engine/context";
import { money, shortDecimal } from "./money";

/** One movement of money that the order's state tells of; the records keep no transactions of their own. */
export interface TransactionNode {
  id: number;
  order: Readonly<OrderRecord>;
  kind: "SALE" | "AUTHORIZATION" | "REFUND" | "VOID";
  status: "SUCCESS" | "PENDING";
  amount: number;
  createdAt: string;
}

/** The payment, and the refund or void after it. */
export function transactionsOf(order: Readonly<OrderRecord>): TransactionNode[] {
  const { total } = order.totals;
  const make = (index: number, kind: TransactionNode["kind"], amount: number, at: string): TransactionNode => ({
    id: order.id * 10 + index,
    order,
    kind,
    status: "SUCCESS",
    amount,
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

const transaction: Fields<TransactionNode> = {
  ...same<TransactionNode>("kind", "status", "createdAt", "order"),
  id: (source) => gid("OrderTransaction", source.id),
  amount: (source) => shortDecimal(source.amount),
  amountSet: (source) => money(source.amount, source.order.currency),
  processedAt: (source) => source.createdAt,
  gateway: () => "bogus",
  formattedGateway: () => "Bogus Gateway",
  test: () => true,
  manualPaymentGateway: () => false,
  errorCode: () => null,
};

export const transactionTypes: Types = { OrderTransaction: transaction };
