import { randomBytes } from "node:crypto";
import type { CartRecord } from "../records";
import type { ShopStore } from "../store";
import { cartPayload } from "../webhooks/payloads";
import { publish } from "../webhooks/publish";
import type { World } from "../world";
import { CartError } from "./cart-error";
import { type CartLine, findLine, lineKey, mergeEqual, type Properties, putIn, setQuantity } from "./cart-lines";
import { codeApplies } from "./discount-codes";
import { linePrice, totalsOf } from "./prices";
import { taxOf } from "./tax";

export type { CartLine, Properties };

/** A cart that is not stored yet: an empty cart has another token on every look until something is put in. */
export function createCart(world: World, customerId: number | null = null): CartRecord {
  const now = world.clock().toISOString();
  return {
    token: `hWN${randomBytes(12).toString("base64url")}`,
    key: randomBytes(16).toString("hex"),
    lines: [],
    note: "",
    attributes: {},
    discountCodes: [],
    customerId,
    createdAt: now,
    updatedAt: now,
    completedAt: null,
  };
}

/**
 * The stored cart, by its token with or without `?key=…`; a wrong key finds nothing, and neither does
 * the token of a cart whose checkout was paid.
 */
export function findCart(shop: ShopStore, token: string): CartRecord | null {
  const [publicHalf, query] = token.split("?", 2);
  const cart = publicHalf ? shop.get("cart", publicHalf) : null;
  if (!cart || cart.completedAt) return null;
  const key = query === undefined ? null : new URLSearchParams(query).get("key");
  return key === null || key === cart.key ? cart : null;
}

/** `token?key=secret`, as in cart.js and the cart cookie since 2024-06. */
export function fullToken(cart: CartRecord): string {
  return `${cart.token}?key=${cart.key}`;
}

/**
 * Adds each item, merging with a line of the same variant and properties. When stock covers only part,
 * that part is added and the answer is still the 422, as Shopify does since 2024-07
 * (https://shopify.dev/changelog/cart-ajax-api-inventory-error-message-updates).
 */
export function addLines(
  world: World,
  shop: ShopStore,
  cart: CartRecord,
  items: { id: number; quantity?: number; properties?: Properties }[],
): { cart: CartRecord; added: CartLine[] } {
  if (items.length === 0) throw new CartError("Required parameter missing or invalid: items", { status: 400 });
  const draft = structuredClone(cart);
  const added = new Set<CartLine>();
  let refusal: CartError | null = null;
  for (const item of items) {
    const result = putIn(shop, draft, item, world.clock());
    if (result.line) added.add(result.line);
    refusal ??= result.refusal;
  }
  const saved = added.size > 0 ? save(world, shop, cart, draft) : cart;
  if (refusal) throw refusal;
  return { cart: saved, added: [...added] };
}

/** Sets the quantity (0 removes) and, when given, the properties of the line by key, variant id or 1-based index. */
export function changeLine(
  world: World,
  shop: ShopStore,
  cart: CartRecord,
  change: { id?: number | string; line?: number; quantity?: number; properties?: Properties },
): CartRecord {
  const draft = structuredClone(cart);
  const target = findLine(draft, change);
  if (!target) throw new CartError("no valid id or line parameter", { status: 400, message: "Bad Request" });
  setQuantity(shop, draft, target, change.quantity ?? target.quantity, world.clock());
  if (change.properties && target.variantId !== null) {
    target.attributes = Object.entries(change.properties).map(([key, value]) => ({ key, value }));
    target.key = lineKey(target.variantId, change.properties);
    mergeEqual(draft);
  }
  return save(world, shop, cart, draft);
}

/**
 * `cart/update.js`: quantities by key or variant id (or in the order of the lines), note, attributes
 * (an empty value removes one), and discount codes as one comma-separated string.
 */
export function updateCart(
  world: World,
  shop: ShopStore,
  cart: CartRecord,
  change: {
    updates?: Record<string, number> | number[];
    note?: string;
    attributes?: Record<string, string | null>;
    discount?: string;
  },
): CartRecord {
  const draft = structuredClone(cart);
  if (Array.isArray(change.updates)) {
    const lines = [...draft.lines];
    for (const [index, quantity] of change.updates.entries()) {
      const line = lines[index];
      if (line) setQuantity(shop, draft, line, quantity, world.clock());
    }
  } else {
    for (const [id, quantity] of Object.entries(change.updates ?? {})) {
      const line = findLine(draft, { id });
      if (line) setQuantity(shop, draft, line, quantity, world.clock());
      else if (quantity > 0 && /^\d+$/.test(id)) {
        const { refusal } = putIn(shop, draft, { id: Number(id), quantity }, world.clock());
        if (refusal) throw refusal;
      }
    }
  }
  if (change.note !== undefined) draft.note = change.note;
  for (const [key, value] of Object.entries(change.attributes ?? {})) {
    if (value === null || value === "") delete draft.attributes[key];
    else draft.attributes[key] = value;
  }
  if (change.discount !== undefined) {
    draft.discountCodes = change.discount
      .split(",")
      .map((code) => code.trim())
      .filter((code) => code !== "");
  }
  return save(world, shop, cart, draft);
}

/** Takes every line out; note and attributes stay, as `cart/clear.js` leaves them. */
export function clearCart(world: World, shop: ShopStore, cart: CartRecord): CartRecord {
  return save(world, shop, cart, { ...structuredClone(cart), lines: [] });
}

/** Codes of the cart with whether each takes anything off now: `discount_codes` of cart.js. */
export function cartDiscountCodes(cart: CartRecord): { code: string; applicable: boolean }[] {
  const subtotal = cart.lines.reduce((sum, line) => sum + linePrice(line), 0);
  return cart.discountCodes.map((code) => ({ code, applicable: codeApplies(code, subtotal) }));
}

/** The cart's totals before shipping is known. */
export function cartTotals(shop: ShopStore, cart: CartRecord) {
  return totalsOf({
    lines: cart.lines,
    orderDiscount: null,
    shippingLine: null,
    discountCodes: cart.discountCodes,
    taxRate: taxOf(shop.settings()).rate,
  });
}

/**
 * Stores the cart and announces it. What webhooks show (lines and note) decides whether `carts/update`
 * is sent: no-op changes and attribute-only changes send nothing.
 */
function save(world: World, shop: ShopStore, before: CartRecord, after: CartRecord): CartRecord {
  return shop.transaction(() => {
    const known = shop.get("cart", before.token) !== null;
    const visible = (cart: CartRecord) =>
      JSON.stringify([cart.note, cart.lines.map((line) => [line.key, line.quantity, line.price])]);
    const changed = visible(before) !== visible(after);
    if (known && JSON.stringify(before) === JSON.stringify(after)) return after;
    after.updatedAt = world.clock().toISOString();
    shop.put("cart", after.token, after);
    if (!known) publish(world, shop, "carts/create", cartPayload(shop, after));
    else if (changed) publish(world, shop, "carts/update", cartPayload(shop, after));
    return after;
  });
}
