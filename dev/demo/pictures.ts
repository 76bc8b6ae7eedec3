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
const phone = `http://localhost:${port + 7}`;
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

/** Writes to the store on the phone of whoever stands first: Amalie Vestergaard. */
async function write(page: Page, channel: string, text: string, subject?: string): Promise<void> {
  const there = page.waitForResponse((one) => one.url().includes(`on=${channel}`) && one.url().endsWith("to="));
  await page.locator(`[data-on=${channel}]`).click();
  await there;
  if (subject) await page.getByRole("textbox", { name: "Subject" }).fill(subject);
  await page.getByRole("textbox", { name: "Message" }).fill(text);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.locator(".bubble.me").filter({ hasText: text }).waitFor();
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
    const answer = async (question: string, text: string) => {
      await app.getByText(question).first().click();
      await app.getByRole("region", { name: "Messages" }).getByText(question).last().waitFor();
      await app.getByRole("textbox", { name: "Reply" }).fill(text);
      await app.getByRole("button", { name: "Send reply" }).click();
    };
    await answer(
      "between M and L",
      "Take the L: it leaves room for a jumper underneath, and the sleeves are the same length.",
    );
    await ida.getByText("Take the L").first().waitFor();
    await ida.getByRole("textbox", { name: "Message" }).fill("Perfect, thank you! Could you swap it in my cart?");
    await ida.getByRole("button", { name: "Send", exact: true }).click();
    await app.getByText("swap it in my cart").first().waitFor();

    // Amalie by mail, in the chat and on WhatsApp: one story.
    const hers = await person(browser, 900, 1000);
    await hers.goto(phone);
    await write(hers, "email", "Is the Field Jacket true to size? I usually wear M, but L over a fleece.", "Sizing");
    await answer(
      "true to size",
      "Over a fleece take the L. Your last one was an L too, so it will fit as you know it.",
    );
    await hers.locator(".bubble.store").filter({ hasText: "Over a fleece" }).waitFor({ timeout: 60_000 });

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
    await app.getByText("in the chat on your store").first().waitFor();
    await answer("size of my last order", "It has not left yet, so yes. I have put it to L.");
    await amalie.getByText("put it to L").first().waitFor();
    await write(hers, "whatsapp", "Great! Will it be here before Friday?");
    await app
      .getByText(/ on WhatsApp, wrote/)
      .first()
      .waitFor();
    await answer("before Friday?", "It leaves today with DHL and is with you on Thursday.");
    const came = hers.locator(".bubble.store").filter({ hasText: "on Thursday" });
    await came.waitFor();
    await hers.locator("#acts").getByRole("button", { name: "Read everything" }).click();
    await write(hers, "whatsapp", "Perfect, I will be at home");
    await app.getByText("at home").last().waitFor();
    await agent.waitForTimeout(1500);
    await agent.screenshot({ path: join(folder, "inbox.png") });
    await hers.screenshot({ path: join(folder, "be-the-customer.png") });
    await app.getByLabel("Conversation with Amalie Vestergaard").waitFor({ timeout: 30_000 });
    await app.getByRole("link", { name: "Open", exact: true }).first().click();
    await app.getByText("Show more").or(app.getByText("Customer wrote")).first().waitFor({ timeout: 30_000 });
    await agent.waitForTimeout(2500);
    await agent.screenshot({ path: join(folder, "customer.png") });

    await agent.goto(`${admin}/settings/channels`);
    await app.getByRole("heading", { name: "Channels" }).first().waitFor({ timeout: 30_000 });
    await agent.waitForTimeout(1500);
    await agent.screenshot({ path: join(folder, "channels.png") });

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
