import { paidBackBy } from "../../commerce/orders/money";
import { gid, type OrderRecord } from "../../records";
import type { RefundLineRecord, RefundRecord } from "../../records-orders";
import type { Fields, Types } from "../engine/context";
import { paginateInOrder } from "../engine/pages";
import { money, shortDecimal } from "./money";
import { returnNode } from "./return";
import { transactionNodes } from "./transaction";

export interface RefundNode {
  refund: RefundRecord;
  order: Readonly<OrderRecord>;
}

interface RefundLineNode extends RefundNode {
  line: RefundLineRecord;
  index: number;
}

const refund: Fields<RefundNode> = {
  id: (node) => gid("Refund", node.refund.id),
  legacyResourceId: (node) => String(node.refund.id),
  createdAt: (node) => node.refund.createdAt,
  processedAt: (node) => node.refund.createdAt,
  updatedAt: (node) => node.refund.createdAt,
  note: (node) => node.refund.note,
  duties: () => [],
  order: (node) => node.order,
  staffMember: () => null,
  orderAdjustments: (_node, args) => paginateInOrder([], args),
  return: ({ refund: of, order }) => {
    const found = order.returns?.find((each) => each.id === of.returnId);
    return found ? returnNode(order, found) : null;
  },
  totalRefundedSet: (node) => money(paidBackBy(node.order, node.refund), node.order.currency),
  totalRefunded: (node) => money(paidBackBy(node.order, node.refund), node.order.currency),
  transactions: (node, args) => {
    const all = transactionNodes(node.order).filter((each) => node.refund.transactionIds.includes(each.id));
    return paginateInOrder(all, args);
  },
  refundLineItems: (node, args) => {
    const all = node.refund.lines.map((line, index): RefundLineNode => ({ ...node, line, index }));
    return paginateInOrder(all, args);
  },
  refundShippingLines: (node, args) => paginateInOrder(node.refund.shipping > 0 ? [node] : [], args),
};

const refundLine: Fields<RefundLineNode> = {
  id: (node) => gid("RefundLineItem", node.refund.id * 100 + node.index),
  quantity: (node) => node.line.quantity,
  restockType: (node) => node.line.restockType,
  restocked: (node) => node.line.restockType !== "NO_RESTOCK",
  location: () => null,
  lineItem: ({ order, line }) => {
    const found = order.lines.find((each) => each.id === line.lineId);
    return found && { line: found, order };
  },
  priceSet: (node) => money(Math.round(node.line.subtotal / node.line.quantity), node.order.currency),
  subtotalSet: (node) => money(node.line.subtotal, node.order.currency),
  totalTaxSet: (node) => money(node.line.tax, node.order.currency),
  price: (node) => shortDecimal(Math.round(node.line.subtotal / node.line.quantity)),
  subtotal: (node) => shortDecimal(node.line.subtotal),
  totalTax: (node) => shortDecimal(node.line.tax),
};

const refundShipping: Fields<RefundNode> = {
  id: (node) => gid("RefundShippingLine", node.refund.id),
  shippingLine: (node) => node.order.shippingLine,
  subtotalAmountSet: (node) => money(node.refund.shipping, node.order.currency),
  taxAmountSet: (node) => money(0, node.order.currency),
};

export const refundTypes: Types = { Refund: refund, RefundLineItem: refundLine, RefundShippingLine: refundShipping };
