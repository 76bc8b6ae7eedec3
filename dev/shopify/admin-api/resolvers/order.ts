import { receivedFor, refundsOf } from "../../commerce/orders/money";
import { removedUnits, returnStatusOf, unsentUnits } from "../../commerce/orders/units";
import { linePrice } from "../../commerce/prices";
import { gid, type LineRecord, type OrderRecord, type ShippingLineRecord } from "../../records";
import { confirmationNumber } from "../../webhooks/payloads/order";
import { totalWeight } from "../../webhooks/payloads/parts";
import { type AdminContext, type Fields, same, type Types } from "../engine/context";
import { paginateInOrder } from "../engine/pages";
import { tagged } from "../engine/resolve-field";
import { search } from "../search/match";
import { purchasingCompanyOf } from "./company";
import type { OrderLineNode } from "./line";
import { metafieldFields } from "./metafield";
import { money, shortDecimal } from "./money";
import { returnNode, returnSearch } from "./return";
import { transactionNodes } from "./transaction";

type Source = OrderRecord;

const bag = (pick: (order: Source) => number) => (order: Source) => money(pick(order), order.currency);
const text = (pick: (order: Source) => number) => (order: Source) => shortDecimal(pick(order));

const current = (order: Source) => order.totals.total - order.refunded;
const outstanding = (order: Source) =>
  ["PENDING", "AUTHORIZED"].includes(order.financialStatus) && !order.cancelledAt ? current(order) : 0;
const received = (order: Source) => receivedFor(order);

/** What a money field of an order is made of; each is there as `…Set` and, where the schema has it, as plain text. */
const amounts = {
  subtotalPrice: (order: Source) => order.totals.subtotal - order.totals.discount,
  totalDiscounts: (order: Source) => allDiscounts(order.lines) + order.totals.discount,
  totalPrice: (order: Source) => order.totals.total,
  totalReceived: received,
  totalRefunded: (order: Source) => order.refunded,
  totalShippingPrice: (order: Source) => order.totals.shipping,
  totalTax: (order: Source) => order.totals.tax,
  cartDiscountAmount: (order: Source) => order.totals.discount,
  netPayment: (order: Source) => received(order) - order.refunded,
} satisfies Record<string, (order: Source) => number>;

const moneyFields: Fields<Source> = Object.fromEntries(
  Object.entries(amounts).flatMap(([name, pick]) => [
    [name, text(pick)],
    [`${name}Set`, bag(pick)],
  ]),
);

