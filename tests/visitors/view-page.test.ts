import { describe, expect, it } from "vitest";
import { pathOf } from "~/visitors/view-page";

describe("the path of a page", () => {
  it.each([
    ["/products/ring?variant=1#top", "/products/ring"],
    ["https://shop.example/fr/cart?key=secret", "/fr/cart"],
    ["products", "/products"],
    ["x:.evil.example/login", null],
    ["x:@evil.example/login", null],
    ["javascript:alert(1)", null],
    ["https://[", null],
  ])("of %s is %s", (url, path) => {
    expect(pathOf(url)).toBe(path);
  });
});
