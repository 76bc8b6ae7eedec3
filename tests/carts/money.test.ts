import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimalsOf, fromDecimal, fromHundredths } from "~/carts/money";

describe("money of carts", () => {
  it.each([
    [1999, "EUR", 1999],
    [100_000, "JPY", 1000],
    [1999, "KWD", 19_990],
    [-500, "USD", -500],
  ])("%i hundredths of %s are %i minor units", (amount, currency, minor) => {
    expect(fromHundredths(amount, currency)).toBe(minor);
  });

  it.each([
    ["19.99", "EUR", 1999],
    ["19.9", "EUR", 1990],
    ["19", "EUR", 1900],
    ["0.005", "EUR", 1],
    ["1000.0", "JPY", 1000],
    ["19.999", "KWD", 19_999],
    ["-3.50", "USD", -350],
    ["", "USD", null],
    ["1e9", "USD", null],
    ["19,99", "EUR", null],
  ])("%j of %s is %s minor units", (text, currency, minor) => {
    expect(fromDecimal(text, currency)).toBe(minor);
  });

  it("takes what is no currency for one with two decimals", () => {
    expect(decimalsOf("nonsense")).toBe(2);
  });

  it("reads every amount it can write", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 11 }), (minor) => {
        expect(fromDecimal((minor / 100).toFixed(2), "EUR")).toBe(minor);
      }),
    );
  });
});
