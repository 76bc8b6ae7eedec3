import { linePrice, unitPrice } from "../../commerce/prices";
import { type DiscountRecord, type DraftOrderRecord, gid, type LineRecord } from "../../records";
import type { ShopStore } from "../../store";
import { totalWeight } from "../../webhooks/payloads/parts";
import { type Fields, same, type Types } from "../engine/context";
import { paginateInOrder } from "../engine/pages";
import { tagged } from "../engine/resolve-field";
import { commonLineFields } from "./line";
import { metafieldFields } from "./metafield";
import { money, shortDecimal } from "./money";
import { allDiscounts } from "./order";

/** A line of a draft; its draft is not needed. */
type DraftLine = LineRecord;

/** A discount with what it takes off here. */
interface AppliedDiscountNode {
  discount: DiscountRecord;
  /** Minor units. */
  taken: number;
  currency: string;
}

const merchandise = (draft: DraftOrderRecord) => draft.lines.reduce((sum, line) => sum + line.price * line.quantity, 0);

/** Each is there as `…Set` and as plain text. */
const amounts = {
  subtotalPrice: (draft: DraftOrderRecord) => draft.totals.subtotal - draft.totals.discount,
  totalPrice: (draft: DraftOrderRecord) => draft.totals.total,
  totalShippingPrice: (draft: DraftOrderRecord) => draft.totals.shipping,
  totalTax: (draft: DraftOrderRecord) => draft.totals.tax,
};

const moneyFields: Fields<DraftOrderRecord> = Object.fromEntries(
  Object.entries(amounts).flatMap(([name, pick]) => [
    [name, (draft: DraftOrderRecord) => shortDecimal(pick(draft))],
    [`${name}Set`, (draft: DraftOrderRecord) => money(pick(draft), draft.currency)],
  ]),
);

/** What a saved and a calculated draft have in common. */
const common: Fields<DraftOrderRecord> = {
  ...moneyFields,
  acceptAutomaticDiscounts: () => false,
  allVariantPricesOverridden: () => false,
  anyVariantPricesOverridden: () => false,
  amountDueNowSet: (draft) => money(draft.totals.total, draft.currency),
  amountDueLaterSet: (draft) => money(0, draft.currency),
  appliedDiscount: (draft) => applied(draft.orderDiscount, draft.totals.discount, draft.currency),
  billingAddressMatchesShippingAddress: (draft) =>
    JSON.stringify(draft.billingAddress) === JSON.stringify(draft.shippingAddress),
  currencyCode: (draft) => draft.currency,
  presentmentCurrencyCode: (draft) => draft.currency,
  customer: (draft, _args, { shop }) => customerOf(shop, draft),
  purchasingEntity: (draft, _args, { shop }) => {
    const customer = customerOf(shop, draft);
    return customer && tagged("Customer", customer);
  },
  discountCodes: () => [],
  platformDiscounts: () => [],
  phone: (draft) => draft.phone,
  shippingLine: (draft) => draft.shippingLine,
  taxLines: (draft) => (draft.totals.tax > 0 ? [draft.totals.tax] : []),
  taxesIncluded: () => false,
  lineItemsSubtotalPrice: (draft) => money(draft.totals.subtotal, draft.currency),
  totalLineItemsPriceSet: (draft) => money(merchandise(draft), draft.currency),
  totalDiscountsSet: (draft) => money(allDiscounts(draft.lines) + draft.totals.discount, draft.currency),
  totalQuantityOfLineItems: (draft) => draft.lines.reduce((sum, line) => sum + line.quantity, 0),
  transformerFingerprint: () => null,
  warnings: () => [],
};

