import { describe, expect, it } from "vitest";
import { formatMoney, toDecimal, toMinor } from "~/platform/money";

describe("toMinor", () => {
  it.each([
    ["19.99", "EUR", 1999],
    ["19.9", "EUR", 1990],
    ["1200", "EUR", 120000],
    ["0.005", "EUR", 1],
    ["0.004", "EUR", 0],
    ["-3.00", "USD", -300],
    ["-0.00", "USD", 0],
    ["500.0", "JPY", 500],
    ["499.5", "JPY", 500],
    ["1.234", "KWD", 1234],
    ["10.", "EUR", 1000],
    // 0.1 + 0.2 and 1.005 go wrong when they pass through a floating point number.
    ["1.005", "EUR", 101],
    ["70368744177664.01", "EUR", 7036874417766401],
  ])("reads %s %s as %i", (amount, currency, minor) => {
    expect(toMinor(amount, currency)).toBe(minor);
  });

  it.each(["", "12,50", "1e3", "NaN", "ten", "1.2.3", "99999999999999999"])("refuses %j", (amount) => {
    expect(() => toMinor(amount, "EUR")).toThrow(RangeError);
  });
});

describe("toDecimal", () => {
  it.each([
    [1999, "EUR", "19.99"],
    [5, "EUR", "0.05"],
    [0, "EUR", "0.00"],
    [-305, "EUR", "-3.05"],
    [500, "JPY", "500"],
    [1234, "KWD", "1.234"],
    [100, "XYZW", "1.00"],
  ])("writes %i %s as %s", (minor, currency, amount) => {
    expect(toDecimal(minor, currency)).toBe(amount);
  });
});

it("shows an amount to people, also in a currency that nobody knows", () => {
  expect(formatMoney(1990, "EUR")).toBe("€19.90");
  expect(formatMoney(1990, "NOT-A-CURRENCY")).toBe("19.90 NOT-A-CURRENCY");
});
