import { createHmac } from "node:crypto";
import { jwtVerify } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { localAddress } from "../../../dev/shopify/admin/shell/addresses";
import { type LocalAdmin, SECRET, startAdmin } from "./local-admin";

let admin: LocalAdmin;
beforeAll(async () => {
  admin = await startAdmin();
});
afterAll(() => admin.close());

async function addressOf(path: string): Promise<URL> {
  const { text } = await admin.get(path);
  const src = /id="app-frame"[^>]* data-src="([^"]+)"/.exec(text)?.[1] ?? "";
  return new URL(src.replaceAll("&#38;", "&"));
}

test("the frame opens the app at the place that the admin's address names, with Shopify's parameters", async () => {
  const url = await addressOf("/apps/throughline/inbox/12?view=mine&shop=evil.example");
  expect(url.origin + url.pathname).toBe(`${admin.appOrigin}/inbox/12`);
  expect(url.searchParams.get("view")).toBe("mine");
  expect(url.searchParams.getAll("shop")).toEqual(["northwind-outfitters.myshopify.com"]);
  expect(url.searchParams.get("embedded")).toBe("1");
  expect(Buffer.from(url.searchParams.get("host") ?? "", "base64").toString()).toBe(
    "admin.shopify.com/store/northwind-outfitters",
  );
});

test("its hmac is over all other parameters, sorted", async () => {
  const url = await addressOf("/apps/throughline");
  const message = [...url.searchParams]
    .filter(([name]) => name !== "hmac")
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join("&");
  expect(url.searchParams.get("hmac")).toBe(createHmac("sha256", SECRET).update(message).digest("hex"));
});

test("ID tokens are for one minute, one shop and whoever is signed in", async () => {
  const answer = await fetch(`${admin.base}/bridge/id-token`, { method: "POST" });
  const { token } = (await answer.json()) as { token: string };
  const { payload, protectedHeader } = await jwtVerify(token, new TextEncoder().encode(SECRET), {
    audience: "throughline-local",
  });
  const owner = admin.shop.all("staff").find((each) => each.accountOwner);
  expect(protectedHeader.alg).toBe("HS256");
  expect(payload).toMatchObject({
    iss: "https://northwind-outfitters.myshopify.com/admin",
    dest: "https://northwind-outfitters.myshopify.com",
    sub: String(owner?.id),
  });
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(60);
  const second = (await (await fetch(`${admin.base}/bridge/id-token`, { method: "POST" })).json()) as { token: string };
  expect((await jwtVerify(second.token, new TextEncoder().encode(SECRET))).payload.jti).not.toBe(payload.jti);
});

const places = {
  base: "/store/northwind-outfitters",
  handles: { "northwind-outfitters.myshopify.com": "northwind-outfitters" },
  storefronts: { "northwind-outfitters.myshopify.com": "http://localhost:4401" },
};

test.each([
  ["shopify:admin/orders/12", "/store/northwind-outfitters/orders/12"],
  ["shopify://admin/products", "/store/northwind-outfitters/products"],
  ["https://admin.shopify.com/store/lumen-home/orders?x=1", "/store/lumen-home/orders?x=1"],
  [
    "https://northwind-outfitters.myshopify.com/admin/themes/current/editor?context=apps",
    "/store/northwind-outfitters/themes/current/editor?context=apps",
  ],
  ["https://northwind-outfitters.myshopify.com/products/jacket", "http://localhost:4401/products/jacket"],
  ["https://northwind-outfitters.myshopify.com/administration", "http://localhost:4401/administration"],
  ["https://help.example/x", "https://help.example/x"],
])("%s leads to %s", (from, to) => {
  expect(localAddress(from, places)).toBe(to);
});