const draftOrder: Fields<DraftOrderRecord> = {
  ...common,
  ...same<DraftOrderRecord>(
    "name",
    "status",
    "email",
    "tags",
    "taxExempt",
    "poNumber",
    "reserveInventoryUntil",
    "invoiceSentAt",
    "shippingAddress",
    "billingAddress",
    "createdAt",
    "updatedAt",
    "completedAt",
  ),
  id: (draft) => gid("DraftOrder", draft.id),
  legacyResourceId: (draft) => String(draft.id),
  allowDiscountCodesInCheckout: () => false,
  customAttributes: (draft) => draft.attributes,
  hasTimelineComment: () => false,
  note2: (draft) => draft.note,
  invoiceEmailTemplateSubject: (draft, _args, { settings }) =>
    draft.invoiceEmailTemplateSubject ?? invoiceSubject(draft, settings.name),
  invoiceUrl: (draft, _args, { settings }) => `${settings.storefrontOrigin}/invoices/${draft.invoiceToken}`,
  lineItems: (draft, args) => paginateInOrder<DraftLine>(draft.lines, args),
  order: (draft, _args, { shop }) => (draft.orderId === null ? null : shop.get("order", draft.orderId)),
  paymentTerms: () => null,
  ready: () => true,
  totalWeight: (draft) => String(totalWeight(draft.lines)),
  visibleToCustomer: () => false,
  ...metafieldFields<DraftOrderRecord>("DRAFTORDER", (draft) => draft.metafields),
};

const calculated: Fields<DraftOrderRecord> = {
  ...common,
  alerts: () => [],
  availableShippingRates: () => [],
  lineItems: (draft) => draft.lines,
};

const draftLine: Fields<DraftLine> = {
  ...commonLineFields<DraftLine>((line) => line),
  appliedDiscount: (line, _args, { settings }) =>
    applied(line.discount, line.price * line.quantity - linePrice(line), settings.currency),
  approximateDiscountedUnitPriceSet: (line, _args, { settings }) => money(unitPrice(line), settings.currency),
  components: () => [],
  custom: (line) => line.variantId === null,
  customAttributesV2: (line) => line.attributes,
  originalUnitPriceWithCurrency: (line, _args, { settings }) => money(line.price, settings.currency),
  priceOverride: () => null,
  uuid: (line) => line.uuid ?? uuidOf(line.id),
};

/** In a calculation these four are MoneyV2 objects where the saved line has text. */
const calculatedLine: Fields<DraftLine> = {
  ...draftLine,
  originalUnitPrice: (line, _args, { settings }) => money(line.price, settings.currency),
  originalTotal: (line, _args, { settings }) => money(line.price * line.quantity, settings.currency),
  discountedUnitPrice: (line, _args, { settings }) => money(unitPrice(line), settings.currency),
  discountedTotal: (line, _args, { settings }) => money(linePrice(line), settings.currency),
  totalDiscount: (line, _args, { settings }) => money(line.price * line.quantity - linePrice(line), settings.currency),
  // Calculations take no sizing arguments.
  image: (line) => line.image,
};

const appliedDiscount: Fields<AppliedDiscountNode> = {
  title: ({ discount }) => discount.title,
  description: ({ discount }) => discount.description ?? "",
  value: ({ discount }) => (discount.valueType === "PERCENTAGE" ? discount.value : discount.value / 100),
  valueType: ({ discount }) => discount.valueType,
  amount: ({ taken }) => shortDecimal(taken),
  amountSet: ({ taken, currency }) => money(taken, currency),
  amountV2: ({ taken, currency }) => money(taken, currency),
};

export const draftOrderTypes: Types = {
  DraftOrder: draftOrder,
  CalculatedDraftOrder: calculated,
  DraftOrderLineItem: {
    ...draftLine,
    id: (line: DraftLine) => gid("DraftOrderLineItem", line.id),
    grams: (line: DraftLine) => line.grams,
  },
  CalculatedDraftOrderLineItem: calculatedLine,
  DraftOrderAppliedDiscount: appliedDiscount,
};

/** The subject of the invoice mail when nobody chose one. */
export function invoiceSubject(draft: Readonly<DraftOrderRecord>, shopName: string): string {
  return `Invoice ${draft.name} from ${shopName}`;
}

function customerOf(shop: ShopStore, draft: DraftOrderRecord) {
  return draft.customerId === null ? null : shop.get("customer", draft.customerId);
}

function applied(discount: DiscountRecord | null, taken: number, currency: string): AppliedDiscountNode | null {
  return discount && { discount, taken, currency };
}

/** A uuid that stays with the line. */
function uuidOf(lineId: number): string {
  const hex = lineId.toString(16).padStart(32, "0");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
