import { cartDiscountCodes, cartTotals } from "../../commerce/carts";
import { findVariant } from "../../commerce/lines";
import { linePrice, unitPrice } from "../../commerce/prices";
import type { CartRecord } from "../../records";
import { localePath, type Visit } from "../visit";
import { imageObject } from "./image";
import { productObject, variantObject } from "./product";

/** Attributes whose names begin with two underscores are for apps only: neither Liquid nor AJAX shows them. */
export function visibleAttributes(cart: CartRecord | null): Record<string, string> {
  return Object.fromEntries(Object.entries(cart?.attributes ?? {}).filter(([name]) => !name.startsWith("__")));
}

function lineObject(visit: Visit, line: CartRecord["lines"][number]) {
  const found = line.variantId === null ? null : findVariant(visit.shop, line.variantId);
  const options = found?.product.options ?? [];
  const image = imageObject(visit, line.image);
  return {
    id: line.variantId,
    key: line.key,
    variant_id: line.variantId,
    product_id: line.productId,
    title: line.variantTitle ? `${line.title} - ${line.variantTitle}` : line.title,
    product_title: line.title,
    variant_title: line.variantTitle,
    quantity: line.quantity,
    properties: line.attributes.map(({ key, value }) => [key, value]),
    sku: line.sku,
    vendor: line.vendor,
    grams: line.grams,
    price: line.price,
    original_price: line.price,
    final_price: unitPrice(line),
    line_price: linePrice(line),
    original_line_price: line.price * line.quantity,
    final_line_price: linePrice(line),
    line_level_discount_allocations: [],
    requires_shipping: line.requiresShipping,
    taxable: line.taxable,
    gift_card: false,
    image,
    url: found
      ? `${localePath(visit, `/products/${found.product.handle}`)}?variant=${line.variantId}`
      : localePath(visit, "/cart"),
    options_with_values: options.map((option, index) => ({
      name: option.name,
      value: found?.variant.options[index] ?? null,
    })),
    get product() {
      return found ? productObject(visit, found.product, line.variantId) : null;
    },
    get variant() {
      return found ? variantObject(visit, found.product, found.variant) : null;
    },
  };
}

/** https://shopify.dev/docs/api/liquid/objects/cart; an empty one when the shopper has none. */
export function cartObject(visit: Visit) {
  const { cart, settings } = visit;
  const totals = cart ? cartTotals(visit.shop, cart) : null;
  const items = cart?.lines.map((line) => lineObject(visit, line)) ?? [];
  const codes = cart ? cartDiscountCodes(cart) : [];
  return {
    items,
    item_count: items.reduce((sum, item) => sum + item.quantity, 0),
    "empty?": items.length === 0,
    note: cart?.note ?? "",
    attributes: visibleAttributes(cart),
    currency: { iso_code: settings.currency },
    items_subtotal_price: totals?.subtotal ?? 0,
    original_total_price: totals?.subtotal ?? 0,
    total_price: totals ? totals.subtotal - totals.discount : 0,
    total_discount: totals?.discount ?? 0,
    total_weight: cart?.lines.reduce((sum, line) => sum + line.grams * line.quantity, 0) ?? 0,
    requires_shipping: items.some((item) => item.requires_shipping),
    taxes_included: false,
    discount_codes: codes,
    cart_level_discount_applications: codes
      .filter(({ applicable }) => applicable && totals && totals.discount > 0)
      .map(({ code }) => ({ title: code, type: "discount_code", total_allocated_amount: totals?.discount ?? 0 })),
  };
}
