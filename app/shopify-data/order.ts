import type {
  OrderRecordFragment,
  OrderRecordLineFragment,
  OrderRecordReturnFragment,
} from "~/shopify/queries/generated";
import {
  cartIdOf,
  currencyOf,
  gidOf,
  minorOf,
  nodesOf,
  textOf,
  textOrNull,
  textsOf,
  timeOf,
  timeOrNull,
  wholeOf,
  wordOf,
  wordOrNull,
} from "./mirror/read";

/** A line of an order, a draft order or a checkout. Money is in minor units of the record's currency. */
export interface LineKept {
  /** gid */
  id: string;
  title: string;
  /** Null for a product with one variant only. */
  variantTitle: string | null;
  sku: string | null;
  image: string | null;
  /** Null for a line of its own, and for a product that is gone. */
  productId: string | null;
  variantId: string | null;
  quantity: number;
  /** Of an order: units left after edits, refunds and returns. */
  currentQuantity?: number;
  /** The whole line after its discounts. */
  total: number;
}

/** Times in the JSON columns are ISO texts. */
export interface FulfillmentKept {
  /** gid */
  id: string;
  /** success | cancelled | error | failure */
  status: string;
  /** How far it is, such as in_transit or delivered; null when Shopify does not say. */
  displayStatus: string | null;
  quantity: number;
  createdAt: string;
  inTransitAt: string | null;
  estimatedDeliveryAt: string | null;
  deliveredAt: string | null;
  tracking: { company: string | null; number: string | null; url: string | null }[];
}

export interface ReturnKept {
  /** gid */
  id: string;
  name: string;
  /** requested | open | closed | declined | canceled */
  status: string;
  quantity: number;
  createdAt: string;
  closedAt: string | null;
}

export interface RefundKept {
  /** gid */
  id: string;
  total: number;
  at: string;
}

/** A transaction of an order. */
export interface PaymentKept {
  /** gid */
  id: string;
  /** sale | authorization | capture | void | refund | … */
  kind: string;
  /** success | pending | failure | error | … */
  status: string;
  gateway: string | null;
  amount: number;
  currency: string;
  at: string;
}

