import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page, Request } from "playwright-core";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { openApp, people } from "./support/browser";

const { admin, app, storefronts } = inject("demo");
const shop = storefronts[0];
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const launcher = (page: Page) => page.getByRole("button", { name: "Chat with us" });
const box = (page: Page) => page.getByRole("textbox", { name: "Message" });
const log = (page: Page) => page.getByRole("log");
const isOurs = (request: Request) => request.url().startsWith(app) || request.url().includes("/apps/throughline/");

async function open(page: Page, path = "/"): Promise<void> {
  await page.goto(`${shop}${path}`);
  await launcher(page).click();
  await box(page).waitFor();
}

async function write(page: Page, text: string): Promise<void> {
  await box(page).fill(text);
  await page.getByRole("button", { name: "Send", exact: true }).click();
}

const delivered = (page: Page) =>
  log(page)
    .getByText(/· (Delivered|Seen)/)
    .waitFor();

/** Settles when the page has been idle for long enough that the loader has begun. */
const idle = (page: Page) => page.waitForTimeout(2_500);

/** What axe finds wrong in the widget by WCAG 2.1 A and AA. */
async function axe(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    interface Found {
      violations: { id: string; nodes: { target: unknown; failureSummary: string }[] }[];
    }
    const { axe } = window as unknown as { axe: { run(context: string, options: object): Promise<Found> } };
    const { violations } = await axe.run("#throughline-chat", {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
    });
    return violations.flatMap(({ id, nodes }) => nodes.map((each) => `${id} ${each.target} ${each.failureSummary}`));
  });
}

