import { transactionsOf } from "../../commerce/orders/money";
import { gid, type OrderRecord } from "../../records";
import type { TransactionRecord } from "../../records-orders";
import { type Fields, same, type Types } from "../engine/context";
import { money, shortDecimal } from "./money";

/** A movement of money with its order. */
export interface TransactionNode extends TransactionRecord {
  order: Readonly<OrderRecord>;
}

export function transactionNodes(order: Readonly<OrderRecord>): TransactionNode[] {
  return transactionsOf(order).map((each) => ({ ...each, order }));
}

const transaction: Fields<TransactionNode> = {
  ...same<TransactionNode>("kind", "status", "createdAt", "order"),
  id: (source) => gid("OrderTransaction", source.id),
  amount: (source) => shortDecimal(source.amount),
  amountSet: (source) => money(source.amount, source.order.currency),
  processedAt: (source) => source.createdAt,
  parentTransaction: (source) => transactionNodes(source.order).find((each) => each.id === source.parentId) ?? null,
  gateway: () => "bogus",
  formattedGateway: () => "Bogus Gateway",
  test: () => true,
  manualPaymentGateway: () => false,
  errorCode: () => null,
};

export const transactionTypes: Types = { OrderTransaction: transaction };
