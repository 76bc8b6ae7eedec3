import fc from "fast-check";
import { beforeEach, describe, expect, it, vi } from "vitest";

async function policy(address: string, local?: string): Promise<string> {
  vi.resetModules();
  vi.stubEnv("ADMIN_FRAME_ANCESTOR", local);
  const { frameAncestors } = await import("~/http/frame-ancestors");
  return frameAncestors(new URL(address, "https://app.example"));
}

beforeEach(() => {
  vi.unstubAllEnvs();
  for (const [name, value] of Object.entries({
    SHOPIFY_API_KEY: "key",
    SHOPIFY_API_SECRET: "secret",
    SHOPIFY_APP_URL: "http://127.0.0.1:1",
    SCOPES: "read_orders",
    DATABASE_URL: "postgres://nowhere/x",
  })) {
    vi.stubEnv(name, value);
  }
});

describe("who may frame a page", () => {
  it("is the shop and Shopify's admin, exactly", async () => {
    expect(await policy("/?shop=northwind-outfitters.myshopify.com&host=x")).toBe(
      "frame-ancestors https://northwind-outfitters.myshopify.com https://admin.shopify.com;",
    );
  });

  it("is the local admin as well where one is set", async () => {
    expect(await policy("/?shop=a.myshopify.com", "http://localhost:4400")).toBe(
      "frame-ancestors https://a.myshopify.com https://admin.shopify.com http://localhost:4400;",
    );
  });

  it.each([
    "/",
    "/?shop=",
    "/?shop=evil.com",
    "/?shop=evil.com/.myshopify.com",
    "/?shop=a.myshopify.com.evil.com",
    "/?shop=a.myshopify.com%20https://evil.com",
    "/?shop=a.myshopify.com;script-src%20*",
    "/?shop=A.myshopify.com",
    "/?shop=.myshopify.com",
    "/?shop=-a.myshopify.com",
    "/?shop=a.myshopify.com%0d%0aX-Evil:%201",
    "/?shop=evil.com&shop=a.myshopify.com",
  ])("is nobody for %s", async (address) => {
    expect(await policy(address)).toBe("frame-ancestors 'none';");
  });

  it("never holds anything from the address but a shop's own name", async () => {
    const { frameAncestors } = await import("~/http/frame-ancestors");
    fc.assert(
      fc.property(fc.string(), (shop) => {
        const url = new URL("https://app.example/");
        url.searchParams.set("shop", shop);
        const one = frameAncestors(url);
        const allowed =
          /^frame-ancestors (https:\/\/[a-z0-9][a-z0-9-]*\.myshopify\.com https:\/\/admin\.shopify\.com|'none');$/;
        expect(one).toMatch(allowed);
      }),
    );
  });
});
