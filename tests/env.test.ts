import { describe, expect, it } from "vitest";
import { readEnv } from "~/env.server";

const local = {
  SHOPIFY_API_KEY: "key",
  SHOPIFY_API_SECRET: "secret",
  SHOPIFY_APP_URL: "http://127.0.0.1:3000",
  SCOPES: "read_products",
  DATABASE_URL: "postgresql://127.0.0.1/throughline",
};
const real = { ...local, SHOPIFY_APP_URL: "https://app.throughline.example", TRUSTED_PROXIES: "1" };

describe("the settings", () => {
  it("are taken on this machine and for a real address", () => {
    expect(readEnv(local).TRUSTED_PROXIES).toBe(0);
    expect(readEnv(real).APP_BRIDGE_URL).toBe("https://cdn.shopify.com/shopifycloud/app-bridge.js");
  });

  it.each<[string, Record<string, string>, string]>([
    ["no word of the proxies, so that every shopper would count as one", { TRUSTED_PROXIES: "0" }, "TRUSTED_PROXIES"],
    ["another frame", { ADMIN_FRAME_ANCESTOR: "https://evil.example" }, "ADMIN_FRAME_ANCESTOR"],
    ["another App Bridge", { APP_BRIDGE_URL: "https://evil.example/app-bridge.js" }, "APP_BRIDGE_URL"],
  ])("of a real address are refused with %s", (_what, wrong, named) => {
    expect(() => readEnv({ ...real, ...wrong })).toThrow(named);
  });
});
