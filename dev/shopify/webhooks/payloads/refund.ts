import { paidBackBy, transactionsOf } from "../../commerce/orders/money";
import { decimal } from "../../commerce/prices";
import { gid, type OrderRecord } from "../../records";
import type { RefundRecord } from "../../records-orders";
import type { ShopStore } from "../../store";
import { moneySet, zoned } from "./forms";
import { orderLine } from "./order-line";
import { transactionPayload } from "./transaction";

/** `refunds/create`, and each of an order's refunds. */
export function refundPayload(shop: ShopStore, order: Readonly<OrderRecord>, refund: Readonly<RefundRecord>) {
  const settings = shop.settings();
  const { currency } = order;
  return {
    id: refund.id,
    order_id: order.id,
    created_at: zoned(refund.createdAt, settings),
    note: refund.note,
    user_id: null,
    processed_at: zoned(refund.createdAt, settings),
    restock: refund.lines.some((line) => line.restockType !== "NO_RESTOCK"),
    duties: [],
    total_duties_set: moneySet(0, currency),
    return:
      refund.returnId === null ? null : { id: refund.returnId, admin_graphql_api_id: gid("Return", refund.returnId) },
    refund_shipping_lines:
      refund.shipping > 0
        ? [{ id: refund.id, shipping_line_id: order.id, subtotal_amount_set: moneySet(refund.shipping, currency) }]
        : [],
    admin_graphql_api_id: gid("Refund", refund.id),
    order_adjustments: [],
    refund_line_items: refund.lines.flatMap((line, index) => {
      const ordered = order.lines.find((each) => each.id === line.lineId);
      if (!ordered) return [];
      return [
        {
          id: refund.id * 100 + index,
          quantity: line.quantity,
          line_item_id: line.lineId,
          location_id: null,
          restock_type: line.restockType.toLowerCase(),
          subtotal: Number(decimal(line.subtotal)),
          total_tax: Number(decimal(line.tax)),
          subtotal_set: moneySet(line.subtotal, currency),
          total_tax_set: moneySet(line.tax, currency),
          line_item: orderLine(ordered, settings, order),
        },
      ];
    }),
    transactions: transactionsOf(order)
      .filter((each) => refund.transactionIds.includes(each.id))
      .map((each) => transactionPayload(shop, order, each)),
    total_refunded_set: moneySet(paidBackBy(order, refund), currency),
  };
}
