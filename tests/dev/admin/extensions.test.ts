import { existsSync } from "node:fs";
import type { RequestListener } from "node:http";
import { fileURLToPath } from "node:url";
import { jwtVerify } from "jose";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adminTargets, targetMessages } from "../../../dev/shopify/extensions/admin-ui";
import { type LocalAdmin, SECRET, startAdmin } from "./local-admin";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const folder = fileURLToPath(new URL("./extension-fixture/", import.meta.url));

let admin: LocalAdmin;
const asked: { method: string; path: string; origin: string; shop: string; body: string }[] = [];

/** An app that knows who asks by the ID token alone, and answers other origins as Shopify's library does. */
const app: RequestListener = async (request, response) => {
  const cors = { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "Authorization, Content-Type" };
  if (request.method === "OPTIONS")
    return void response.writeHead(204, { ...cors, "Access-Control-Max-Age": "7200" }).end();
  let body = "";
  for await (const chunk of request) body += String(chunk);
  const token = (request.headers.authorization ?? "").replace("Bearer ", "");
  const { payload } = await jwtVerify(token, new TextEncoder().encode(SECRET)).catch(() => ({
    payload: { dest: "nobody" },
  }));
  asked.push({
    method: request.method ?? "",
    path: request.url ?? "",
    origin: String(request.headers.origin),
    shop: String(payload.dest),
    body,
  });
  response.writeHead(200, { ...cors, "Content-Type": "application/json" });
  response.end(JSON.stringify(request.method === "POST" ? { said: "Thank you" } : { open: 2 }));
};

beforeAll(async () => {
  admin = await startAdmin(app);
  admin.shopify.world.app.adminExtensions = [{ handle: "extension-fixture", folder }];
});
afterAll(() => admin.close());

const customer = () => {
  const found = admin.shop.all("customer")[0];
  if (!found) throw new Error("no customer");
  return found;
};

describe("the declaration", () => {
  it("names targets and modules, and its name in the default language", () => {
    expect(adminTargets(admin.shopify.world).map(({ name, target, module }) => [name, target, module])).toEqual([
      ["Fixture block", "admin.customer-details.block.render", "./src/block.ts"],
      ["Fixture block", "admin.customer-details.action.render", "./src/action.ts"],
      ["Fixture block", "admin.order-details.block.render", "./src/block.ts"],
    ]);
    expect(targetMessages(folder, "da")).toMatchObject({ locale: "da", messages: { name: "Prøveblok" } });
    expect(targetMessages(folder, "fi").locale).toBe("en");
  });

  it("puts frames on the pages of an installed app only, each in a sandbox", async () => {
    const path = `/customers/${customer().id}`;
    const page = await admin.get(path);
    expect(page.text).toContain('sandbox="allow-scripts allow-forms"');
    expect(page.text).toContain("More actions");
    const frame = await admin.get("/extensions/extension-fixture/admin.customer-details.block.render?id=x");
    expect(frame.headers.get("content-security-policy")).toBe(
      "frame-ancestors 'self'; sandbox allow-scripts allow-forms",
    );
    expect((await admin.get("/extensions/extension-fixture/admin.other.render")).status).toBe(404);
    await admin.post("/settings/apps/uninstall");
    expect((await admin.get(path)).text).not.toContain("data-extension");
    await admin.post("/settings/apps/install");
  });
});

describe.skipIf(!existsSync(executablePath))("in a browser", { timeout: 120_000 }, () => {
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath,
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    });
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.on("pageerror", (error) => problems.push(error.message));
    await page.goto(`${admin.base}/customers/${customer().id}`);
  });
  afterAll(() => browser.close());

  it("draws a block that asks the app with an ID token, and Shopify by itself", async () => {
    const block = page.frameLocator("iframe[data-extension*='block']");
    // Ingrid, who owns the shop, reads Danish.
    await block.getByText("2 ting i alt").waitFor();
    const badge = block.locator("s-badge");
    await expect.poll(() => badge.textContent()).toContain("Customer");
    expect(JSON.parse((await badge.textContent()) ?? "")).toEqual({
      mine: { open: 2 },
      type: "Customer",
      times: 1,
      parent: "closed",
    });
    expect(asked.at(-1)).toMatchObject({
      method: "GET",
      path: `/record?customer=${encodeURIComponent(`gid://shopify/Customer/${customer().id}`)}`,
      origin: "null",
      shop: "https://northwind-outfitters.myshopify.com",
    });
    const height = await page.locator("iframe[data-extension*='block']").evaluate((frame) => frame.clientHeight);
    expect(height).toBeGreaterThan(100);
    await block.getByRole("button", { name: "Fold" }).click();
    await block.getByText("folded").waitFor();
    await expect
      .poll(() => page.locator("iframe[data-extension*='block']").evaluate((frame) => frame.clientHeight))
      .toBeLessThan(height);
    await block.getByRole("button", { name: "Fold" }).click();
  });

  it("opens an action over the page, which writes, toasts and closes", async () => {
    await page.getByText("More actions").click();
    await page.getByRole("button", { name: "Fixture block" }).click();
    const action = page.frameLocator("dialog iframe");
    const send = action.getByRole("button", { name: "Send" });
    await action.getByRole("heading", { name: "Write first" }).waitFor();
    expect(await send.isDisabled()).toBe(true);
    await action.getByLabel("Message").fill("bad");
    await action.getByText("Not like this").waitFor();
    await action.getByLabel("Message").fill("Hello there");
    await send.click();
    await action.getByText("Thank you").waitFor();
    await page.getByText("Sent", { exact: true }).waitFor();
    expect(asked.at(-1)).toMatchObject({ method: "POST", path: "/record" });
    expect(JSON.parse(asked.at(-1)?.body ?? "")).toEqual({
      customer: `gid://shopify/Customer/${customer().id}`,
      text: "Hello there",
    });
    await action.getByRole("button", { name: "Cancel" }).click();
    await expect.poll(() => page.locator("dialog").count()).toBe(0);
    expect(problems).toEqual([]);
  });

  it("leads into the app", async () => {
    await page.frameLocator("iframe[data-extension*='block']").getByRole("link", { name: "Open in the app" }).click();
    await page.waitForURL(`${admin.base}/apps/throughline/inbox/7`);
  });
});
