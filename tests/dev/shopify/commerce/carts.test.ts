import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CartError } from "../../../../dev/shopify/commerce/cart-error";
import {
  addLines,
  cartDiscountCodes,
  cartTotals,
  changeLine,
  clearCart,
  createCart,
  findCart,
  fullToken,
  updateCart,
} from "../../../../dev/shopify/commerce/carts";
import type { CartRecord } from "../../../../dev/shopify/records";
import { type SmallWorld, smallWorld } from "../admin-api/small-world";

let small: SmallWorld;

beforeEach(() => {
  small = smallWorld();
  small.world.app.subscriptions = ["carts/create", "carts/update"].map((topic) => ({ topic, uri: "/webhooks/carts" }));
});
afterEach(() => small.close());

const add = (cart: CartRecord, id: number, quantity = 1, properties?: Record<string, string>) =>
  addLines(small.world, small.shop, cart, [{ id, quantity, properties }]).cart;
const filled = () => add(createCart(small.world), 11, 2);
const units = (cart: CartRecord | null) => cart?.lines.map((line) => [line.variantId, line.quantity]);
const sent = () => small.shop.all("webhookDelivery").map((each) => each.topic);
const refusal = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (error instanceof CartError) return error.body;
    throw error;
  }
  throw new Error("was not refused");
};

describe("a cart", () => {
  test("is kept from the first line on, and found by its token with the right key only", () => {
    const empty = createCart(small.world);
    expect(findCart(small.shop, empty.token)).toBeNull();
    expect(createCart(small.world).token).not.toBe(empty.token);
    const cart = add(empty, 11);
    expect(findCart(small.shop, cart.token)?.token).toBe(empty.token);
    expect(findCart(small.shop, fullToken(cart))).not.toBeNull();
    expect(findCart(small.shop, `${cart.token}?key=guess`)).toBeNull();
    expect(findCart(small.other, cart.token)).toBeNull();
    small.shop.put("cart", cart.token, { ...cart, completedAt: "2026-11-21T12:00:00.000Z" });
    expect(findCart(small.shop, cart.token)).toBeNull();
  });

  test("merges the same variant with the same properties and keeps others apart, newest first", () => {
    let cart = filled();
    cart = add(cart, 11, 1);
    cart = add(cart, 11, 1, { Engraving: "A.B." });
    cart = add(cart, 21, 3);
    expect(units(cart)).toEqual([
      [21, 3],
      [11, 1],
      [11, 3],
    ]);
    expect(cart.lines[1]?.key).toMatch(/^11:[0-9a-f]{32}$/);
    expect(cart.lines[1]?.key).not.toBe(cart.lines[2]?.key);
  });

  test("tells the app what it can see: lines and note, not attributes and no-ops", () => {
    let cart = filled();
    expect(sent()).toEqual(["carts/create"]);
    cart = updateCart(small.world, small.shop, cart, { attributes: { __throughline: "v_1" } });
    cart = changeLine(small.world, small.shop, cart, { line: 1, quantity: 2 });
    expect(sent()).toEqual(["carts/create"]);
    cart = updateCart(small.world, small.shop, cart, { note: "Gift" });
    expect(sent()).toEqual(["carts/create", "carts/update"]);
    const body = JSON.parse(small.shop.all("webhookDelivery")[1]?.body ?? "{}");
    expect(body).toMatchObject({
      token: cart.token,
      note: "Gift",
      line_items: [{ variant_id: 11, quantity: 2, line_price: "398.00" }],
    });
    for (const absent of ["customer", "email", "currency", "attributes", "key"])
      expect(body).not.toHaveProperty(absent);
    expect(JSON.stringify(body)).not.toContain(cart.key);
  });
});

