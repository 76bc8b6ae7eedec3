import { removedUnits, unsentUnits } from "../../commerce/orders/units";
import { decimal, linePrice } from "../../commerce/prices";
import { titleOf } from "../../commerce/stock";
import { gid, type LineRecord, type OrderRecord, type ShopRecord } from "../../records";
import { moneySet, pairs } from "./forms";

/** A line of an order; fulfilments repeat the lines they carry. */
export function orderLine(line: LineRecord, settings: ShopRecord, order: Readonly<OrderRecord>) {
  const fulfilled = line.fulfilledQuantity ?? 0;
  const status = fulfilled === 0 ? null : fulfilled < line.quantity ? "partial" : "fulfilled";
  return {
    id: line.id,
    admin_graphql_api_id: gid("LineItem", line.id),
    attributed_staffs: [],
    current_quantity: line.quantity - removedUnits(order, line.id),
    fulfillable_quantity: unsentUnits(order, line),
    fulfillment_service: "manual",
    fulfillment_status: status,
    gift_card: false,
    grams: line.grams,
    name: titleOf(line),
    price: decimal(line.price),
    price_set: moneySet(line.price, settings.currency),
    product_exists: line.productId !== null,
    product_id: line.productId,
    properties: pairs(line.attributes),
    quantity: line.quantity,
    requires_shipping: line.requiresShipping,
    sku: line.sku,
    taxable: line.taxable,
    title: line.title,
    total_discount: decimal(line.price * line.quantity - linePrice(line)),
    total_discount_set: moneySet(line.price * line.quantity - linePrice(line), settings.currency),
    variant_id: line.variantId,
    variant_inventory_management: "shopify",
    variant_title: line.variantTitle,
    vendor: line.vendor,
    tax_lines: [],
    duties: [],
    discount_allocations: [],
  };
}
