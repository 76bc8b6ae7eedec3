import { describe, expect, it } from "vitest";
import { snapshotBody, toSnapshot } from "~/carts/snapshot";

const item = {
  key: "1:k",
  variant_id: 1,
  product_title: "Ring",
  image: null,
  url: "/products/ring",
  quantity: 1,
  original_price: 1_000,
  final_line_price: 1_000,
  properties: {},
};
const read = (changes: object, note = "") =>
  toSnapshot(
    snapshotBody.parse({
      at: 1,
      cart: { token: "t?key=secret", currency: "EUR", total_price: 1_000, note, items: [{ ...item, ...changes }] },
    }),
  );

/** What PostgreSQL's JSON refuses: NUL, and halves of surrogate pairs. */
const isKeepable = (value: object): boolean => !/\\u(?:0000|d[89a-f])/i.test(JSON.stringify(value));

describe("a snapshot", () => {
  it("leaves the secret half of the token away", () => {
    expect(read({}).token).toBe("t");
  });

  it.each<[string, object, string?]>([
    ["a long title is cut within an emoji", { product_title: `${"x".repeat(299)}💍` }],
    ["a long engraving is cut within an emoji", { properties: { Engraving: `${"x".repeat(499)}💍` } }],
    ["a property holds NUL", { properties: { "a\u0000b": "c\u0000d" } }],
    ["the key holds half a pair", { key: "1:\ud83d" }],
    ["an address holds NUL", { url: "/products/\u0000" }],
    ["the note is cut within an emoji", {}, `${"x".repeat(1_999)}💍`],
  ])("can be kept when %s", (_what, changes, note) => {
    expect(isKeepable(read(changes, note))).toBe(true);
  });
});
