import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Browser, chromium, type Page } from "playwright-core";
import { FIRST_PORT } from "./options";

/**
 * `npm run pictures`: plays a busy quarter of an hour in the running demo and takes the pictures of the README.
 * Start `npm run demo` first, best with `-- --reset`; `--port N` when it runs elsewhere.
 */
const { values } = parseArgs({ options: { port: { type: "string" } } });
const port = Number(values.port ?? FIRST_PORT);
const admin = `http://localhost:${port}/store/northwind-outfitters/apps/throughline`;
const store = `http://localhost:${port + 1}`;
const folder = join(import.meta.dirname, "../../docs/pictures");

/** The app refuses crawlers by their user agent, and headless Chromium names itself one. */
const userAgent =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

const shoppers = [
  { product: "field-jacket", name: "Ida Holm", says: ["Hi! Does the Field Jacket run small? I am between M and L."] },
  { product: 3, name: "Mateo Ruiz", says: ["Is this one waterproof?", "I need it for Iceland in March."] },
  { product: 7, name: "أمل حداد", says: ["هل يمكن توصيله قبل يوم الجمعة؟"] },
  { product: 2, name: null, says: [] },
  { product: 5, name: "Priya Natarajan", says: ["My last order came without the lining. Could you have a look?"] },
];

async function person(browser: Browser, width: number, height: number): Promise<Page> {
  const context = await browser.newContext({ userAgent, viewport: { width, height } });
  return context.newPage();
}

interface Product {
  handle: string;
  variants: { available: boolean }[];
}

/** Handles of what can be bought now. */
async function products(): Promise<string[]> {
  const page = await (await fetch(`${store}/collections/all`)).text();
  const handles = new Set([...page.matchAll(/href="\/products\/([\w-]+)/g)].map((each) => each[1] as string));
  const found = await Promise.all(
    [...handles].map(async (handle) => (await (await fetch(`${store}/products/${handle}.js`)).json()) as Product),
  );
  return found.filter(({ variants }) => variants[0]?.available).map(({ handle }) => handle);
}

async function shop(browser: Browser, handle: string, name: string | null, says: string[]): Promise<Page> {
  const page = await person(browser, 1280, 800);
  await page.goto(`${store}/products/${handle}`);
  await page.getByRole("button", { name: "Accept" }).first().click();
  await page
    .getByRole("button", { name: /add to cart/i })
    .first()
    .click();
  await page.waitForTimeout(800);
  await page.goto(`${store}/products/${handle}`);
  if (says.length === 0) return page;
  await page.getByRole("button", { name: "Chat with us" }).click();
  const box = page.getByRole("textbox", { name: "Message" });
  await box.waitFor();
  const field = page.getByRole("textbox", { name: /^name/i });
  if (name && (await field.count()) > 0) await field.first().fill(name);
  for (const text of says) {
    await box.fill(text);
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await page.getByText(text).first().waitFor();
  }
  return page;
}

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  try {
    const agent = await person(browser, 1440, 900);
    await agent.goto(`${admin}/inbox`);
    const app = agent.frameLocator("iframe").first();
    await app.getByRole("heading", { name: "Inbox" }).first().waitFor({ timeout: 30_000 });
    const handles = await products();
    const pages: Page[] = [];
    for (const one of [...shoppers].reverse()) {
      const handle =
        typeof one.product === "string" ? one.product : (handles[one.product % handles.length] ?? "field-jacket");
      pages.push(await shop(browser, handle, one.name, one.says));
    }
    const ida = pages.at(-1) as Page;

    await app.getByText("between M and L").first().click();
    await app
      .getByRole("textbox", { name: "Reply" })
      .fill("Take the L: it leaves room for a jumper underneath, and the sleeves are the same length.");
    await app.getByRole("button", { name: "Send reply" }).click();
    await ida.getByText("Take the L").first().waitFor();
    await ida.getByRole("textbox", { name: "Message" }).fill("Perfect, thank you! Could you swap it in my cart?");
    await ida.getByRole("button", { name: "Send", exact: true }).click();
    await app.getByText("swap it in my cart").first().waitFor();
    await agent.waitForTimeout(1500);
    await agent.screenshot({ path: join(folder, "inbox.png") });
    await ida.screenshot({ path: join(folder, "widget.png") });

    const amalie = await person(browser, 1440, 900);
    await amalie.goto(`${store}/account/login`);
    await amalie.getByRole("button", { name: "Accept" }).first().click();
    await amalie
      .getByLabel(/e-?mail/i)
      .first()
      .fill("amalie.vestergaard@example.com");
    await amalie
      .getByLabel(/password/i)
      .first()
      .fill("shopper");
    await amalie
      .getByRole("button", { name: /^(log|sign) in$/i })
      .first()
      .click();
    await amalie.waitForURL(/\/account(?!\/login)/);
    await amalie.goto(`${store}/products/field-jacket`);
    await amalie.getByRole("button", { name: "Chat with us" }).click();
    await amalie.getByRole("textbox", { name: "Message" }).fill("Can I still change the size of my last order?");
    await amalie.getByRole("button", { name: "Send", exact: true }).click();
    await app.getByText("size of my last order").first().click();
    await app.getByLabel("Conversation with Amalie Vestergaard").waitFor({ timeout: 30_000 });
    await app.getByRole("link", { name: "Open", exact: true }).first().click();
    await app.getByText("Show more").or(app.getByText("Customer wrote")).first().waitFor({ timeout: 30_000 });
    await agent.waitForTimeout(2500);
    await agent.screenshot({ path: join(folder, "customer.png") });

    await agent.goto(`${admin}/live-view`);
    await app.getByText("Shoppers now").waitFor({ timeout: 30_000 });
    await agent.waitForTimeout(1500);
    await agent.screenshot({ path: join(folder, "live-view.png") });
  } finally {
    await browser.close();
  }
  process.stdout.write(`Pictures are in ${folder}\n`);
}

await main();
