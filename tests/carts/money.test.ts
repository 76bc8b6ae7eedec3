import { expect, it } from "vitest";
import { fromHundredths } from "~/carts/money";

it.each([
  [1999, "EUR", 1999],
  [100_000, "JPY", 1000],
  [1999, "KWD", 19_990],
  [-500, "USD", -500],
  [29, "EUR", 29],
])("%i hundredths of %s are %i minor units", (amount, currency, minor) => {
  expect(fromHundredths(amount, currency)).toBe(minor);
});
