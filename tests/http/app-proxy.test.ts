import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { isSigned, signedText } from "~/http/app-proxy";

const secret = "hush";
const now = new Date(1_317_327_555_000);

/** The example of https://shopify.dev/docs/apps/build/online-store/app-proxies/authenticate-app-proxies */
const documented = new URLSearchParams([
  ["extra", "1"],
  ["extra", "2"],
  ["shop", "shop-name.myshopify.com"],
  ["logged_in_customer_id", "1"],
  ["path_prefix", "/apps/awesome_reviews"],
  ["timestamp", "1317327555"],
  ["signature", "4c68c8624d737112c91818c11017d24d334b524cb5c2b8ba08daa056f7395ddb"],
]);

function signed(parameters: Record<string, string>): URLSearchParams {
  const all = new URLSearchParams(parameters);
  all.set("signature", createHmac("sha256", secret).update(signedText(all)).digest("hex"));
  return all;
}

const base = {
  shop: "shop-name.myshopify.com",
  path_prefix: "/apps/x",
  timestamp: "1317327555",
  logged_in_customer_id: "",
};

describe("the signature of the app proxy", () => {
  it("is the documented one, with a repeated parameter", () => {
    expect(signedText(documented).toString()).toBe(
      "extra=1,2logged_in_customer_id=1path_prefix=/apps/awesome_reviewsshop=shop-name.myshopify.comtimestamp=1317327555",
    );
    expect(isSigned(documented, secret, now)).toBe(true);
  });

  it("sorts by bytes, so capitals come before small letters", () => {
    expect(signedText(new URLSearchParams({ b: "1", B: "2", a: "3" })).toString()).toBe("B=2a=3b=1");
    expect(isSigned(signed({ ...base, b: "1", B: "2" }), secret, now)).toBe(true);
  });

  it("holds for a guest", () => {
    expect(isSigned(signed(base), secret, now)).toBe(true);
  });

  it.each(["shop", "logged_in_customer_id", "timestamp"])("refuses a second %s, whoever wrote the first", (name) => {
    const all = new URLSearchParams([[name, "7"], ...Object.entries(base)]);
    all.set("signature", createHmac("sha256", secret).update(signedText(all)).digest("hex"));
    expect(isSigned(all, secret, now)).toBe(false);
  });

  it.each<[string, (good: URLSearchParams) => void, Date?]>([
    ["a changed customer", (good) => good.set("logged_in_customer_id", "7")],
    ["another parameter", (good) => good.set("more", "1")],
    ["no signature", (good) => good.delete("signature")],
    ["two signatures", (good) => good.append("signature", "0".repeat(64))],
    ["a signature that is no hex", (good) => good.set("signature", "z".repeat(64))],
    ["91 seconds later", () => undefined, new Date(now.getTime() + 91_000)],
    ["91 seconds earlier", () => undefined, new Date(now.getTime() - 91_000)],
  ])("refuses %s", (_name, spoil, at = now) => {
    const parameters = signed(base);
    spoil(parameters);
    expect(isSigned(parameters, secret, at)).toBe(false);
  });

  it.each(["", "abc", "NaN", "-1"])("refuses the timestamp %j though Shopify's secret signed it", (timestamp) => {
    expect(isSigned(signed({ ...base, timestamp }), secret, now)).toBe(false);
  });

  it("refuses a signed request without a timestamp", () => {
    const { timestamp: _, ...without } = base;
    expect(isSigned(signed(without), secret, now)).toBe(false);
  });

  it("refuses another app's secret", () => {
    expect(isSigned(signed(base), "other", now)).toBe(false);
  });
});
