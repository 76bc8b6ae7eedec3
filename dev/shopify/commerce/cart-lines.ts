import { createHash } from "node:crypto";
import type { CartRecord } from "../records";
import type { ShopStore } from "../store";
import { CartError } from "./cart-error";
import { findVariant, lineOf, variantTitleOf } from "./lines";
import { reservedUnits, sellable, titleOf } from "./stock";

export type CartLine = CartRecord["lines"][number];

/** Hidden properties (`_x`) are plain properties here; the storefront decides what it shows. */
export type Properties = Record<string, string>;

const MAXIMUM_LINES = 500;

/**
 * Puts an item in the (unsaved) cart, merging with a line of the same variant and properties.
 * Stock may cover only part of it: then that part is in, and `refusal` says so. Throws CartError
 * for what cannot be put in at all.
 */
export function putIn(
  shop: ShopStore,
  cart: CartRecord,
  item: { id: number; quantity?: number; properties?: Properties },
  now: Date,
): { line: CartLine | null; refusal: CartError | null } {
  const quantity = item.quantity ?? 1;
  if (!Number.isInteger(quantity) || quantity < 1) {
    throw new CartError("Quantity must be a whole number of at least 1", { message: "Parameter Missing or Invalid" });
  }
  const found = findVariant(shop, item.id);
  if (found?.product.status !== "ACTIVE") throw new CartError("Cannot find variant");
  const inCart = unitsOf(cart, item.id);
  const room = sellable(found.variant, reservedUnits(shop, now)) - inCart;
  if (room <= 0) {
    const name = titleOf({ title: found.product.title, variantTitle: variantTitleOf(found.variant) });
    return {
      line: null,
      refusal: inCart > 0 ? allInCart() : new CartError(`The product '${name}' is already sold out.`),
    };
  }
  const units = Math.min(quantity, room);
  const key = lineKey(item.id, item.properties ?? {});
  let line = cart.lines.find((each) => each.key === key);
  if (line) line.quantity += units;
  else {
    if (cart.lines.length >= MAXIMUM_LINES) throw new CartError("Your cart is full.");
    const attributes = Object.entries(item.properties ?? {}).map(([name, value]) => ({ key: name, value }));
    line = { ...lineOf(shop, item.id, units, attributes), key };
    cart.lines.unshift(line);
  }
  return { line, refusal: units < quantity ? onlySome(units) : null };
}

/** Sets the quantity; 0 removes the line. Fewer units are always allowed, whatever the shelf holds by now. */
export function setQuantity(shop: ShopStore, cart: CartRecord, line: CartLine, quantity: number, now: Date): void {
  if (!Number.isInteger(quantity) || quantity < 0) {
    throw new CartError("Quantity must be a whole number of at least 0", { message: "Parameter Missing or Invalid" });
  }
  if (quantity > line.quantity && line.variantId !== null) {
    const variant = findVariant(shop, line.variantId)?.variant;
    const others = unitsOf(cart, line.variantId) - line.quantity;
    const room = variant ? sellable(variant, reservedUnits(shop, now)) - others : 0;
    if (quantity > room) throw room <= line.quantity ? allInCart() : onlySome(room);
  }
  line.quantity = quantity;
  if (quantity === 0) cart.lines = cart.lines.filter((each) => each !== line);
}

/** The line by its 1-based index, its key, or its variant id (the first such line). */
export function findLine(cart: CartRecord, wanted: { id?: number | string; line?: number }): CartLine | null {
  if (wanted.line !== undefined) return cart.lines[wanted.line - 1] ?? null;
  if (wanted.id === undefined) return null;
  const id = String(wanted.id);
  return cart.lines.find((line) => line.key === id) ?? cart.lines.find((line) => String(line.variantId) === id) ?? null;
}

/** `variantId:hash of the properties`: the line's name in the AJAX API. */
export function lineKey(variantId: number, properties: Properties): string {
  const sorted = Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${variantId}:${createHash("md5")
    .update(JSON.stringify([variantId, sorted]))
    .digest("hex")}`;
}

/** Joins lines that a change of properties has made the same. */
export function mergeEqual(cart: CartRecord): void {
  const byKey = new Map<string, CartLine>();
  for (const line of cart.lines) {
    const first = byKey.get(line.key);
    if (first) first.quantity += line.quantity;
    else byKey.set(line.key, line);
  }
  cart.lines = [...byKey.values()];
}

function unitsOf(cart: CartRecord, variantId: number): number {
  return cart.lines.reduce((sum, line) => sum + (line.variantId === variantId ? line.quantity : 0), 0);
}

function allInCart(): CartError {
  return new CartError("The maximum quantity of this item is already in your cart.");
}

function onlySome(units: number): CartError {
  return new CartError(`Only ${units} items were added to your cart due to availability.`);
}
