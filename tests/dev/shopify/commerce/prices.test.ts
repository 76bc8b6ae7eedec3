import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decimal, linePrice, minorUnits, totalsOf } from "../../../../dev/shopify/commerce/prices";
import type { DiscountRecord, LineRecord } from "../../../../dev/shopify/records";

function line(price: number, quantity: number, changes: Partial<LineRecord> = {}): LineRecord {
  return {
    id: 1,
    variantId: 11,
    productId: 1,
    title: "Jacket",
    variantTitle: null,
    sku: null,
    vendor: null,
    quantity,
    price,
    discount: null,
    requiresShipping: true,
    taxable: true,
    grams: 0,
    attributes: [],
    image: null,
    ...changes,
  };
}

const percent = (value: number): DiscountRecord => ({ title: null, description: null, value, valueType: "PERCENTAGE" });
const amount = (value: number): DiscountRecord => ({
  title: null,
  description: null,
  value,
  valueType: "FIXED_AMOUNT",
});
const post = { title: "Post", price: 490, code: null };

describe("the price of a line", () => {
  test.each([
    [line(1999, 3), 5997],
    [line(1999, 3, { discount: percent(10) }), 5397],
    [line(1999, 3, { discount: amount(500) }), 4497],
    [line(1999, 3, { discount: amount(5000) }), 0],
    [line(1999, 3, { discount: percent(100) }), 0],
  ])("%#", (given, expected) => {
    expect(linePrice(given)).toBe(expected);
  });
});

describe("totals", () => {
  const rest = { orderDiscount: null, shippingLine: null, taxRate: 0.19 };

  test("add the tax to prices, on what is left after the order's discount", () => {
    const lines = [line(10_000, 1), line(5000, 2, { taxable: false })];
    expect(totalsOf({ ...rest, lines, orderDiscount: amount(5000), shippingLine: post })).toEqual({
      subtotal: 20_000,
      discount: 5000,
      shipping: 490,
      // A quarter is off everything: 7500 of the taxed line is left.
      tax: 1425,
      total: 16_915,
    });
  });

  test("codes are applied in turn, whatever their case, when the minimum is reached", () => {
    const lines = [line(10_000, 1)];
    expect(totalsOf({ ...rest, lines, discountCodes: ["welcome10"] })).toMatchObject({ discount: 1000 });
    expect(totalsOf({ ...rest, lines, discountCodes: ["WELCOME10", "TAKE5"] })).toMatchObject({ discount: 1500 });
    expect(totalsOf({ ...rest, lines, shippingLine: post, discountCodes: ["SHIPFREE"] })).toMatchObject({
      shipping: 0,
      discount: 0,
    });
    expect(totalsOf({ ...rest, lines: [line(1000, 1)], discountCodes: ["TAKE5", "NO-SUCH"] })).toMatchObject({
      discount: 0,
    });
  });

  test("nobody who is exempt pays tax, and nothing costs nothing", () => {
    expect(totalsOf({ ...rest, lines: [line(10_000, 1)], taxExempt: true })).toMatchObject({ tax: 0, total: 10_000 });
    expect(totalsOf({ ...rest, lines: [] })).toEqual({ subtotal: 0, discount: 0, shipping: 0, tax: 0, total: 0 });
  });

  test("always add up and never go below zero", () => {
    const anyDiscount = fc.option(
      fc.record({
        title: fc.constant(null),
        description: fc.constant(null),
        value: fc.integer({ min: 0, max: 100 }),
        valueType: fc.constantFrom("PERCENTAGE" as const, "FIXED_AMOUNT" as const),
      }),
    );
    const anyLine = fc
      .tuple(fc.integer({ min: 0, max: 500_000 }), fc.integer({ min: 1, max: 99 }), anyDiscount, fc.boolean())
      .map(([price, quantity, discount, taxable]) => line(price, quantity, { discount, taxable }));
    fc.assert(
      fc.property(
        fc.array(anyLine, { maxLength: 6 }),
        anyDiscount,
        fc.constantFrom<string[]>([], ["WELCOME10"], ["TAKE5", "SHIPFREE"]),
        (lines, orderDiscount, discountCodes) => {
          const totals = totalsOf({ lines, orderDiscount, shippingLine: post, discountCodes, taxRate: 0.19 });
          expect(totals.subtotal - totals.discount + totals.shipping + totals.tax).toBe(totals.total);
          for (const value of Object.values(totals)) {
            expect(Number.isInteger(value)).toBe(true);
            expect(value).toBeGreaterThanOrEqual(0);
          }
          expect(totals.discount).toBeLessThanOrEqual(totals.subtotal);
        },
      ),
    );
  });
});

test("money is written and read with two decimals", () => {
  expect([0, 5, 50, 1999, -250, 100_000].map(decimal)).toEqual(["0.00", "0.05", "0.50", "19.99", "-2.50", "1000.00"]);
  expect(["19.99", "20", 4.9, "1.005", "x", ""].map(minorUnits)).toEqual([1999, 2000, 490, 100, null, null]);
  fc.assert(fc.property(fc.integer({ min: -1e9, max: 1e9 }), (minor) => minorUnits(decimal(minor)) === minor));
});
