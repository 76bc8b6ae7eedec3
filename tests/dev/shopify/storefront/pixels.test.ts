import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { unapprovedFor } from "../../../../dev/shopify/protected-data/data";
import { type OpenShop, openShops } from "./open-shop";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const folder = fileURLToPath(new URL("./pixel-fixture/", import.meta.url));
const shops = openShops();

interface PixelEvent {
  id: string;
  name: string;
  type: string;
  clientId: string;
  seq: number;
  timestamp: string;
  context: { document: { title: string; location: { pathname: string } }; window: { innerWidth: number } };
  data: Record<string, never> & { cartLine?: Line; checkout?: Checkout; productVariant?: Variant };
  customData?: unknown;
}
interface Variant {
  id: string;
  price: { amount: number; currencyCode: string };
  product: { id: string; title: string; url: string };
}
interface Line {
  quantity: number;
  cost: { totalAmount: { amount: number } };
  merchandise: Variant;
}
interface Checkout {
  token: string;
  email: string | null;
  order: { id: string; customer: { id: string; isFirstOrder: boolean } } | null;
  totalPrice: { amount: number };
  lineItems: unknown[];
  shippingAddress: { firstName: string | null; city: string } | null;
}

describe.skipIf(!existsSync(executablePath))("web pixels in a browser", { timeout: 120_000 }, () => {
  let browser: Browser;
  let collector: Server;
  let collectorUrl = "";
  let heard: { kind: string; data: unknown }[] = [];
  let context: BrowserContext;

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath,
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    });
    collector = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        heard.push(JSON.parse(body));
        response.writeHead(204, { "Access-Control-Allow-Origin": "*" }).end();
      });
    });
    await new Promise<void>((ready) => collector.listen(0, "127.0.0.1", ready));
    collectorUrl = `http://127.0.0.1:${(collector.address() as AddressInfo).port}/`;
  });
  afterAll(async () => {
    await browser.close();
    collector.close();
  });
  beforeEach(async () => {
    heard = [];
    context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    for (const shop of [shops.northwind, shops.lumen]) {
      shop.world.app.pixels = [{ handle: "pixel-fixture", folder }];
      const at = "2026-11-01T00:00:00.000Z";
      const settings = { collector: collectorUrl };
      shop.shop.put("webPixel", 7, { id: 7, clientId: "throughline-local", settings, createdAt: at, updatedAt: at });
    }
  });
  afterEach(() => context.close());

  const events = () => heard.filter((each) => each.kind === "event").map((each) => each.data as PixelEvent);
  const names = () => events().map((event) => event.name);
  const until = (holds: () => boolean) => expect.poll(holds, { timeout: 10_000 }).toBe(true);

  async function open(shop: OpenShop, path: string): Promise<Page> {
    const page = await context.newPage();
    page.on("pageerror", (error) => heard.push({ kind: "error", data: error.message }));
    await page.goto(shop.origin + path, { waitUntil: "networkidle" });
    return page;
  }

  const allow = (page: Page, yes: boolean) =>
    page.evaluate(
      (answer) =>
        new Promise<void>((done) => {
          type Privacy = { setTrackingConsent(answer: boolean, done: () => void): void };
          const shopify = (window as unknown as { Shopify: { customerPrivacy: Privacy } }).Shopify;
          shopify.customerPrivacy.setTrackingConsent(answer, done);
        }),
      yes,
    );

  it("wait for the consent they declare, then get what happened on the page", async () => {
    const page = await open(shops.northwind, "/products/field-jacket");
    await page.waitForTimeout(300);
    expect(heard).toEqual([]);
    expect(page.workers()).toHaveLength(0);
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
    await page.evaluate(() => sessionStorage.setItem("from-page", "a pass"));
    await allow(page, true);
    await until(() => names().length >= 2 && heard.some((each) => each.kind === "start"));
    expect(names()).toEqual(["page_viewed", "product_viewed"]);
    const [viewed, product] = events();
    expect(viewed).toMatchObject({
      type: "standard",
      seq: 0,
      data: {},
      context: { document: { location: { pathname: "/products/field-jacket" } }, window: { innerWidth: 1280 } },
    });
    expect(viewed?.id).toMatch(/^sh-[0-9a-f-]{36}$/);
    expect(product?.seq).toBe(1);
    expect(product?.clientId).toBe(viewed?.clientId);
    expect(product?.data.productVariant).toMatchObject({
      id: expect.stringMatching(/^\d+$/),
      price: { currencyCode: "EUR" },
      product: { title: expect.stringContaining("Field"), url: "/products/field-jacket" },
    });
    expect(heard.find((each) => each.kind === "start")?.data).toMatchObject({
      globals: [],
      session: "a pass",
      local: "kept",
      cookie: "yes",
      init: {
        data: { cart: null, customer: null, shop: { myshopifyDomain: "northwind-outfitters.myshopify.com" } },
        customerPrivacy: { analyticsProcessingAllowed: true },
      },
    });
    await page.evaluate(() => {
      type Analytics = { publish(name: string, data: unknown): void };
      (window as unknown as { Shopify: { analytics: Analytics } }).Shopify.analytics.publish("chat:opened", {
        by: "button",
      });
    });
    await until(() => names().includes("chat:opened"));
    expect(events().at(-1)).toMatchObject({ type: "custom", customData: { by: "button" } });
    await allow(page, false);
    await until(() => heard.some((each) => each.kind === "privacy"));
    const told = names().length;
    await page.evaluate(() =>
      (window as unknown as { Shopify: { analytics: { publish(name: string): void } } }).Shopify.analytics.publish(
        "later",
      ),
    );
    await page.waitForTimeout(300);
    expect(names()).toHaveLength(told);
  });

  it("hear of collections, searches and every way into and out of the cart, in a theme with a drawer", async () => {
    const page = await open(shops.northwind, "/collections/all");
    await allow(page, true);
    await until(() => names().includes("collection_viewed"));
    await page.goto(`${shops.northwind.origin}/search?q=jacket`, { waitUntil: "networkidle" });
    await until(() => names().includes("search_submitted"));
    expect(events().find((each) => each.name === "collection_viewed")?.data).toMatchObject({
      collection: { title: "All products", productVariants: expect.any(Array) },
    });
    expect(events().find((each) => each.name === "search_submitted")?.data).toMatchObject({
      searchResult: { query: "jacket" },
    });
    await page.goto(`${shops.northwind.origin}/products/field-jacket`, { waitUntil: "networkidle" });
    await page.evaluate(async () => {
      const product = await (await fetch("/products/field-jacket.js")).json();
      const variant = product.variants.find((each: { available: boolean }) => each.available);
      await fetch("/cart/add.js", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ id: variant.id, quantity: 2 }),
      });
    });
    await until(() => names().includes("product_added_to_cart"));
    const added = events().find((each) => each.name === "product_added_to_cart")?.data.cartLine;
    expect(added?.quantity).toBe(2);
    expect(added?.cost.totalAmount.amount).toBe((added?.merchandise.price.amount ?? 0) * 2);
    await page.evaluate(() =>
      fetch("/cart/change.js", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ line: 1, quantity: 1 }),
      }),
    );
    await until(() => names().includes("product_removed_from_cart"));
    await page.goto(`${shops.northwind.origin}/cart`, { waitUntil: "networkidle" });
    await until(() => names().includes("cart_viewed"));
    expect(events().find((each) => each.name === "cart_viewed")?.data).toMatchObject({
      cart: { totalQuantity: 1, lines: [{ quantity: 1 }] },
    });
    expect(names().filter((name) => name === "product_added_to_cart")).toHaveLength(1);
    expect(new Set(events().map((each) => each.clientId)).size).toBe(1);
    expect(heard.filter((each) => each.kind === "error")).toEqual([]);
  });

  it("hear of a form without script and of the whole checkout, once each, in an older theme", async () => {
    const { shop, origin } = shops.lumen;
    shop.put("shop", "shop", {
      ...shop.settings(),
      unapprovedFields: unapprovedFor({ everything: false, data: ["name"] }),
    });
    const product = shop.all("product").find((each) => each.variants.some((variant) => variant.inventoryQuantity > 3));
    const variant = product?.variants.find((each) => each.inventoryQuantity > 3);
    // No consent law in the shop's country: it starts by itself.
    const page = await open(shops.lumen, `/products/${product?.handle}?variant=${variant?.id}`);
    await until(() => names().includes("product_viewed"));
    await page.locator('form[action*="/cart/add"] button').first().click();
    await page.waitForURL(/\/cart/);
    await until(() => names().includes("product_added_to_cart") && names().includes("cart_viewed"));
    await page.goto(`${origin}/checkout`, { waitUntil: "networkidle" });
    await until(() => names().includes("checkout_started"));
    await page.fill("#email", "buyer@example.com");
    await page.fill("#firstName", "Bo");
    await page.fill("#lastName", "Buyer");
    await page.fill("#address1", "1 Main St");
    await page.fill("#zip", "10001");
    await page.fill("#city", "New York");
    await page.locator("button.pay").click();
    await until(() => names().includes("checkout_contact_info_submitted"));
    await page.locator("button.pay").click();
    await page.waitForURL(/payment/);
    await page.locator("button.pay").click();
    await page.waitForURL(/\/orders\//);
    await until(() => names().includes("checkout_completed"));
    const checkouts = events().filter((each) => each.data?.checkout);
    expect(checkouts.map((each) => each.name)).toEqual([
      "checkout_started",
      "checkout_contact_info_submitted",
      "checkout_address_info_submitted",
      "checkout_shipping_info_submitted",
      "payment_info_submitted",
      "checkout_completed",
    ]);
    const last = checkouts.at(-1)?.data.checkout;
    const order = shop.all("order").find((each) => String(each.id) === last?.order?.id);
    expect(order?.email).toBe("buyer@example.com");
    expect(last).toMatchObject({
      email: "buyer@example.com",
      totalPrice: { amount: (order?.totals.total ?? 0) / 100 },
      shippingAddress: { firstName: null, city: "New York" },
    });
    expect(checkouts[0]?.data.checkout?.order).toBeNull();
    // A reload is not another sale, and neither is the page opened by somebody else later.
    const sold = () => names().filter((name) => name === "checkout_completed").length;
    await page.reload({ waitUntil: "networkidle" });
    const stranger = await browser.newContext();
    const other = await stranger.newPage();
    await other.goto(page.url(), { waitUntil: "networkidle" });
    await until(() => events().filter((each) => each.name === "page_viewed").length >= 8);
    expect(sold()).toBe(1);
    await stranger.close();
    expect(heard.filter((each) => each.kind === "error")).toEqual([]);
  });

  it("do not run when none was created, or the app is gone", async () => {
    const { shop, world, origin } = shops.lumen;
    const installation = shop.get("installation", world.app.clientId);
    if (!installation) throw new Error("not installed");
    shop.put("installation", world.app.clientId, { ...installation, installedAt: null });
    const page = await open(shops.lumen, "/");
    expect(page.workers()).toHaveLength(0);
    expect((await fetch(`${origin}/web-pixels/web-pixel-7/pixel.js`)).status).toBe(404);
    shop.put("installation", world.app.clientId, installation);
    shop.delete("webPixel", 7);
    await page.reload({ waitUntil: "networkidle" });
    expect(page.workers()).toHaveLength(0);
  });
});
