import { CartError } from "../../commerce/cart-error";
import { addLines, clearCart, createCart, updateCart } from "../../commerce/carts";
import type { CartRecord } from "../../records";
import { openCheckout } from "../checkout/answer";
import { keepCart, localePath, type Visit } from "../visit";
import { asAttributes } from "./input";

/**
 * `/cart/<variant>:<quantity>,…?discount=&note=&attributes[k]=&storefront=true`: replaces what is in the
 * cart and goes to the checkout, or with `storefront=true` to the cart. What is sold out is left out.
 * https://shopify.dev/docs/apps/build/checkout/create-cart-permalinks
 */
export function followPermalink(visit: Visit, path: string): void {
  const { world, shop, req, res } = visit;
  let cart: CartRecord = visit.cart
    ? clearCart(world, shop, visit.cart)
    : createCart(world, visit.customer?.id ?? null);
  for (const part of path.split(",")) {
    const [id, quantity] = part.split(":").map(Number);
    if (!id || !quantity) continue;
    try {
      cart = addLines(world, shop, cart, [{ id, quantity }]).cart;
    } catch (error) {
      if (!(error instanceof CartError)) throw error;
      cart = shop.get("cart", cart.token) ?? cart;
    }
  }
  const { discount, note, attributes, storefront } = req.query;
  const change = {
    attributes: asAttributes(attributes),
    ...(typeof note === "string" ? { note } : {}),
    ...(typeof discount === "string" ? { discount } : {}),
  };
  if (cart.lines.length > 0) keepCart(visit, updateCart(world, shop, cart, change));
  if (storefront === "true" || cart.lines.length === 0) res.redirect(302, localePath(visit, "/cart"));
  else openCheckout(visit);
}