const order: Fields<Source> = {
  ...same<Source>(
    "name",
    "number",
    "email",
    "phone",
    "note",
    "tags",
    "discountCodes",
    "shippingAddress",
    "billingAddress",
    "sourceName",
    "cartToken",
    "checkoutToken",
    "createdAt",
    "updatedAt",
    "processedAt",
    "cancelledAt",
    "closedAt",
  ),
  ...moneyFields,
  id: (source) => gid("Order", source.id),
  legacyResourceId: (source) => String(source.id),
  currencyCode: (source) => source.currency,
  presentmentCurrencyCode: (source) => source.currency,
  displayFinancialStatus: (source) => source.financialStatus,
  displayFulfillmentStatus: (source) => source.fulfillmentStatus,
  displayAddress: (source) => source.shippingAddress ?? source.billingAddress,
  billingAddressMatchesShippingAddress: (source) =>
    JSON.stringify(source.billingAddress) === JSON.stringify(source.shippingAddress),
  cancelReason: (source) => source.cancelReason?.toUpperCase() ?? null,
  closed: (source) => source.closedAt !== null,
  confirmationNumber: (source) => confirmationNumber(source),
  confirmed: () => true,
  test: () => false,
  edited: (source) => Boolean(source.editedAt),
  taxesIncluded: () => false,
  taxExempt: () => false,
  estimatedTaxes: () => false,
  fullyPaid: (source) => outstanding(source) === 0 && received(source) > 0,
  unpaid: (source) => received(source) === 0,
  canMarkAsPaid: (source) => outstanding(source) > 0,
  canNotifyCustomer: (source) => Boolean(source.email),
  capturable: (source) => source.financialStatus === "AUTHORIZED",
  refundable: (source) => received(source) > source.refunded,
  requiresShipping: (source) => source.lines.some((line) => line.requiresShipping),
  fulfillable: (source) => source.lines.some((line) => unsentUnits(source, line) > 0),
  customerLocale: (source, _args, { shop }) =>
    source.customerId === null ? null : (shop.get("customer", source.customerId)?.locale ?? null),
  customer: (source, _args, { shop }) => (source.customerId === null ? null : shop.get("customer", source.customerId)),
  purchasingEntity: (source, _args, { shop }) => {
    const company = purchasingCompanyOf(shop, source);
    if (company) return tagged("PurchasingCompany", company);
    const customer = source.customerId === null ? null : shop.get("customer", source.customerId);
    return customer && tagged("Customer", customer);
  },
  customAttributes: (source) => source.attributes,
  discountCode: (source) => source.discountCodes[0] ?? null,
  poNumber: () => null,
  paymentGatewayNames: (source) => (received(source) > 0 ? ["bogus"] : []),
  subtotalLineItemsQuantity: (source) => source.lines.reduce((sum, line) => sum + line.quantity, 0),
  currentSubtotalLineItemsQuantity: (source) =>
    source.lines.reduce((sum, line) => sum + line.quantity - removedUnits(source, line.id), 0),
  currentSubtotalPriceSet: bag((source) => source.totals.subtotal - source.totals.discount),
  currentTotalDiscountsSet: bag((source) => allDiscounts(source.lines) + source.totals.discount),
  currentShippingPriceSet: bag((source) => source.totals.shipping),
  currentTotalTaxSet: bag((source) => source.totals.tax),
  currentTotalPriceSet: bag(current),
  originalTotalPriceSet: bag((source) => source.totals.total),
  totalOutstandingSet: bag(outstanding),
  totalTipReceivedSet: bag(() => 0),
  totalWeight: (source) => String(totalWeight(source.lines)),
  taxLines: (source) => (source.totals.tax > 0 ? [source.totals.tax] : []),
  shippingLine: (source) => source.shippingLine,
  shippingLines: (source, args) => paginateInOrder(source.shippingLine ? [source.shippingLine] : [], args),
  lineItems: (source, args) =>
    paginateInOrder(
      source.lines.map((line): OrderLineNode => ({ line, order: source })),
      args,
    ),
  fulfillments: (source, args) =>
    source.fulfillments
      .map((fulfillment) => ({ fulfillment, order: source }))
      .slice(0, typeof args.first === "number" ? args.first : undefined),
  fulfillmentOrders: (source, args) => {
    void args.displayable;
    return paginateInOrder([source], args);
  },
  fulfillmentsCount: (source) => ({ count: source.fulfillments.length, precision: "EXACT" }),
  transactions: (source, args) =>
    transactionNodes(source).slice(0, typeof args.first === "number" ? args.first : undefined),
  transactionsCount: (source) => ({ count: transactionNodes(source).length, precision: "EXACT" }),
  statusPageUrl: (source, _args, { settings }) => `${settings.storefrontOrigin}/orders/${source.statusToken}`,
  returnStatus: (source) => returnStatusOf(source),
  returns: (source, args, { now }) => {
    const all = (source.returns ?? []).map((each) => returnNode(source, each));
    return paginateInOrder(search(returnSearch, all, args.query, now), args);
  },
  refunds: (source, args) =>
    refundsOf(source)
      .map((refund) => ({ refund, order: source }))
      .slice(0, typeof args.first === "number" ? args.first : undefined),
  ...metafieldFields<Source>("ORDER", (source) => source.metafields),
};

/** A shipping line of an order, a draft or a calculated draft: its price is in the shop's currency. */
const shippingLine: Fields<ShippingLineRecord> = {
  ...same<ShippingLineRecord>("title", "code"),
  id: () => null,
  custom: (line) => line.code === null,
  carrierIdentifier: () => null,
  deliveryCategory: () => null,
  isRemoved: () => false,
  phone: () => null,
  source: () => "shopify",
  shippingRateHandle: (line) => line.code,
  price: (line) => shortDecimal(line.price),
  originalPriceSet: (line, _args, { settings }: AdminContext) => money(line.price, settings.currency),
  discountedPriceSet: (line, _args, { settings }: AdminContext) => money(line.price, settings.currency),
  currentDiscountedPriceSet: (line, _args, { settings }: AdminContext) => money(line.price, settings.currency),
  discountAllocations: () => [],
  taxLines: () => [],
};

export const orderTypes: Types = { Order: order, ShippingLine: shippingLine };

/** What the lines' own discounts take off, in minor units. */
export function allDiscounts(lines: readonly LineRecord[]): number {
  return lines.reduce((sum, line) => sum + line.price * line.quantity - linePrice(line), 0);
}
