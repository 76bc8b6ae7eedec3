import { type CartLine, cartDiscountCodes, cartTotals, createCart, fullToken } from "../../commerce/carts";
import { findVariant } from "../../commerce/lines";
import { linePrice, unitPrice } from "../../commerce/prices";
import { visibleAttributes } from "../objects/cart";
import { localePath, type Visit } from "../visit";

/** One line as cart.js and cart/add.js give it. https://shopify.dev/docs/api/ajax/reference/cart */
export function lineJson(visit: Visit, line: CartLine) {
  const found = line.variantId === null ? null : findVariant(visit.shop, line.variantId);
  const product = found?.product;
  const image = line.image ? `${visit.origin}${line.image.path}` : null;
  return {
    id: line.variantId,
    properties: Object.fromEntries(line.attributes.map(({ key, value }) => [key, value])),
    quantity: line.quantity,
    variant_id: line.variantId,
    key: line.key,
    title: line.variantTitle ? `${line.title} - ${line.variantTitle}` : line.title,
    price: line.price,
    original_price: line.price,
    presentment_price: line.price / 100,
    discounted_price: unitPrice(line),
    line_price: linePrice(line),
    original_line_price: line.price * line.quantity,
    total_discount: line.price * line.quantity - linePrice(line),
    discounts: [],
    sku: line.sku,
    grams: line.grams,
    vendor: line.vendor,
    taxable: line.taxable,
    product_id: line.productId,
    product_has_only_default_variant: product?.variants.length === 1 && line.variantTitle === null,
    gift_card: false,
    final_price: unitPrice(line),
    final_line_price: linePrice(line),
    url: product ? `${localePath(visit, `/products/${product.handle}`)}?variant=${line.variantId}` : null,
    featured_image: line.image
      ? {
          aspect_ratio: line.image.width / line.image.height,
          alt: line.image.altText,
          height: line.image.height,
          url: image,
          width: line.image.width,
        }
      : { alt: line.title },
    image,
    handle: product?.handle ?? null,
    requires_shipping: line.requiresShipping,
    product_type: product?.productType ?? "",
    product_title: line.title,
    product_description:
      product?.descriptionHtml
        .replace(/<[^>]*>/g, " ")
        .replace(/\s+/g, " ")
        .trim() ?? "",
    variant_title: line.variantTitle,
    variant_options: found?.variant.options ?? [],
    options_with_values: (product?.options ?? []).map((option, index) => ({
      name: option.name,
      value: found?.variant.options[index] ?? null,
    })),
    line_level_discount_allocations: [],
    line_level_total_discount: line.price * line.quantity - linePrice(line),
  };
}

/** The whole cart as cart.js gives it; a shopper without one sees another token each time. */
export function cartJson(visit: Visit) {
  const cart = visit.cart ?? createCart(visit.world);
  const totals = cartTotals(visit.shop, cart);
  const items = cart.lines.map((line) => lineJson(visit, line));
  const codes = cartDiscountCodes(cart);
  return {
    token: fullToken(cart),
    note: cart.note,
    attributes: visibleAttributes(cart),
    original_total_price: totals.subtotal,
    total_price: totals.subtotal - totals.discount,
    total_discount: totals.discount,
    total_weight: cart.lines.reduce((sum, line) => sum + line.grams * line.quantity, 0),
    item_count: cart.lines.reduce((sum, line) => sum + line.quantity, 0),
    items,
    requires_shipping: cart.lines.some((line) => line.requiresShipping),
    currency: visit.settings.currency,
    items_subtotal_price: totals.subtotal,
    cart_level_discount_applications: codes
      .filter(({ applicable }) => applicable && totals.discount > 0)
      .map(({ code }) => ({
        type: "discount_code",
        key: code,
        title: code,
        description: "",
        value_type: "fixed_amount",
        total_allocated_amount: totals.discount,
      })),
    discount_codes: codes,
  };
}
