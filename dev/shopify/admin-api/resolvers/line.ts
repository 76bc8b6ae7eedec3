import { removedUnits, unsentUnits } from "../../commerce/orders/units";
import { linePrice, unitPrice } from "../../commerce/prices";
import { titleOf } from "../../commerce/stock";
import { taxOf } from "../../commerce/tax";
import { type AttributeRecord, gid, type LineRecord, type OrderRecord } from "../../records";
import { type AdminContext, type Arguments, type Fields, same, type Types } from "../engine/context";
import { imageWith } from "./image";
import { money, shortDecimal } from "./money";
import { findVariantNode } from "./product";

/** An order's line with the order: totals and refunds depend on it. */
export interface OrderLineNode {
  line: LineRecord;
  order: Readonly<OrderRecord>;
}

/** Fields that lines of orders, drafts and calculated drafts have in common. */
export function commonLineFields<Source>(lineOf: (source: Source) => LineRecord): Fields<Source> {
  const bag =
    (pick: (line: LineRecord) => number) =>
    (source: Source, _args: Arguments, { settings }: AdminContext) =>
      money(pick(lineOf(source)), settings.currency);
  const text = (pick: (line: LineRecord) => number) => (source: Source) => shortDecimal(pick(lineOf(source)));
  const full = (line: LineRecord) => line.price * line.quantity;
  const saved = (line: LineRecord) => full(line) - linePrice(line);
  return {
    title: (source) => lineOf(source).title,
    name: (source) => titleOf(lineOf(source)),
    variantTitle: (source) => lineOf(source).variantTitle,
    sku: (source) => lineOf(source).sku,
    vendor: (source) => lineOf(source).vendor,
    quantity: (source) => lineOf(source).quantity,
    requiresShipping: (source) => lineOf(source).requiresShipping,
    taxable: (source) => lineOf(source).taxable,
    isGiftCard: () => false,
    customAttributes: (source) => lineOf(source).attributes,
    image: (source, args) => imageWith(lineOf(source).image, args),
    product: (source, _args, { shop }) => {
      const { productId } = lineOf(source);
      return productId === null ? null : shop.get("product", productId);
    },
    variant: (source, _args, { shop }) => findVariantNode(shop, lineOf(source).variantId),
    originalUnitPriceSet: bag((line) => line.price),
    originalTotalSet: bag(full),
    discountedUnitPriceSet: bag(unitPrice),
    discountedTotalSet: bag(linePrice),
    totalDiscountSet: bag(saved),
    originalUnitPrice: text((line) => line.price),
    originalTotal: text(full),
    discountedUnitPrice: text(unitPrice),
    discountedTotal: text(linePrice),
    totalDiscount: text(saved),
    weight: (source) => ({ value: lineOf(source).grams, unit: "GRAMS" }),
  };
}

export const lineTypes: Types = {
  LineItem: {
    ...commonLineFields<OrderLineNode>((node) => node.line),
    id: ({ line }: OrderLineNode) => gid("LineItem", line.id),
    currentQuantity: ({ line, order }: OrderLineNode) => line.quantity - removedUnits(order, line.id),
    discountedTotalSet: ({ line, order }: OrderLineNode, args: Arguments) => {
      const share = args.withCodeDiscounts === true ? afterOrderDiscount(line, order) : linePrice(line);
      return money(share, order.currency);
    },
    discountedUnitPriceAfterAllDiscountsSet: ({ line, order }: OrderLineNode) =>
      money(Math.round(afterOrderDiscount(line, order) / line.quantity), order.currency),
    fulfillableQuantity: ({ line, order }: OrderLineNode) => unsentUnits(order, line),
    unfulfilledQuantity: ({ line, order }: OrderLineNode) => unsentUnits(order, line),
    nonFulfillableQuantity: ({ line, order }: OrderLineNode) => line.quantity - unsentUnits(order, line),
    refundableQuantity: ({ line, order }: OrderLineNode) =>
      order.financialStatus === "REFUNDED" ? 0 : line.quantity - removedUnits(order, line.id),
    fulfillmentStatus: ({ line }: OrderLineNode) => {
      const done = line.fulfilledQuantity ?? 0;
      return done === 0 ? "unfulfilled" : done < line.quantity ? "partial" : "fulfilled";
    },
    restockable: () => true,
    merchantEditable: () => true,
    discountAllocations: () => [],
    duties: () => [],
    taxLines: ({ line, order }: OrderLineNode, args: Arguments, { settings }: AdminContext) => {
      const tax = line.taxable ? Math.round(afterOrderDiscount(line, order) * taxOf(settings).rate) : 0;
      const lines = tax > 0 && order.totals.tax > 0 ? [tax] : [];
      return lines.slice(0, typeof args.first === "number" ? args.first : undefined);
    },
  },
  TaxLine: {
    title: (_tax: number, _args: Arguments, { settings }: AdminContext) => taxOf(settings).title,
    rate: (_tax: number, _args: Arguments, { settings }: AdminContext) => taxOf(settings).rate,
    ratePercentage: (_tax: number, _args: Arguments, { settings }: AdminContext) => taxOf(settings).rate * 100,
    price: (tax: number) => shortDecimal(tax),
    priceSet: (tax: number, _args: Arguments, { settings }: AdminContext) => money(tax, settings.currency),
    channelLiable: () => false,
    source: () => "Shopify",
  },
  Attribute: same<AttributeRecord>("key", "value"),
  TypedAttribute: same<AttributeRecord>("key", "value"),
  Weight: same<{ value: number; unit: string }>("value", "unit"),
};

/** The line's share of what was paid for the merchandise. */
function afterOrderDiscount(line: LineRecord, order: Readonly<OrderRecord>): number {
  const { subtotal, discount } = order.totals;
  return subtotal === 0 ? 0 : Math.round(linePrice(line) * ((subtotal - discount) / subtotal));
}
