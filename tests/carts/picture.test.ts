import { expect, it } from "vitest";
import { ownPicture } from "~/carts/picture";

const storefronts = ["https://shop.example", "https://northwind.myshopify.com"];

it.each([
  ["https://cdn.shopify.com/s/files/1/a.png?v=1", "https://cdn.shopify.com/s/files/1/a.png?v=1"],
  ["//cdn.shopify.com/s/files/1/a.png", "https://cdn.shopify.com/s/files/1/a.png"],
  ["https://shop.example/cdn/shop/a.png", "https://shop.example/cdn/shop/a.png"],
  ["https://northwind.myshopify.com/cdn/shop/a.png", "https://northwind.myshopify.com/cdn/shop/a.png"],
  ["/cdn/shop/a.png", "https://shop.example/cdn/shop/a.png"],
  [null, null],
  ["https://evil.example/a.png", null],
  ["http://cdn.shopify.com/a.png", null],
  ["https://cdn.shopify.com.evil.example/a.png", null],
  ["https://cdn.shopify.com@evil.example/a.png", null],
  ["https://user:secret@cdn.shopify.com/a.png", null],
  ["//evil.example/a.png", null],
  ["/\\evil.example/a.png", null],
  ["http://shop.example/a.png", null],
  ["https://shop.example:8443/a.png", null],
  ["javascript:alert(1)", null],
  ["data:image/png;base64,AAAA", null],
  ["https://", null],
])("%s is kept as %s", (told, kept) => {
  expect(ownPicture(told, storefronts)).toBe(kept);
});

it("keeps those of Shopify for a shop whose storefront is not known", () => {
  expect(ownPicture("https://cdn.shopify.com/a.png", [])).toBe("https://cdn.shopify.com/a.png");
  expect(ownPicture("/a.png", [])).toBeNull();
});
