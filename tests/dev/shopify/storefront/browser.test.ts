import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openShops } from "./open-shop";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const shops = openShops();

interface Seen {
  type: string;
  data: Record<string, unknown>;
  result?: { cart: { totalQuantity: number; lines: unknown[] }; userErrors: { message: string }[] };
}

/** Keeps every standard event of the page, with what its promise came to. */
const listen = `
  window.seen = [];
  const names = "page:view product:view product:select collection:view search:update cart:view cart:lines-update cart:note-update cart:attributes-update cart:discount-update cart:error";
  for (const name of names.split(" ")) {
    document.addEventListener("shopify:" + name, (event) => {
      const { promise, isTrusted, error, ...data } = event;
      const entry = { type: event.type, data: JSON.parse(JSON.stringify(data)) };
      window.seen.push(entry);
      promise?.then((result) => { entry.result = JSON.parse(JSON.stringify(result)); }, () => { entry.failed = true; });
    });
  }
`;

/** Skipped where there is no Chromium to be driven. */
describe.skipIf(!existsSync(executablePath))("in a browser", { timeout: 120_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath,
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    });
  });
  afterAll(() => browser.close());

  async function open(origin: string, path: string, width = 1280): Promise<{ page: Page; problems: string[] }> {
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    const problems: string[] = [];
    page.on("pageerror", ({ message }) => problems.push(message));
    page.on("console", (message) => {
      if (message.type() === "error" && !message.text().includes("status of 422")) problems.push(message.text());
    });
    await page.addInitScript(listen);
    await page.goto(origin + path, { waitUntil: "networkidle" });
    return { page, problems };
  }

  const seen = (page: Page, type: string) =>
    page.evaluate(
      (name) => (window as unknown as { seen: Seen[] }).seen.filter((event) => event.type === name),
      `shopify:${type}`,
    );

  /** What axe finds wrong on the page, with the first element of each kind. */
  async function violations(page: Page): Promise<string[]> {
    await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
    return page.evaluate(async () => {
      type Axe = { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      const { violations } = await (window as unknown as { axe: Axe }).axe.run();
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    });
  }

  it("announces views, choices and cart changes as standard events with the cart that came of them", async () => {
    const { page, problems } = await open(shops.northwind.origin, "/products/field-jacket");
    expect((await seen(page, "page:view"))[0]?.data).toMatchObject({ page: { template: "product" } });
    expect((await seen(page, "product:view"))[0]?.data).toMatchObject({
      context: "page",
      product: { handle: "field-jacket", id: expect.stringMatching(/^gid:\/\/shopify\/Product\/\d+$/) },
    });
    await page.getByText("Navy", { exact: true }).click();
    expect((await seen(page, "product:select"))[0]?.data).toMatchObject({
      selectedOptions: expect.arrayContaining([{ name: "Colour", value: "Navy" }]),
    });
    expect(page.url()).toContain("variant=");

    await page.locator(".buy [data-add-button]").click();
    await page.locator("dialog[open]").waitFor();
    const [added] = await seen(page, "cart:lines-update");
    expect(added).toMatchObject({
      data: {
        action: "add",
        context: "product",
        lines: [{ merchandiseId: expect.stringContaining("gid://shopify/ProductVariant/"), quantity: 1 }],
      },
      result: {
        userErrors: [],
        cart: {
          totalQuantity: 1,
          id: expect.stringMatching(/^gid:\/\/shopify\/Cart\/.+\?key=/),
          lines: [{ quantity: 1, merchandise: { product: { handle: "field-jacket" } } }],
        },
      },
    });
    await expect
      .poll(async () => (await seen(page, "cart:view"))[0]?.data)
      .toMatchObject({ context: "dialog", cart: { totalQuantity: 1 } });

    await page.getByRole("button", { name: "One more of Field Jacket" }).click();
    await expect.poll(async () => (await seen(page, "cart:lines-update"))[1]?.result?.cart.totalQuantity).toBe(2);
    await page.getByLabel("Discount code").fill("WELCOME10");
    await page.getByRole("button", { name: "Apply" }).click();
    await expect.poll(async () => (await seen(page, "cart:discount-update"))[0]?.result?.userErrors).toEqual([]);
    await page.getByRole("button", { name: "Remove Field Jacket" }).click();
    await expect
      .poll(async () => (await seen(page, "cart:lines-update"))[2])
      .toMatchObject({ data: { action: "remove" }, result: { cart: { totalQuantity: 0 } } });
    await page.getByText("Your cart is empty.").waitFor();
    expect(problems).toEqual([]);
    await page.close();
  });

  it("gives apps actions that change the cart and the theme's own picture of it", async () => {
    const { page, problems } = await open(shops.northwind.origin, "/products/field-jacket");
    const outcome = await page.evaluate(async () => {
      type Result = { cart: { totalQuantity: number; lines: { id: string }[] }; userErrors: { message: string }[] };
      type Action = ((payload?: unknown) => Promise<Result>) & { isDefault(): boolean };
      const { actions } = (
        window as unknown as { Shopify: { actions: Record<"getCart" | "updateCart" | "openCart", Action> } }
      ).Shopify;
      const id = (document.querySelector("[data-variant-id]") as HTMLInputElement).value;
      const added = await actions.updateCart({
        lines: [{ merchandiseId: `gid://shopify/ProductVariant/${id}`, quantity: 2 }],
        attributes: [{ key: "gift", value: "yes" }],
      });
      const changed = await actions.updateCart({
        lines: [{ id: added.cart.lines[0]?.id, quantity: 1 }],
        attributes: [],
      });
      const refused = await actions.updateCart({
        lines: [{ merchandiseId: "gid://shopify/ProductVariant/1", quantity: 1 }],
      });
      await actions.openCart();
      const stored = (await (await fetch("/cart.js")).json()) as { attributes: object };
      return {
        added: added.cart.totalQuantity,
        changed: changed.cart.totalQuantity,
        refused: refused.userErrors.length,
        attributes: stored.attributes,
        defaults: [actions.getCart.isDefault(), actions.updateCart.isDefault(), actions.openCart.isDefault()],
        open: document.querySelector("dialog[open]") !== null,
        count: document.querySelector(".bubble")?.textContent,
      };
    });
    expect(outcome).toEqual({
      added: 2,
      changed: 1,
      refused: 1,
      attributes: {},
      defaults: [true, false, false],
      open: true,
      count: "1",
    });
    const events = await seen(page, "cart:lines-update");
    expect(events.map(({ data }) => [data.action, data.context])).toEqual([
      ["add", "standard-action"],
      ["update", "standard-action"],
      ["add", "standard-action"],
    ]);
    expect(problems).toEqual([]);
    await page.close();
  });

  it("lets the older theme do without any of it", async () => {
    const { page, problems } = await open(shops.lumen.origin, "/collections/all");
    const count = page.locator("[data-cart-count]");
    await page
      .getByRole("button", { name: /^Add to cart/ })
      .first()
      .click();
    await expect.poll(() => count.textContent()).toBe("1");
    expect(
      await page.evaluate(() => [
        (window as unknown as { seen: unknown[] }).seen.length,
        "actions" in (window as unknown as { Shopify: object }).Shopify,
      ]),
    ).toEqual([0, false]);
    await page.locator(".tile h3 a").first().click();
    await page.getByRole("button", { name: "Add to cart" }).click();
    await page.waitForURL("**/cart");
    await page.getByLabel("Order note").fill("Ring twice");
    await page.getByRole("button", { name: "Check out" }).click();
    await page.getByRole("button", { name: "Continue to shipping" }).waitFor();
    expect(problems).toEqual([]);
    await page.close();
  });

  it("asks European visitors first, remembers the answer and tells scripts", async () => {
    const { page } = await open(shops.northwind.origin, "/");
    const allowed = () =>
      page.evaluate(() => {
        const { customerPrivacy } = (
          window as unknown as { Shopify: { customerPrivacy: Record<string, () => unknown> } }
        ).Shopify;
        return [
          customerPrivacy.analyticsProcessingAllowed?.(),
          customerPrivacy.preferencesProcessingAllowed?.(),
          customerPrivacy.shouldShowBanner?.(),
        ];
      });
    expect(await allowed()).toEqual([false, false, true]);
    await page.evaluate(() => {
      document.addEventListener("visitorConsentCollected", (event) => {
        (window as unknown as { consent: unknown }).consent = (event as CustomEvent).detail;
      });
    });
    await page.getByRole("button", { name: "Accept" }).click();
    expect(await page.evaluate(() => (window as unknown as { consent: unknown }).consent)).toMatchObject({
      analyticsAllowed: true,
    });
    expect(await allowed()).toEqual([true, true, false]);
    await page.reload({ waitUntil: "networkidle" });
    expect(await page.locator("[data-cookies]").isVisible()).toBe(false);
    const american = await open(shops.lumen.origin, "/");
    expect(await american.page.locator("#consent").isVisible()).toBe(false);
    await page.close();
    await american.page.close();
  });

  it("fits every width from 320 px and has nothing that axe finds wrong, in both themes and directions", async () => {
    const page = await (await browser.newContext()).newPage();
    const found: string[] = [];
    for (const { origin } of [shops.northwind, shops.lumen]) {
      for (const path of [
        "/",
        "/collections/all",
        "/ar/search?q=lamp",
        "/cart",
        "/account/login",
        "/products/field-jacket",
      ]) {
        await page.goto(origin + path, { waitUntil: "load" });
        for (const width of [320, 390, 1280]) {
          await page.setViewportSize({ width, height: 800 });
          const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          if (over > 0) found.push(`${origin}${path} is ${over} px too wide at ${width} px`);
        }
        for (const rule of await violations(page)) found.push(`${path} ${rule}`);
      }
    }
    expect(found).toEqual([]);
    await page.context().close();
  });

  it("takes a shopper through checkout with the keyboard's labels, on pages without a fault for axe", async () => {
    const { page, problems } = await open(shops.northwind.origin, "/products/field-jacket", 390);
    await page.locator(".buy [data-add-button]").click();
    await page.locator("dialog[open]").getByRole("button", { name: "Check out" }).click();
    await page.getByLabel("Email").fill("ada@example.com");
    expect(await violations(page)).toEqual([]);
    await page.getByLabel("Last name").fill("Holm");
    await page.getByLabel("Address", { exact: true }).fill("Havnegade 1");
    await page.getByLabel("Postal code").fill("8000");
    await page.getByLabel("City").fill("Aarhus");
    await page.getByRole("button", { name: "Continue to shipping" }).click();
    await page.getByLabel(/Express/).check();
    await page.getByRole("button", { name: "Continue to payment" }).click();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Pay now" }).click();
    await page.getByText("Your order is confirmed.").waitFor();
    expect(await violations(page)).toEqual([]);
    const draft = shops.northwind.shop.all("draftOrder").find(({ orderId }) => orderId === null);
    await page.goto(`${shops.northwind.origin}/invoices/${draft?.invoiceToken}`);
    expect(await violations(page)).toEqual([]);
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
    }
    expect(problems).toEqual([]);
    await page.close();
  });
});
