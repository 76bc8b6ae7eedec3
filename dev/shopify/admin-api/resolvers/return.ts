import { refundsOf } from "../../commerce/orders/money";
import { paidFor } from "../../commerce/orders/units";
import { gid, type OrderRecord } from "../../records";
import type { ReturnLineRecord, ReturnRecord } from "../../records-orders";
import { type Fields, same, type Types } from "../engine/context";
import { paginateInOrder } from "../engine/pages";
import { tagged } from "../engine/resolve-field";
import type { Searchable } from "../search/match";
import { money } from "./money";
import { transactionNodes } from "./transaction";

export interface ReturnNode {
  record: ReturnRecord;
  order: Readonly<OrderRecord>;
}

interface ReturnLineNode extends ReturnNode {
  line: ReturnLineRecord;
}

export function returnNode(order: Readonly<OrderRecord>, record: ReturnRecord): ReturnNode {
  return { record, order };
}

/** Filters of `Order.returns(query:)`. */
export const returnSearch: Searchable<ReturnNode> = {
  name: "Order.returns",
  anywhere: ({ record }) => [record.name],
  fields: { status: { type: "exact", of: ({ record }) => record.status } },
};

const of: Fields<ReturnNode> = {
  id: ({ record }) => gid("Return", record.id),
  name: ({ record }) => record.name,
  status: ({ record }) => record.status,
  createdAt: ({ record }) => record.createdAt,
  requestApprovedAt: ({ record }) => record.requestApprovedAt,
  closedAt: ({ record }) => record.closedAt,
  decline: ({ record }) => record.decline,
  order: ({ order }) => order,
  staffMember: () => null,
  totalQuantity: ({ record }) => record.lines.reduce((sum, line) => sum + line.quantity, 0),
  returnShippingFees: () => [],
  exchangeLineItems: (_node, args) => {
    void args.includeRemovedItems;
    return paginateInOrder([], args);
  },
  returnLineItems: (node, args) => {
    const all = node.record.lines.map((line): ReturnLineNode => ({ ...node, line }));
    return paginateInOrder(
      all.map((each) => tagged("ReturnLineItem", each)),
      args,
    );
  },
  refunds: ({ record, order }, args) => {
    const all = refundsOf(order).filter((each) => each.returnId === record.id);
    return paginateInOrder(
      all.map((refund) => ({ refund, order })),
      args,
    );
  },
  transactions: ({ record, order }, args) => {
    const ids = refundsOf(order).flatMap((each) => (each.returnId === record.id ? each.transactionIds : []));
    return paginateInOrder(
      transactionNodes(order).filter((each) => ids.includes(each.id)),
      args,
    );
  },
};

/** Refunded units of the return's line, as far as its refunds reach. */
function refundedUnits({ record, order, line }: ReturnLineNode): number {
  const refunded = refundsOf(order)
    .filter((each) => each.returnId === record.id)
    .flatMap((each) => each.lines)
    .filter((each) => each.lineId === line.lineId)
    .reduce((sum, each) => sum + each.quantity, 0);
  return Math.min(line.quantity, refunded);
}

const returnLine: Fields<ReturnLineNode> = {
  id: ({ line }) => gid("ReturnLineItem", line.id),
  quantity: ({ line }) => line.quantity,
  customerNote: ({ line }) => line.customerNote,
  returnReason: ({ line }) => line.reason,
  returnReasonNote: ({ line }) => line.reasonNote,
  restockingFee: () => null,
  processedQuantity: ({ line }) => line.processedQuantity,
  processableQuantity: ({ record, line }) => (record.status === "OPEN" ? line.quantity - line.processedQuantity : 0),
  unprocessedQuantity: ({ line }) => line.quantity - line.processedQuantity,
  refundedQuantity: refundedUnits,
  refundableQuantity: (node) => node.line.quantity - refundedUnits(node),
  withCodeDiscountedTotalPriceSet: ({ order, line }) => {
    const ordered = order.lines.find((each) => each.id === line.lineId);
    return money(ordered ? paidFor(order, ordered, line.quantity).subtotal : 0, order.currency);
  },
  fulfillmentLineItem: ({ order, line }) => {
    const fulfillment = order.fulfillments.find((each) => each.id === line.fulfillmentId);
    return fulfillment && { fulfillment, order, index: line.index };
  },
};

export const returnTypes: Types = {
  Return: of,
  ReturnLineItem: returnLine,
  ReturnDecline: same<{ reason: string; note: string | null }>("reason", "note"),
};
