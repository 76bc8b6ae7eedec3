import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CartLine } from "~/carts/cart";
import { isSameCart, settle, settledUpdates, withSettled } from "~/carts/compare";

function line(key: string, quantity: number, more: Partial<CartLine> = {}): CartLine {
  return {
    key,
    variantId: `gid://shopify/ProductVariant/${key.split(":")[0]}`,
    productId: null,
    title: "Field Jacket",
    variantTitle: "Large",
    sku: null,
    image: null,
    url: null,
    quantity,
    price: 21_900,
    lineTotal: 21_900 * quantity,
    properties: {},
    ...more,
  };
}

const cart = (lines: CartLine[], more = {}) => ({
  currency: "EUR",
  total: 100,
  lines,
  discountCodes: [],
  note: null,
  ...more,
});

describe("whether two carts say the same", () => {
  const before = cart([line("1:a", 1)]);
  it.each([
    ["the same", cart([line("1:a", 1)]), true],
    ["another quantity", cart([line("1:a", 2)]), false],
    ["another total", cart([line("1:a", 1)], { total: 90 }), false],
    ["a discount code", cart([line("1:a", 1)], { discountCodes: ["SAVE"] }), false],
    ["a note", cart([line("1:a", 1)], { note: "Please wrap" }), false],
    ["another picture", cart([line("1:a", 1, { image: "/b.png" })]), false],
    ["a property", cart([line("1:a", 1, { properties: { Engraving: "M" } })]), false],
    ["units that are to leave", cart(settle([line("1:a", 1)], null)), true],
  ])("%s", (_name, after, same) => {
    expect(isSameCart(before, after)).toBe(same);
  });
});

describe("what leaves a cart whose draft order was paid", () => {
  it("is everything that was in it", () => {
    expect(settledUpdates(settle([line("1:a", 2), line("2:b", 1)], null))).toEqual({ "1:a": 0, "2:b": 0 });
  });

  it("is not what the shopper added since", () => {
    const paid = settle([line("1:a", 2)], null);
    const now = withSettled([line("1:a", 3), line("2:b", 1)], paid);
    expect(settledUpdates(now)).toEqual({ "1:a": 1 });
  });

  it("is not what was in it beside what the draft order is about", () => {
    const lines = [line("1:a", 1), line("1:b", 2), line("2:b", 1)];
    const units = { "gid://shopify/ProductVariant/1": 2, "gid://shopify/ProductVariant/9": 4 };
    expect(settledUpdates(settle(lines, units))).toEqual({ "1:a": 0, "1:b": 1 });
    expect(settledUpdates(settle(settle(lines, units), units))).toEqual({ "1:a": 0, "1:b": 0 });
  });

  it("is found again when a changed property gave the line another key", () => {
    const now = withSettled([line("1:z", 2)], settle([line("1:a", 2)], null));
    expect(settledUpdates(now)).toEqual({ "1:z": 0 });
  });

  it("is nothing when the shopper took it out already", () => {
    expect(settledUpdates(withSettled([line("2:b", 1)], settle([line("1:a", 2)], null)))).toBeNull();
  });

  it("never takes out more units than were paid, and never more than a line has", () => {
    const lines = fc.uniqueArray(
      fc.record({
        variant: fc.integer({ min: 1, max: 3 }),
        mark: fc.constantFrom("a", "b"),
        quantity: fc.integer({ min: 1, max: 9 }),
      }),
      { selector: (each) => `${each.variant}:${each.mark}`, maxLength: 5 },
    );
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const make = (each: (typeof before)[number]) => line(`${each.variant}:${each.mark}`, each.quantity);
        const paid = settle(before.map(make), null);
        const now = withSettled(after.map(make), paid);
        const units = (list: CartLine[]) => list.reduce((sum, each) => sum + (each.settled ?? 0), 0);
        expect(units(now)).toBeLessThanOrEqual(units(paid));
        for (const each of now) expect(each.settled ?? 0).toBeLessThanOrEqual(each.quantity);
        for (const variantId of new Set(now.map((each) => each.variantId))) {
          const of = (list: CartLine[]) => list.filter((each) => each.variantId === variantId);
          const had = of(paid).reduce((sum, each) => sum + each.quantity, 0);
          const has = of(now).reduce((sum, each) => sum + each.quantity, 0);
          expect(units(of(now))).toBe(Math.min(had, has));
        }
      }),
    );
  });
});
