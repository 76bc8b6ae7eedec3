import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { proxySignature } from "../../../../dev/shopify/storefront/proxy/sign";
import { openShops } from "./open-shop";
import { Shopper } from "./shopper";

interface Heard {
  method: string;
  url: URL;
  headers: IncomingMessage["headers"];
  body: string;
}

let app: Server;
let port = 0;
const heard: Heard[] = [];
let answer: (request: Heard) => { status: number; headers?: Record<string, string>; body: string } = () => ({
  status: 200,
  headers: { "content-type": "application/json" },
  body: "{}",
});

beforeAll(async () => {
  app = createServer(async (req, res) => {
    const parts: Buffer[] = [];
    for await (const part of req) parts.push(part as Buffer);
    const request: Heard = {
      method: req.method ?? "",
      url: new URL(req.url ?? "/", "http://app"),
      headers: req.headers,
      body: Buffer.concat(parts).toString(),
    };
    heard.push(request);
    const said = answer(request);
    res
      .writeHead(said.status, { "set-cookie": "app=1", "x-powered-by": "app", server: "app", ...said.headers })
      .end(said.body);
  });
  await new Promise<void>((ready) => app.listen(0, "127.0.0.1", ready));
  port = (app.address() as AddressInfo).port;
});
afterAll(() => new Promise((closed) => app.close(closed)));

const shops = openShops({ proxyUrl: () => `http://127.0.0.1:${port}/proxy` });
const secret = "hush";

describe("the signature", () => {
  // Vectors of https://shopify.dev/docs/apps/build/online-store/app-proxies/authenticate-app-proxies
  const shared = "shop=shop-name.myshopify.com&path_prefix=%2Fapps%2Fawesome_reviews&timestamp=1317327555";
  it.each([
    [
      "a customer",
      `extra=1&extra=2&${shared}&logged_in_customer_id=1`,
      "4c68c8624d737112c91818c11017d24d334b524cb5c2b8ba08daa056f7395ddb",
    ],
    [
      "a guest",
      `extra=1&extra=2&${shared}&logged_in_customer_id=`,
      "e072b6d7e6622d85912a5214b860d3100dc1e73d9bc29f43796ac8c9ff8093cb",
    ],
  ])("is Shopify's for %s", (_, query, expected) => {
    expect(proxySignature(secret, new URLSearchParams(query))).toBe(expected);
    expect(proxySignature(secret, new URLSearchParams(`${query}&signature=other`))).toBe(expected);
  });

  it("sorts by bytes: capitals before small letters, whatever the language", () => {
    const one = proxySignature(secret, new URLSearchParams("b=1&B=2&a=3"));
    expect(one).toBe(proxySignature(secret, new URLSearchParams("a=3&B=2&b=1")));
    expect(one).not.toBe(proxySignature(secret, new URLSearchParams("a=3&b=2&B=1")));
  });
});

describe("forwarding", () => {
  it("carries method, path, query and body, and signs who asks", async () => {
    const shopper = new Shopper(shops.northwind.origin);
    shopper.cookies.set("cart_northwind-outfitters", "secret");
    heard.length = 0;
    const got = await shopper.request("/apps/throughline/session?x=1&shop=evil.example&logged_in_customer_id=7", {
      method: "POST",
      headers: { "content-type": "text/plain", "x-own": "kept" },
      body: "ünïcode",
    });
    expect(got.status).toBe(200);
    const request = heard[0];
    expect(request).toMatchObject({ method: "POST", body: "ünïcode" });
    expect(request?.url.pathname).toBe("/proxy/session");
    expect(request?.url.searchParams.getAll("shop")).toEqual(["northwind-outfitters.myshopify.com"]);
    expect(Object.fromEntries(request?.url.searchParams ?? [])).toMatchObject({
      x: "1",
      logged_in_customer_id: "",
      path_prefix: "/apps/throughline",
      timestamp: String(Date.parse("2026-11-20T10:00:00Z") / 1000),
    });
    expect(request?.url.searchParams.get("signature")).toBe(
      proxySignature(secret, request?.url.searchParams ?? new URLSearchParams()),
    );
    expect(request?.headers.cookie).toBeUndefined();
    expect(request?.headers).toMatchObject({
      "x-own": "kept",
      "x-forwarded-for": expect.stringMatching(/127\.0\.0\.1|::1/),
      "x-forwarded-host": new URL(shops.northwind.origin).host,
    });
    expect(got.headers.get("set-cookie")).toBeNull();
    expect(got.headers.get("x-powered-by")).toBeNull();
    expect(got.headers.get("server")).toBeNull();
  });

  it("names the signed-in customer, and passes the app's own refusals on", async () => {
    const shopper = new Shopper(shops.northwind.origin);
    const customer = shops.northwind.shop.all("customer").find(({ email, password }) => email && password);
    await shopper.postForm("/account/login", {
      "customer[email]": customer?.email ?? "",
      "customer[password]": customer?.password ?? "",
    });
    answer = () => ({ status: 404, headers: { "content-type": "application/json" }, body: '{"error":"no"}' });
    const got = await shopper.get("/da/apps/throughline");
    expect(got.status).toBe(404);
    expect(await got.json()).toEqual({ error: "no" });
    expect(heard.at(-1)?.url.searchParams.get("logged_in_customer_id")).toBe(String(customer?.id));
    expect(heard.at(-1)?.url.pathname).toBe("/proxy");
  });

  it("renders application/liquid in the theme", async () => {
    answer = () => ({
      status: 200,
      headers: { "content-type": "application/liquid" },
      body: "<p id=app>{{ shop.name | upcase }}</p>",
    });
    const page = await new Shopper(shops.northwind.origin).page("/apps/throughline/help");
    expect(page).toContain("<p id=app>NORTHWIND OUTFITTERS</p>");
    expect(page).toContain('id="shopify-section-footer"');
  });

  it("shows Shopify's own page when the app fails, and nothing of the app's", async () => {
    answer = () => ({ status: 500, body: "stack trace" });
    const got = await new Shopper(shops.northwind.origin).get("/apps/throughline");
    expect(got.status).toBe(500);
    const page = await got.text();
    expect(page).toContain("third-party application");
    expect(page).not.toContain("stack trace");
  });

  it("answers 502 when the app cannot be reached, and 404 once it is uninstalled", async () => {
    const { shop, world } = shops.lumen;
    const installation = shop.get("installation", world.app.clientId);
    if (!installation) throw new Error("the app is not installed");
    shop.put("installation", world.app.clientId, {
      ...installation,
      proxy: { prefix: "apps", subpath: "throughline", url: "http://127.0.0.1:9" },
    });
    expect((await new Shopper(shops.lumen.origin).get("/apps/throughline/x")).status).toBe(502);
    shop.put("installation", world.app.clientId, { ...installation, installedAt: null });
    expect((await new Shopper(shops.lumen.origin).get("/apps/throughline/x")).status).toBe(404);
  });
});