/** What is kept of an order: the columns of `shopify_order` without those that the keeper computes. */
export interface OrderKept {
  /** gid://shopify/Order/… */
  id: string;
  name: string;
  customerId: string | null;
  email: string | null;
  phone: string | null;
  cartToken: string | null;
  cartId: string | null;
  currency: string;
  total: number;
  currentTotal: number;
  refunded: number;
  financialStatus: string | null;
  fulfillmentStatus: string;
  returnStatus: string;
  cancelReason: string | null;
  discountCodes: string[];
  lines: LineKept[];
  fulfillments: FulfillmentKept[];
  returns: ReturnKept[];
  refunds: RefundKept[];
  payments: PaymentKept[];
  processedAt: Date;
  cancelledAt: Date | null;
  closedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

export type OrderNode = OrderRecordFragment & {
  lineItems: { edges: { node: OrderRecordLineFragment }[] };
  returns: { edges: { node: OrderRecordReturnFragment }[] };
};

/** An order as the Admin API tells it, as it is kept. Throws Malformed. */
export function orderOf(node: OrderNode): OrderKept {
  const id = gidOf(node.id, "Order");
  const currency = currencyOf(node.currencyCode);
  return {
    id,
    name: textOf(node.name, "name"),
    customerId: node.customer ? gidOf(node.customer.id, "Customer") : null,
    email: textOrNull(node.email),
    phone: textOrNull(node.phone),
    cartToken: textOrNull(node.cartToken?.split("?")[0]),
    cartId: cartIdOf(node.customAttributes),
    currency,
    total: minorOf(node.totalPriceSet?.shopMoney.amount, currency, "totalPriceSet"),
    currentTotal: minorOf(node.currentTotalPriceSet?.shopMoney.amount, currency, "currentTotalPriceSet"),
    refunded: minorOf(node.totalRefundedSet?.shopMoney.amount, currency, "totalRefundedSet"),
    financialStatus: wordOrNull(node.displayFinancialStatus),
    fulfillmentStatus: wordOf(node.displayFulfillmentStatus, "displayFulfillmentStatus"),
    returnStatus: wordOf(node.returnStatus, "returnStatus"),
    cancelReason: wordOrNull(node.cancelReason),
    discountCodes: textsOf(node.discountCodes),
    lines: nodesOf(node.lineItems).map((line) => lineOf(line, currency)),
    fulfillments: (node.fulfillments ?? []).map(fulfillmentOf),
    returns: nodesOf(node.returns).map(returnOf),
    refunds: (node.refunds ?? []).map((refund) => ({
      id: gidOf(refund.id, "Refund"),
      total: minorOf(refund.totalRefundedSet.shopMoney.amount, currency, "a refund's total"),
      at: isoOf(refund.processedAt ?? refund.createdAt, "a refund's time"),
    })),
    payments: (node.transactions ?? []).map(paymentOf),
    processedAt: timeOf(node.processedAt, "processedAt"),
    cancelledAt: timeOrNull(node.cancelledAt, "cancelledAt"),
    closedAt: timeOrNull(node.closedAt, "closedAt"),
    createdAt: timeOf(node.createdAt, "createdAt"),
    updatedAt: timeOf(node.updatedAt, "updatedAt"),
  };
}

/** A line of an order or, with its total under another name, of a draft order or a checkout. */
export function lineOf(
  line: Omit<OrderRecordLineFragment, "currentQuantity" | "title" | "discountedTotalSet"> & {
    title: string | null;
    currentQuantity?: number;
    discountedTotalSet?: { shopMoney: { amount: string } };
    discountedTotalPriceSet?: { shopMoney: { amount: string } };
  },
  currency: string,
): LineKept {
  const total = line.discountedTotalSet ?? line.discountedTotalPriceSet;
  return {
    id: textOf(line.id, "a line's id"),
    title: textOrNull(line.title) ?? "",
    variantTitle: textOrNull(line.variantTitle),
    sku: textOrNull(line.sku),
    image: textOrNull(line.image?.url),
    productId: line.product?.id ?? null,
    variantId: line.variant?.id ?? null,
    quantity: wholeOf(line.quantity, "a line's quantity"),
    ...(line.currentQuantity === undefined
      ? {}
      : { currentQuantity: wholeOf(line.currentQuantity, "a line's current quantity") }),
    total: minorOf(total?.shopMoney.amount, currency, "a line's total"),
  };
}

function fulfillmentOf(one: OrderRecordFragment["fulfillments"][number]): FulfillmentKept {
  return {
    id: gidOf(one.id, "Fulfillment"),
    status: wordOf(one.status, "a fulfilment's status"),
    displayStatus: wordOrNull(one.displayStatus),
    quantity: wholeOf(one.totalQuantity, "a fulfilment's quantity"),
    createdAt: isoOf(one.createdAt, "a fulfilment's time"),
    inTransitAt: isoOrNull(one.inTransitAt, "a fulfilment's time"),
    estimatedDeliveryAt: isoOrNull(one.estimatedDeliveryAt, "a fulfilment's time"),
    deliveredAt: isoOrNull(one.deliveredAt, "a fulfilment's time"),
    tracking: (one.trackingInfo ?? []).map((info) => ({
      company: textOrNull(info.company),
      number: textOrNull(info.number),
      url: textOrNull(info.url),
    })),
  };
}

function returnOf(one: OrderRecordReturnFragment): ReturnKept {
  return {
    id: gidOf(one.id, "Return"),
    name: textOf(one.name, "a return's name"),
    status: wordOf(one.status, "a return's status"),
    quantity: wholeOf(one.totalQuantity, "a return's quantity"),
    createdAt: isoOf(one.createdAt, "a return's time"),
    closedAt: isoOrNull(one.closedAt, "a return's time"),
  };
}

function paymentOf(one: OrderRecordFragment["transactions"][number]): PaymentKept {
  const { amount, currencyCode } = one.amountSet.shopMoney;
  const currency = currencyOf(currencyCode);
  return {
    id: gidOf(one.id, "OrderTransaction"),
    kind: wordOf(one.kind, "a payment's kind"),
    status: wordOf(one.status, "a payment's status"),
    gateway: textOrNull(one.gateway),
    amount: minorOf(amount, currency, "a payment's amount"),
    currency,
    at: isoOf(one.processedAt ?? one.createdAt, "a payment's time"),
  };
}

const isoOf = (value: unknown, field: string): string => timeOf(value, field).toISOString();
const isoOrNull = (value: unknown, field: string): string | null => timeOrNull(value, field)?.toISOString() ?? null;