describe("stock", () => {
  test("sold out, all in the cart, and only a part", () => {
    expect(refusal(() => add(createCart(small.world), 12))).toEqual({
      status: 422,
      message: "Cart Error",
      description: "The product 'Field Jacket - Olive / L' is already sold out.",
    });
    const cart = add(createCart(small.world), 11, 5);
    expect(refusal(() => add(cart, 11))).toMatchObject({
      status: 422,
      description: "The maximum quantity of this item is already in your cart.",
    });
    const some = createCart(small.world);
    expect(refusal(() => add(some, 11, 9)).description).toBe(
      "Only 5 items were added to your cart due to availability.",
    );
    expect(units(findCart(small.shop, some.token))).toEqual([[11, 5]]);
  });

  test("counts the units of one variant over all its lines", () => {
    let cart = filled();
    cart = add(cart, 11, 2, { Engraving: "A" });
    expect(refusal(() => add(cart, 11, 2, { Engraving: "B" })).description).toMatch(/^Only 1 items/);
  });

  test("is no limit for what is not tracked, and never in the way of fewer", () => {
    expect(units(add(createCart(small.world), 21, 400))).toEqual([[21, 400]]);
    const cart = add(createCart(small.world), 11, 4);
    const product = small.shop.get("product", 1);
    if (product?.variants[0]) product.variants[0].inventoryQuantity = 1;
    if (product) small.shop.put("product", 1, product);
    expect(units(changeLine(small.world, small.shop, cart, { line: 1, quantity: 3 }))).toEqual([[11, 3]]);
    expect(refusal(() => changeLine(small.world, small.shop, cart, { line: 1, quantity: 6 })).status).toBe(422);
  });

  test("unknown and archived variants cannot be added", () => {
    expect(refusal(() => add(createCart(small.world), 99))).toMatchObject({
      status: 422,
      description: "Cannot find variant",
    });
    expect(refusal(() => add(createCart(small.world), 31)).description).toBe("Cannot find variant");
    expect(refusal(() => add(createCart(small.world), 11, 0)).status).toBe(422);
    expect(refusal(() => add(createCart(small.world), 11, 1.5)).status).toBe(422);
    expect(refusal(() => addLines(small.world, small.shop, createCart(small.world), [])).status).toBe(400);
  });
});

describe("changing", () => {
  test("by index, key and variant id; zero removes", () => {
    let cart = add(filled(), 21, 1);
    cart = changeLine(small.world, small.shop, cart, { line: 1, quantity: 4 });
    cart = changeLine(small.world, small.shop, cart, { id: 11, quantity: 1 });
    expect(units(cart)).toEqual([
      [21, 4],
      [11, 1],
    ]);
    cart = changeLine(small.world, small.shop, cart, { id: cart.lines[0]?.key, quantity: 0 });
    expect(units(cart)).toEqual([[11, 1]]);
    expect(refusal(() => changeLine(small.world, small.shop, cart, { line: 7, quantity: 1 }))).toEqual({
      status: 400,
      message: "Bad Request",
      description: "no valid id or line parameter",
    });
  });

  test("properties that become the same join the lines", () => {
    let cart = add(filled(), 11, 1, { Engraving: "A" });
    cart = changeLine(small.world, small.shop, cart, { line: 1, properties: {} });
    expect(units(cart)).toEqual([[11, 3]]);
  });

  test("several at once, with note, attributes and codes", () => {
    let cart = add(filled(), 21, 1);
    cart = updateCart(small.world, small.shop, cart, {
      updates: { 11: 0, 21: 2 },
      note: "Hello",
      attributes: { a: "1", b: "2" },
      discount: "welcome10, NOPE",
    });
    expect(units(cart)).toEqual([[21, 2]]);
    expect(cart).toMatchObject({ note: "Hello", attributes: { a: "1", b: "2" } });
    expect(cartDiscountCodes(cart)).toEqual([
      { code: "welcome10", applicable: true },
      { code: "NOPE", applicable: false },
    ]);
    expect(cartTotals(small.shop, cart)).toMatchObject({ subtotal: 2500, discount: 250 });
    cart = updateCart(small.world, small.shop, cart, { updates: [5], attributes: { a: "" }, discount: "" });
    expect(cart).toMatchObject({ attributes: { b: "2" }, discountCodes: [] });
    expect(units(cart)).toEqual([[21, 5]]);
    cart = updateCart(small.world, small.shop, cart, { updates: { 11: 1 } });
    expect(units(cart)).toEqual([
      [11, 1],
      [21, 5],
    ]);
  });

  test("a refused change leaves the stored cart as it was", () => {
    const cart = add(filled(), 21, 1);
    refusal(() => updateCart(small.world, small.shop, cart, { updates: { 21: 7, 11: 50 } }));
    expect(units(findCart(small.shop, cart.token))).toEqual([
      [21, 1],
      [11, 2],
    ]);
  });

  test("clearing takes the lines and leaves the rest", () => {
    const cart = updateCart(small.world, small.shop, filled(), { note: "n", attributes: { a: "1" } });
    expect(clearCart(small.world, small.shop, cart)).toMatchObject({ lines: [], note: "n", attributes: { a: "1" } });
  });
});
