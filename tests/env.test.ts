import { describe, expect, it } from "vitest";
import { keyRing, readEnv } from "~/env.server";

const local = {
  SHOPIFY_API_KEY: "key",
  SHOPIFY_API_SECRET: "secret",
  SHOPIFY_APP_URL: "http://127.0.0.1:3000",
  SCOPES: "read_products",
  DATABASE_URL: "postgresql://127.0.0.1/throughline",
};
const real = {
  ...local,
  SHOPIFY_APP_URL: "https://app.throughline.example",
  TRUSTED_PROXIES: "1",
  ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString("base64")}`,
};

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

describe("the keys that seal credentials", () => {
  const key = Buffer.alloc(32, 7).toString("base64");

  it("are demanded for a real address, and made of the API secret on this machine", () => {
    expect(() => readEnv({ ...real, ENCRYPTION_KEYS: undefined })).toThrow(
      "ENCRYPTION_KEYS must name at least one key",
    );
    const made = keyRing(readEnv(local));
    expect(made.current).toBe("local");
    expect(keyRing(readEnv({ ...local, SHOPIFY_API_SECRET: "another" })).keys.get("local")).not.toEqual(
      made.keys.get("local"),
    );
    expect(keyRing(readEnv({ ...real, ENCRYPTION_KEYS: `k2:${key},k1:${key}` })).current).toBe("k2");
  });

  it("are refused with the reason and without the key when they are wrong", () => {
    const wrong = () => readEnv({ ...real, ENCRYPTION_KEYS: `k1:${key.slice(0, 20)}` });
    expect(wrong).toThrow("ENCRYPTION_KEYS is not a list of keys: the key k1 is not 32 bytes in base64");
    expect(wrong).not.toThrow(key.slice(0, 20));
  });
});
