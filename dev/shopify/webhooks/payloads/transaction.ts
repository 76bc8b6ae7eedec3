import { decimal } from "../../commerce/prices";
import { gid, type OrderRecord } from "../../records";
import type { TransactionRecord } from "../../records-orders";
import type { ShopStore } from "../../store";
import { zoned } from "./forms";

/** `order_transactions/create`, and the movements inside a refund. */
export function transactionPayload(
  shop: ShopStore,
  order: Readonly<OrderRecord>,
  transaction: Readonly<TransactionRecord>,
) {
  const settings = shop.settings();
  return {
    id: transaction.id,
    order_id: order.id,
    kind: transaction.kind.toLowerCase(),
    gateway: "bogus",
    status: transaction.status.toLowerCase(),
    message: null,
    created_at: zoned(transaction.createdAt, settings),
    test: true,
    authorization: null,
    location_id: null,
    user_id: null,
    parent_id: transaction.parentId,
    processed_at: zoned(transaction.createdAt, settings),
    device_id: null,
    error_code: null,
    source_name: "web",
    receipt: {},
    amount: decimal(transaction.amount),
    currency: order.currency,
    payment_id: `${order.name}.1`,
    manual_payment_gateway: false,
    admin_graphql_api_id: gid("OrderTransaction", transaction.id),
  };
}