describe("the widget on a page", () => {
  const person = people();

  // The first open installs the app.
  beforeAll(async () => {
    const agent = await person();
    const home = await openApp(agent, admin, "northwind-outfitters", "");
    await home.getByRole("heading").first().waitFor({ timeout: 60_000 });
    await agent.close();
  });

  it("on a phone comes back with a reload, and does not cover the next page", async () => {
    const page = await person({ viewport: { width: 390, height: 844 } });
    await open(page);
    await write(page, "Do you gift-wrap?");
    await delivered(page);
    await page.reload();
    await box(page).waitFor();
    await page.goto(`${shop}/products/field-jacket`);
    await launcher(page).waitFor();
    await idle(page);
    await page.waitForTimeout(1_500);
    expect(await box(page).isVisible()).toBe(false);
  });

  it("asks the app nothing and keeps nothing while the shopper has not allowed it", async () => {
    const page = await person();
    const asked: string[] = [];
    page.on("request", (request) => isOurs(request) && asked.push(request.url()));
    await page.goto(`${shop}/products/field-jacket`);
    await idle(page);
    await page
      .getByRole("button", { name: /add to cart/i })
      .first()
      .click();
    await idle(page);
    const kept = () =>
      page.evaluate(() =>
        [...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter((key) => /throughline/.test(key)),
      );
    expect(asked).toEqual([]);
    expect(await kept()).toEqual([]);
    await page.keyboard.press("Escape");
    // Allowed now: the page and the cart are told, without a chat.
    await page
      .getByRole("button", { name: /^accept/i })
      .first()
      .click();
    await expect
      .poll(() => asked.map((url) => new URL(url).pathname), { timeout: 5_000 })
      .toEqual(["/apps/throughline/session", "/storefront/cart"]);
  });

  it("tells no cart and no page of a chat's shopper without permission, unless they show the cart", async () => {
    const page = await person({ viewport: { width: 1280, height: 860 } });
    const asked: string[] = [];
    page.on("request", (request) => isOurs(request) && asked.push(new URL(request.url()).pathname));
    const told = () => asked.filter((path) => path === "/storefront/cart").length;
    const toldSoon = (more: number) => expect.poll(told, { timeout: 5_000 }).toBeGreaterThanOrEqual(more);
    // Kept when the cart has its attribute; the attribute itself is private, cart.js does not show it.
    const tied = () => page.evaluate(() => localStorage.getItem("throughline:cart"));
    const add = async () => {
      await page
        .getByRole("button", { name: /add to cart/i })
        .first()
        .click();
      await idle(page);
      await page.keyboard.press("Escape");
    };
    const consent = (analytics: boolean) =>
      page.evaluate((analytics) => {
        type Privacy = { customerPrivacy: { setTrackingConsent(consent: object): void } };
        (window as unknown as { Shopify: Privacy }).Shopify.customerPrivacy.setTrackingConsent({ analytics });
      }, analytics);
    await open(page, "/products/field-jacket");
    await write(page, "May I ask without being watched?");
    await delivered(page);
    await add();
    await page.reload();
    await idle(page);
    expect(asked).not.toContain("/storefront/cart");
    expect(asked).not.toContain("/storefront/signals");
    expect(await tied()).toBeNull();

    // They show it: now, and on the next page, until they stop.
    const show = page.getByRole("button", { name: "Show my cart to the team" });
    const stop = page.getByRole("button", { name: "Stop showing my cart" });
    if (await show.isHidden()) await launcher(page).click();
    await show.click();
    await toldSoon(1);
    await expect.poll(tied, { timeout: 5_000 }).toMatch(/^[0-9a-f-]{36}$/);
    const first = told();
    await page.reload();
    await toldSoon(first + 1);
    if (await stop.isHidden()) await launcher(page).click();
    await stop.click();
    await idle(page);
    const second = told();
    await add();
    expect(told()).toBe(second);
    expect(asked).not.toContain("/storefront/signals");

    // Permission starts it by itself and its end stops it.
    await consent(true);
    await toldSoon(second + 1);
    await expect.poll(async () => (await show.count()) + (await stop.count())).toBe(0);
    await idle(page);
    await consent(false);
    await idle(page);
    const third = told();
    await add();
    expect(told()).toBe(third);
  }, 90_000);

  it("moves nothing on the page and asks nothing before the page is idle", async () => {
    const page = await person();
    const order: string[] = [];
    page.on("request", (request) => isOurs(request) && order.push("asked"));
    page.on("load", () => order.push("loaded"));
    await page.addInitScript(() => {
      const shifts: string[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & { sources: { node?: Node }[] })[]) {
          for (const { node } of entry.sources) {
            const root = node?.getRootNode();
            const host = root instanceof ShadowRoot ? root.host : node;
            if (host instanceof Element && host.closest("#throughline-chat")) shifts.push(host.outerHTML.slice(0, 80));
          }
        }
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(shop);
    await page
      .getByRole("button", { name: /^accept/i })
      .first()
      .click();
    await idle(page);
    order.length = 0;
    await page.goto(`${shop}/collections/all`);
    await idle(page);
    // The loader's request and, with the permission just given, the pixel's.
    expect(order[0]).toBe("loaded");
    expect(order).toContain("asked");
    expect(await page.evaluate(() => (window as unknown as { shifts: string[] }).shifts)).toEqual([]);
  });

  it("is used with the keyboard alone", async () => {
    const page = await person();
    await page.goto(shop);
    await launcher(page).focus();
    await page.keyboard.press("Enter");
    await box(page).waitFor();
    await expect.poll(() => box(page).evaluate((each) => each.matches(":focus"))).toBe(true);
    await page.keyboard.type("From the keyboard");
    await page.keyboard.press("Enter");
    await delivered(page);
    await page.keyboard.press("Escape");
    await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
    expect(await launcher(page).evaluate((each) => each.matches(":focus"))).toBe(true);
    expect(await launcher(page).getAttribute("aria-expanded")).toBe("false");
  });

  it("goes on over pages, reloads and tabs, with what was not sent yet", async () => {
    const page = await person();
    await open(page);
    await write(page, "First page");
    await delivered(page);
    await box(page).fill("Half a sente");
    await page.goto(`${shop}/collections/all`);
    await log(page).getByText("First page").waitFor();
    expect(await box(page).inputValue()).toBe("Half a sente");
    // A new page that brings the chat back leaves the focus where it is.
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
    await page.reload();
    await log(page).getByText("First page").waitFor();
    const second = await page.context().newPage();
    await open(second, "/cart");
    await log(second).getByText("First page").waitFor();
    await write(second, "Second tab");
    await log(page).getByText("Second tab").waitFor({ timeout: 5_000 });
    await second.close();
  });

  it("sends what was written without a network when it is back, once", async () => {
    const page = await person();
    await open(page);
    await write(page, "With a network");
    await delivered(page);
    await page.context().setOffline(true);
    await write(page, "Without a network");
    await log(page).getByText("Sending…").waitFor();
    await page.getByRole("status").getByText("You are offline.").waitFor();
    await page.context().setOffline(false);
    await expect.poll(() => log(page).getByText("Sending…").count(), { timeout: 15_000 }).toBe(0);
    await page.reload();
    await log(page).getByText("With a network").waitFor();
    expect(await log(page).getByText("Without a network").count()).toBe(1);
  });

  it("hears the shop in every tab, counts what was not seen, and misses nothing while its line was cut", async () => {
    const [page, agent] = [await person(), await person()];
    await open(page);
    const question = `Which size? ${Date.now()}`;
    await write(page, question);
    await delivered(page);
    const inbox = await openApp(agent, admin, "northwind-outfitters", "/inbox");
    await inbox.getByRole("list", { name: "Conversations" }).getByText(question).click({ timeout: 20_000 });
    const reply = async (text: string) => {
      await inbox.getByRole("textbox", { name: "Reply" }).fill(text);
      await inbox.getByRole("button", { name: "Send reply" }).click();
      await inbox.getByRole("log").or(inbox.locator("main")).getByText(text).first().waitFor();
    };
    await log(page).getByText("Seen").waitFor({ timeout: 10_000 });
    await reply("Take the large one.");
    await log(page).getByText("Take the large one.").waitFor({ timeout: 5_000 });

    const second = await page.context().newPage();
    await second.goto(`${shop}/collections/all`);
    await page.bringToFront();
    await page.keyboard.press("Escape");
    await reply("And one more thing.");
    const badge = (of: Page) => of.locator("#throughline-chat i").innerText();
    await expect.poll(() => badge(page), { timeout: 5_000 }).toBe("1");
    await expect.poll(() => badge(second), { timeout: 15_000 }).toBe("1");
    await launcher(page).click();
    await expect.poll(() => badge(page)).toBe("");
    await expect.poll(() => badge(second), { timeout: 5_000 }).toBe("");

    await page.context().setOffline(true);
    await reply("While you were away.");
    await page.context().setOffline(false);
    await log(page).getByText("While you were away.").waitFor({ timeout: 15_000 });
    expect(await log(page).getByText("While you were away.").count()).toBe(1);
  }, 120_000);

  it("follows a customer who signs in, and shows nothing of them to the next person", async () => {
    const page = await person();
    await open(page);
    const secret = `My secret ${Date.now()}`;
    await write(page, secret);
    await delivered(page);
    await page.goto(`${shop}/account/login`);
    await page.locator("main button[name=demo_customer]").first().click();
    await page.goto(shop);
    await log(page).getByText(secret).waitFor({ timeout: 10_000 });
    await box(page).fill("not sent by me");
    await page.goto(`${shop}/account/logout`);
    await page.goto(shop);
    await idle(page);
    if (await box(page).isHidden()) await launcher(page).click();
    await box(page).waitFor();
    expect(await log(page).getByText(secret).count()).toBe(0);
    expect(await box(page).inputValue()).toBe("");
  });

  it.each([
    ["a desk", 1280, 800, "/products/field-jacket"],
    ["a phone", 390, 844, "/products/field-jacket"],
    ["a small phone", 320, 568, "/products/field-jacket"],
    ["Arabic on a small phone", 320, 568, "/ar/products/field-jacket"],
  ])("fits %s, and is usable by everybody", async (_name, width, height, path) => {
    const page = await person({ viewport: { width, height }, reducedMotion: "reduce" });
    await page.goto(`${shop}${path}`);
    await idle(page);
    const button = page.locator("#throughline-chat button.launch");
    const at = (await button.boundingBox()) ?? { x: -1, y: -1, width: 0, height: 0 };
    expect(at.x).toBeGreaterThanOrEqual(0);
    expect(at.x + at.width).toBeLessThanOrEqual(width);
    // Nothing that the theme has fixed to the page lies under the launcher.
    const under = await page.evaluate(
      ([x, y]) =>
        document
          .elementsFromPoint(x as number, y as number)
          .filter((each) => !each.closest("#throughline-chat") && getComputedStyle(each).position === "fixed")
          .map((each) => each.className),
      [at.x + at.width / 2, at.y + at.height / 2],
    );
    expect(under).toEqual([]);
    expect(await axe(page)).toEqual([]);
    await button.click();
    const message = page.locator("#throughline-chat textarea");
    await message.waitFor();
    await message.fill(`a ${"long".repeat(60)} word and https://example.com/${"path".repeat(40)}`);
    await page.keyboard.press("Enter");
    await page.locator("#throughline-chat .bubble").first().waitFor();
    const wide = await page.locator("#throughline-chat .panel").evaluate((panel) => {
      const log = panel.querySelector(".log") as HTMLElement;
      const { left, right, top, bottom } = panel.getBoundingClientRect();
      return { left, right, top, bottom, over: log.scrollWidth - log.clientWidth };
    });
    expect(wide.over).toBe(0);
    expect(wide.left).toBeGreaterThanOrEqual(0);
    expect(wide.top).toBeGreaterThanOrEqual(0);
    expect(wide.right).toBeLessThanOrEqual(width);
    expect(wide.bottom).toBeLessThanOrEqual(height);
    expect(await axe(page)).toEqual([]);
  });
});
