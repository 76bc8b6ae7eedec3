import { decimal, linePrice, unitPrice } from "../../commerce/prices";
import { titleOf } from "../../commerce/stock";
import type { CartRecord } from "../../records";
import type { ShopStore } from "../../store";
import { moneySet } from "./forms";

/**
 * `carts/create|update`: who the shopper is, the currency, the attributes and the codes are not in it,
 * and the token comes without its key.
 */
export function cartPayload(shop: ShopStore, cart: Readonly<CartRecord>) {
  const { currency } = shop.settings();
  return {
    id: cart.token,
    token: cart.token,
    line_items: cart.lines.map((line) => {
      const full = line.price * line.quantity;
      const paid = linePrice(line);
      return {
        id: line.variantId,
        properties: Object.fromEntries(line.attributes.map(({ key, value }) => [key, value])),
        quantity: line.quantity,
        variant_id: line.variantId,
        key: line.key,
        discounted_price: decimal(unitPrice(line)),
        discounts: [],
        gift_card: false,
        grams: line.grams,
        line_price: decimal(paid),
        original_line_price: decimal(full),
        original_price: decimal(line.price),
        price: decimal(line.price),
        product_id: line.productId,
        sku: line.sku,
        taxable: line.taxable,
        title: titleOf(line),
        total_discount: decimal(full - paid),
        vendor: line.vendor,
        discounted_price_set: moneySet(unitPrice(line), currency),
        line_price_set: moneySet(paid, currency),
        original_line_price_set: moneySet(full, currency),
        price_set: moneySet(line.price, currency),
        total_discount_set: moneySet(full - paid, currency),
      };
    }),
    note: cart.note || null,
    updated_at: cart.updatedAt,
    created_at: cart.createdAt,
  };
}
