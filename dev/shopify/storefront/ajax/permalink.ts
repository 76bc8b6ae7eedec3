import { CartError } from "../../commerce/cart-error";
import { addLines, clearCart, createCart, updateCart } from "../../commerce/carts";
import type { CartRecord } from "../../records";
import { openCheckout } from "../checkout/answer";
import { cookieNames, readCookie, setCookie } from "../cookies";
import { isLocalPath, keepCart, localePath, type Visit } from "../visit";
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

/**
 * `/discount/<code>?redirect=/…`: puts the code on the shopper's cart, or remembers it for the first item,
 * and goes where it says on this storefront.
 * https://help.shopify.com/manual/discounts/managing-discount-codes#share-discounts-with-a-link
 */
export function followDiscountLink(visit: Visit, code: string): void {
  const { world, shop, req, res, cart } = visit;
  if (cart) updateCart(world, shop, cart, { discount: code });
  else setCookie(res, cookieNames(shop.domain).discount, code);
  const { redirect } = req.query;
  res.redirect(302, typeof redirect === "string" && isLocalPath(redirect) ? redirect : localePath(visit, "/"));
}

/** Gives a cart that was just begun the code of a discount link followed before. */
export function applyRememberedDiscount(visit: Visit, cart: CartRecord): CartRecord {
  const name = cookieNames(visit.shop.domain).discount;
  const code = readCookie(visit.req, name);
  if (code === null || cart.lines.length === 0) return cart;
  setCookie(visit.res, name, null);
  return cart.discountCodes.length > 0 ? cart : updateCart(visit.world, visit.shop, cart, { discount: code });
}
