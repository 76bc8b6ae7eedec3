import { unsentUnits } from "../../commerce/orders/units";
import { gid, type LineRecord, type OrderRecord } from "../../records";
import type { Fields, Types } from "../engine/context";
import { paginateInOrder } from "../engine/pages";

/** Every order has one fulfilment order, at the shop's one location: it stands for the order itself. */
export type FulfillmentOrderNode = Readonly<OrderRecord>;

interface LineNode {
  line: LineRecord;
  order: FulfillmentOrderNode;
}

const fulfillmentOrder: Fields<FulfillmentOrderNode> = {
  id: (order) => gid("FulfillmentOrder", order.id),
  order: (order) => order,
  orderId: (order) => gid("Order", order.id),
  orderName: (order) => order.name,
  orderProcessedAt: (order) => order.processedAt,
  createdAt: (order) => order.createdAt,
  updatedAt: (order) => order.updatedAt,
  status: (order) => {
    if (order.cancelledAt) return "CANCELLED";
    if (!order.lines.some((line) => unsentUnits(order, line) > 0)) return "CLOSED";
    if (order.fulfillmentStatus === "ON_HOLD") return "ON_HOLD";
    return ["PARTIALLY_FULFILLED", "IN_PROGRESS"].includes(order.fulfillmentStatus) ? "IN_PROGRESS" : "OPEN";
  },
  requestStatus: () => "UNSUBMITTED",
  fulfillAt: () => null,
  fulfillBy: () => null,
  fulfillments: (order, args) =>
    paginateInOrder(
      order.fulfillments.map((fulfillment) => ({ fulfillment, order })),
      args,
    ),
  lineItems: (order, args) =>
    paginateInOrder(
      order.lines.map((line): LineNode => ({ line, order })),
      args,
    ),
};

const line: Fields<LineNode> = {
  id: (node) => gid("FulfillmentOrderLineItem", node.line.id),
  lineItem: (node) => node,
  totalQuantity: (node) => node.line.quantity,
  remainingQuantity: (node) => unsentUnits(node.order, node.line),
  productTitle: (node) => node.line.title,
  variantTitle: (node) => node.line.variantTitle,
  requiresShipping: (node) => node.line.requiresShipping,
  sku: (node) => node.line.sku,
  vendor: (node) => node.line.vendor,
};

export const fulfillmentOrderTypes: Types = { FulfillmentOrder: fulfillmentOrder, FulfillmentOrderLineItem: line };
