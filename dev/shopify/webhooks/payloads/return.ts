import { fulfillmentLineId } from "../../commerce/orders/units";
import { gid, type OrderRecord } from "../../records";
import type { ReturnRecord } from "../../records-orders";

/** `returns/request|approve`: the whole return. */
export function returnPayload(order: Readonly<OrderRecord>, record: Readonly<ReturnRecord>) {
  return {
    id: record.id,
    admin_graphql_api_id: gid("Return", record.id),
    status: record.status.toLowerCase(),
    order: { id: order.id, admin_graphql_api_id: gid("Order", order.id) },
    total_return_line_items: record.lines.length,
    name: record.name,
    return_line_items: record.lines.map((line) => {
      const fulfillment = order.fulfillments.find((each) => each.id === line.fulfillmentId);
      const sentId = fulfillment ? fulfillmentLineId(fulfillment, line.index) : 0;
      return {
        id: line.id,
        admin_graphql_api_id: gid("ReturnLineItem", line.id),
        fulfillment_line_item: {
          id: sentId,
          admin_graphql_api_id: gid("FulfillmentLineItem", sentId),
          line_item: { id: line.lineId, admin_graphql_api_id: gid("LineItem", line.lineId) },
        },
        quantity: line.quantity,
        return_reason: line.reason.toLowerCase(),
        return_reason_note: line.reasonNote,
        customer_note: line.customerNote,
        restocking_fee: null,
      };
    }),
    return_shipping_fees: [],
    exchange_line_items: [],
    total_exchange_line_items: 0,
  };
}

/** `returns/close|cancel|reopen|process`: only where it stands now. */
export function returnStatePayload(order: Readonly<OrderRecord>, record: Readonly<ReturnRecord>) {
  return {
    id: record.id,
    admin_graphql_api_id: gid("Return", record.id),
    order_id: order.id,
    status: record.status.toLowerCase(),
  };
}

/** `returns/decline`. */
export function returnDeclinedPayload(record: Readonly<ReturnRecord>) {
  return {
    id: record.id,
    admin_graphql_api_id: gid("Return", record.id),
    status: record.status.toLowerCase(),
    decline: { reason: record.decline?.reason.toLowerCase() ?? null, note: record.decline?.note ?? null },
  };
}

/** `returns/update`: which lines were taken out, and by how much. */
export function returnUpdatedPayload(record: Readonly<ReturnRecord>, removals: { lineId: number; delta: number }[]) {
  return {
    admin_graphql_api_id: gid("Return", record.id),
    return_line_items: {
      removals: removals.map(({ lineId, delta }) => ({
        admin_graphql_api_id: gid("ReturnLineItem", lineId),
        delta,
      })),
    },
    restocking_fees: { updates: [], removals: [] },
    return_shipping_fees: { updates: [], removals: [] },
  };
}
