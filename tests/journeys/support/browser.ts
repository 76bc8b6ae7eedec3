import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type FrameLocator,
  type Page,
} from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";
import { chromium as executablePath } from "../../../vitest.journeys.config";

/** The library refuses crawlers by their user agent, and headless Chromium names itself one. */
const userAgent =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

/** A person's browser of its own: `await person()` in a test, closed after the file. */
export function people(): (options?: BrowserContextOptions) => Promise<Page> {
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath,
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic", "--no-first-run"],
    });
  });
  afterEach(async ({ task }) => {
    if (task.result?.state !== "fail") return;
    const folder = join(tmpdir(), "throughline-journeys-pictures");
    mkdirSync(folder, { recursive: true });
    for (const [index, page] of contexts
      .flatMap((context) => context.pages())
      .slice(-3)
      .entries()) {
      const path = join(folder, `${task.name.replace(/\W+/g, "-").slice(0, 60)}-${index}.png`);
      await page.screenshot({ path }).catch(() => undefined);
      console.error(`what the screen showed: ${path}`);
    }
  });
  afterAll(async () => {
    for (const context of contexts) await context.close();
    await browser.close();
  });
  return async (options = {}) => {
    const context = await browser.newContext({ userAgent, viewport: { width: 1440, height: 900 }, ...options });
    contexts.push(context);
    return context.newPage();
  };
}

/** Opens a page of the app inside the admin and gives the app's frame. */
export async function openApp(page: Page, admin: string, handle: string, path: string): Promise<FrameLocator> {
  await page.goto(`${admin}/store/${handle}/apps/throughline${path}`);
  return page.frameLocator("iframe[name='app-iframe'], iframe[title='Throughline'], main iframe");
}
