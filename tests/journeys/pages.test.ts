import type { Page } from "playwright-core";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { axe, frameOf } from "./support/axe";
import { people } from "./support/browser";

const { admin, storefronts } = inject("demo");
const app = `${admin}/store/northwind-outfitters/apps/throughline`;

const pages = [
  { path: "", heading: "Home" },
  { path: "/inbox", heading: "Inbox" },
  { path: "/live-view", heading: "Live view" },
  { path: "/customers", heading: "Customers" },
  { path: "/settings", heading: "Settings" },
  { path: "/settings/channels", heading: "Channels" },
  { path: "/settings/channels/email", heading: "Email" },
  { path: "/settings/channels/whatsapp", heading: "WhatsApp" },
  { path: "/settings/activity", heading: "Activity log" },
  { path: "/settings/privacy", heading: "Privacy and consent" },
  { path: "/settings/shopify-data", heading: "Shopify data" },
];
const widths = [
  { name: "desk", width: 1440, height: 900 },
  { name: "phone", width: 390, height: 844 },
  { name: "small phone", width: 320, height: 640 },
];

describe("pages of the admin", () => {
  const person = people();
  let shopper: Page;

  // Something to see: a cart, and a chat with a long word and text from right to left.
  beforeAll(async () => {
    const agent = await person();
    await agent.goto(`${app}/inbox`);
    await (await frameOf(agent)).getByRole("heading", { name: "Inbox" }).first().waitFor();
    shopper = await person();
    await shopper.goto(`${storefronts[0]}/products/field-jacket`);
    const accept = shopper.getByRole("button", { name: /^accept/i }).first();
    if (await accept.isVisible().catch(() => false)) await accept.click();
    await shopper
      .getByRole("button", { name: /add to cart/i })
      .first()
      .click();
    await shopper.waitForTimeout(500);
    await shopper.goto(`${storefronts[0]}/products/field-jacket`);
    await shopper.getByRole("button", { name: "Chat with us" }).click();
    for (const text of [`${"Donaudampfschifffahrt".repeat(12)}?`, "هل هذا متوفر؟ <b>شكرا</b>"]) {
      await shopper.getByRole("textbox", { name: "Message" }).fill(text);
      await shopper.getByRole("button", { name: "Send", exact: true }).click();
      await shopper.getByText(text).first().waitFor();
    }
  });

  describe.each(widths)("on a $name ($width px)", (viewport) => {
    it.each(pages)("$heading has no fault that axe finds, no sideways scroll and no error", async ({ path }) => {
      const page = await person({ viewport });
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.message));
      page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
      await page.goto(`${app}${path}`);
      const frame = await frameOf(page);
      await frame.waitForSelector("h1, h2", { timeout: 20_000 });
      await page.waitForTimeout(1_500);
      expect(await axe(frame)).toEqual([]);
      const wide = await frame.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(wide).toBeLessThanOrEqual(0);
      expect(errors).toEqual([]);
      await page.context().close();
    });

    it("an open conversation has no fault, and what people wrote changes nothing but its own text", async () => {
      const page = await person({ viewport });
      await page.goto(`${app}/inbox`);
      const frame = await frameOf(page);
      await frame.getByRole("list", { name: "Conversations" }).getByRole("link").first().click();
      await frame.getByText("هل هذا متوفر؟ <b>شكرا</b>").last().waitFor();
      await page.waitForTimeout(1_000);
      expect(await axe(frame)).toEqual([]);
      const wide = await frame.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(wide).toBeLessThanOrEqual(0);
    });

    it("the open chat has no fault and fits", async () => {
      await shopper.setViewportSize(viewport);
      await shopper.waitForTimeout(500);
      const faults = await axe(shopper);
      expect(faults.filter((line) => line.includes("throughline"))).toEqual([]);
      const box = await shopper.getByRole("textbox", { name: "Message" }).boundingBox();
      expect(box && box.x >= 0 && box.x + box.width <= viewport.width).toBe(true);
      expect(box && box.y + box.height <= viewport.height).toBe(true);
    });
  });

  it("answers an inbox from the keyboard alone", async () => {
    const page = await person();
    await page.goto(`${app}/inbox`);
    const frame = await frameOf(page);
    await frame.getByRole("list", { name: "Conversations" }).getByRole("link").first().focus();
    await page.keyboard.press("Enter");
    await frame.getByRole("textbox", { name: "Reply" }).waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("r");
    await page.keyboard.type("Yes, it is in stock.");
    await page.keyboard.press("Control+Enter");
    await shopper.getByText("Yes, it is in stock.").waitFor({ timeout: 10_000 });
  });

  it("frames only for the shop and Shopify's admin", async () => {
    const page = await person();
    const policies: string[] = [];
    page.on("response", (response) => {
      const policy = response.headers()["content-security-policy"];
      if (response.url().includes("/inbox?") && policy) policies.push(policy);
    });
    await page.goto(`${app}/inbox`);
    await (await frameOf(page)).waitForSelector("h1, h2");
    expect(policies[0]).toBe(
      `frame-ancestors https://northwind-outfitters.myshopify.com https://admin.shopify.com ${admin};`,
    );
  });
});
