import { existsSync } from "node:fs";
import type { RequestListener } from "node:http";
import { createRequire } from "node:module";
import { decodeJwt } from "jose";
import { type Browser, type BrowserContext, chromium, type Frame, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type LocalAdmin, startAdmin } from "./local-admin";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const found = existsSync(executablePath);
if (!found) {
  const said = `App Bridge was not tried in a browser: there is no Chromium at ${executablePath} (set CHROMIUM).`;
  if (process.env.CI) throw new Error(said);
  process.stdout.write(`${said}\n`);
}

// A machine that does much else besides is slow, not wrong.
vi.setConfig({ testTimeout: 40_000 });

/** What the app's doors were asked, in order. */
let asked: { path: string; authorization: string | undefined; requestedWith: string | undefined }[] = [];
let refuseTokens = 0;

/** An app of one document with a small client-side router, and doors that look at tokens. */
const app: RequestListener = (request, response) => {
  const url = new URL(request.url ?? "/", "http://app");
  const { authorization } = request.headers;
  if (url.pathname === "/door") {
    asked.push({
      path: url.pathname,
      authorization,
      requestedWith: request.headers["x-requested-with"] as string | undefined,
    });
    if (refuseTokens > 0) {
      refuseTokens -= 1;
      response.writeHead(401, { "X-Shopify-Retry-Invalid-Session-Request": "1" }).end("old token");
    } else response.end("open");
    return;
  }
  if (url.pathname === "/reauthorize") {
    response.writeHead(403, {
      "X-Shopify-API-Request-Failure-Reauthorize": "1",
      "X-Shopify-API-Request-Failure-Reauthorize-Url": "https://northwind-outfitters.myshopify.com/admin/settings/apps",
    });
    response.end();
    return;
  }
  response.setHeader("content-type", "text/html");
  response.end(documentAt(url));
};

function documentAt(url: URL): string {
  const head = `<!doctype html><html lang="en"><head><title>App</title><script data-api-key="throughline-local" src="${admin.shopify.origin}/app-bridge.js"></script></head>`;
  if (url.pathname === "/bounce") return `${head}<body></body></html>`;
  return `${head}<body>
<ui-nav-menu><a href="/" rel="home">Home</a><a href="/inbox" data-routed>Inbox</a><a href="/plain">Plain</a></ui-nav-menu>
<ui-title-bar title="Title of ${url.pathname}"><button variant="breadcrumb" onclick="note('back')">Before</button><button variant="primary" onclick="note('primary')">Create</button>
<section label="More"><button onclick="note('inner')">Inner</button></section></ui-title-bar>
<ui-save-bar id="bar"><button variant="primary" onclick="note('save');shopify.saveBar.hide('bar')">Save</button><button onclick="note('discard');shopify.saveBar.hide('bar')">Discard</button></ui-save-bar>
<ui-modal id="modal"><p>Inside the dialog</p><ui-title-bar title="A dialog"><button variant="primary" onclick="note('done');shopify.modal.hide('modal')">Done</button></ui-title-bar></ui-modal>
<form data-save-bar onsubmit="event.preventDefault();note('submitted')"><label>Name <input name="name" value="first"></label></form>
<p id="place"></p><p id="token">${url.searchParams.get("id_token") ?? ""}</p>
<a id="orders" href="shopify:admin/orders">Orders</a>
<a id="editor" target="_top" href="https://northwind-outfitters.myshopify.com/admin/themes/current/editor?context=apps">Editor</a>
<script>
const notes = []; const note = (what) => notes.push(what);
const draw = () => { document.getElementById("place").textContent = location.pathname; };
draw();
addEventListener("popstate", draw);
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-routed]");
  if (!link) return;
  event.preventDefault();
  history.pushState(null, "", link.getAttribute("href"));
  draw();
});
window.startedAt = Math.random();
</script></body></html>`;
}

let admin: LocalAdmin;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let faults: string[] = [];

describe.runIf(found)("in a browser that blocks third-party cookies", () => {
  beforeAll(async () => {
    admin = await startAdmin(app);
    browser = await chromium.launch({
      executablePath,
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--test-third-party-cookie-phaseout"],
    });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await admin?.close();
  });
  beforeEach(async () => {
    asked = [];
    faults = [];
    refuseTokens = 0;
    context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    page = await context.newPage();
    page.on("pageerror", (error) => faults.push(error.message));
  });
  afterEach(async () => {
    await context.close();
    expect(faults).toEqual([]);
  });

  async function open(path = ""): Promise<Frame> {
    await page.goto(`${admin.base}/apps/throughline${path}`);
    const handle = await page.waitForSelector("#app-frame");
    const frame = await handle.contentFrame();
    if (!frame) throw new Error("the app is not in its frame");
    await frame.waitForURL((url) => url.origin === admin.appOrigin);
    await frame.waitForFunction(() => Boolean(window.shopify) && document.readyState === "complete");
    return frame;
  }
  const notes = (frame: Frame): Promise<string[]> => frame.evaluate("notes");

  test("third-party storage is indeed closed to the app, and App Bridge does without", async () => {
    const frame = await open();
    const storage = await frame.evaluate(() => {
      try {
        return typeof window.sessionStorage;
      } catch {
        return "closed";
      }
    });
    expect(storage).toBe("closed");
    expect(await frame.evaluate(() => shopify.config)).toMatchObject({
      apiKey: "throughline-local",
      shop: "northwind-outfitters.myshopify.com",
      locale: "da",
    });
    expect(await frame.evaluate(() => shopify.environment)).toEqual({
      embedded: true,
      mobile: false,
      pos: false,
      intent: false,
    });
  });

  test("the app's navigation is the admin's: a router takes the click, addresses keep in step, back goes back", async () => {
    const frame = await open("/start?x=1");
    const navigation = page.getByRole("list", { name: "Throughline" });
    await expect.poll(() => navigation.getByRole("link").allTextContents()).toEqual(["Inbox", "Plain"]);
    const loaded = await frame.evaluate("startedAt");
    await navigation.getByRole("link", { name: "Inbox" }).click();
    await expect.poll(() => new URL(page.url()).pathname).toBe("/store/northwind-outfitters/apps/throughline/inbox");
    expect(await frame.textContent("#place")).toBe("/inbox");
    expect(await frame.evaluate("startedAt")).toBe(loaded);
    expect(await navigation.getByRole("link", { name: "Inbox" }).getAttribute("aria-current")).toBe("page");
    await page.goBack();
    await expect
      .poll(() => new URL(page.url()).pathname + new URL(page.url()).search)
      .toBe("/store/northwind-outfitters/apps/throughline/start?x=1");
    expect(await frame.textContent("#place")).toBe("/start");
  });

  test("a link that no router takes loads the page, and a reload of the admin stays there", async () => {
    await open();
    await page.getByRole("link", { name: "Plain" }).click();
    await expect.poll(() => new URL(page.url()).pathname).toBe("/store/northwind-outfitters/apps/throughline/plain");
    await page.reload();
    await expect.poll(() => page.frameLocator("#app-frame").locator("#place").textContent()).toBe("/plain");
  });

  test("shopify:navigate is offered to frameworks that listen for it", async () => {
    const frame = await open();
    await frame.evaluate(() => {
      addEventListener("shopify:navigate", (event) => {
        history.pushState(null, "", (event.target as Element).getAttribute("href"));
      });
    });
    const loaded = await frame.evaluate("startedAt");
    await page.getByRole("link", { name: "Plain" }).click();
    await expect.poll(() => new URL(page.url()).pathname).toBe("/store/northwind-outfitters/apps/throughline/plain");
    expect(await frame.evaluate("startedAt")).toBe(loaded);
  });

  test("requests to the app carry an ID token of whoever is signed in; an old one is renewed once", async () => {
    const frame = await open();
    expect(await frame.evaluate(() => fetch("/door").then((answer) => answer.text()))).toBe("open");
    const owner = admin.shop.all("staff").find((each) => each.accountOwner);
    expect(decodeJwt(asked[0]?.authorization?.replace("Bearer ", "") ?? "").sub).toBe(String(owner?.id));
    expect(asked[0]?.requestedWith).toBe("XMLHttpRequest");

    refuseTokens = 1;
    expect(
      await frame.evaluate(() => fetch("/door", { method: "POST", body: "x" }).then((answer) => answer.text())),
    ).toBe("open");
    expect(asked).toHaveLength(3);
    expect(asked[2]?.authorization).not.toBe(asked[1]?.authorization);

    refuseTokens = 2;
    expect(await frame.evaluate(() => fetch("/door").then((answer) => answer.status))).toBe(401);
    expect(asked).toHaveLength(5);
    refuseTokens = 0;

    await frame.evaluate(() => fetch("/door", { headers: { Authorization: "Basic own" } }));
    expect(asked.at(-1)?.authorization).toBe("Basic own");
  });

  test("requests to other sites carry no token", async () => {
    const frame = await open();
    const seen: (string | undefined)[] = [];
    await page.route("https://elsewhere.example/**", (route) => {
      seen.push(route.request().headers().authorization);
      return route.fulfill({ status: 200, headers: { "access-control-allow-origin": "*" }, body: "" });
    });
    await frame.evaluate(() => fetch("https://elsewhere.example/x"));
    expect(seen).toEqual([undefined]);
  });

  test("another member of staff means another token", async () => {
    const someone = admin.shop.all("staff").find((each) => !each.accountOwner);
    await open();
    await page.locator("summary", { hasText: "Signed in as" }).click();
    await page.getByRole("button", { name: `${someone?.firstName} ${someone?.lastName}` }).click();
    const frame = await open();
    const token = await frame.evaluate(() => shopify.idToken());
    expect(decodeJwt(token).sub).toBe(String(someone?.id));
    expect(decodeJwt((await frame.textContent("#token")) ?? "").sub).toBe(String(someone?.id));
  });

  test("the bounce page is left with a new ID token for the address it names", async () => {
    await page.goto(
      `${admin.base}/apps/throughline/bounce?shopify-reload=${encodeURIComponent("/inbox?view=mine&id_token=old")}`,
    );
    const inner = page.frameLocator("#app-frame");
    await expect.poll(() => inner.locator("#place").textContent()).toBe("/inbox");
    expect(decodeJwt((await inner.locator("#token").textContent()) ?? "").dest).toBe(
      "https://northwind-outfitters.myshopify.com",
    );
    await expect.poll(() => page.url()).toBe(`${admin.base}/apps/throughline/inbox?view=mine`);
  });

  test("the title bar draws the app's heading and presses its buttons, in groups too", async () => {
    const frame = await open("/start");
    await expect.poll(() => page.locator("#app-title").textContent()).toBe("Title of /start");
    await page.getByRole("button", { name: "Create" }).click();
    await page.getByText("More", { exact: true }).click();
    await page.getByRole("button", { name: "Inner" }).click();
    await page.getByRole("button", { name: /Before/ }).click();
    await expect.poll(() => notes(frame)).toEqual(["primary", "inner", "back"]);
    await frame.evaluate(() =>
      document.querySelector("ui-title-bar button[variant=primary]")?.setAttribute("disabled", ""),
    );
    await expect.poll(() => page.getByRole("button", { name: "Create" }).isDisabled()).toBe(true);
  });

  test("toasts are shown outside of the frame, read out, and call back", async () => {
    const frame = await open();
    await frame.evaluate(() => {
      shopify.toast.show("Kept", {
        action: "Undo",
        onAction: () => {
          document.title = "undone";
        },
        duration: 60_000,
      });
    });
    const toast = page.getByRole("status").getByText("Kept");
    await toast.waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => frame.title()).toBe("undone");
    expect(await toast.count()).toBe(0);
    const id = await frame.evaluate(() => shopify.toast.show("Second", { isError: true }));
    await page.getByText("Second").waitFor();
    await frame.evaluate((each) => shopify.toast.hide(each), id);
    await expect.poll(() => page.getByText("Second").count()).toBe(0);
  });

  test("the save bar offers Save and Discard and guards every way out", async () => {
    const frame = await open();
    await frame.evaluate(() => shopify.saveBar.show("bar"));
    const bar = page.getByRole("region", { name: "Unsaved changes" });
    await bar.waitFor();
    await page.getByRole("link", { name: "Orders", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Stay" }).click();
    expect(page.url()).toContain("/apps/throughline");
    await page.getByRole("link", { name: "Inbox" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Stay" }).click();
    expect(await frame.textContent("#place")).toBe("/");
    const left = frame.evaluate(() => shopify.saveBar.leaveConfirmation().then(() => "left"));
    await page.getByRole("dialog").getByRole("button", { name: "Leave page" }).click();
    expect(await left).toBe("left");
    await bar.getByRole("button", { name: "Save" }).click();
    await expect.poll(() => notes(frame)).toEqual(["save"]);
    await expect.poll(() => bar.count()).toBe(0);
    expect(await frame.evaluate(() => shopify.saveBar.leaveConfirmation().then(() => "free"))).toBe("free");
  });

  test("a form marked with data-save-bar shows the bar when it is changed, and is submitted or reset by it", async () => {
    const frame = await open();
    await frame.getByLabel("Name").fill("second");
    const bar = page.getByRole("region", { name: "Unsaved changes" });
    await bar.getByRole("button", { name: "Discard" }).click();
    await expect.poll(() => frame.getByLabel("Name").inputValue()).toBe("first");
    await frame.getByLabel("Name").fill("third");
    await bar.getByRole("button", { name: "Save" }).click();
    await expect.poll(() => notes(frame)).toEqual(["submitted"]);
    await expect.poll(() => bar.count()).toBe(0);
  });

  test("a modal keeps the focus, closes on Escape and presses its buttons", async () => {
    const frame = await open();
    await frame.evaluate(() => shopify.modal.show("modal"));
    const dialog = frame.getByRole("dialog", { name: "A dialog" });
    await dialog.getByText("Inside the dialog").waitFor();
    await dialog.getByRole("button", { name: "Done" }).click();
    await expect.poll(() => dialog.count()).toBe(0);
    expect(await notes(frame)).toEqual(["done"]);
    await frame.evaluate(() => shopify.modal.show("modal"));
    await frame.locator("dialog").press("Escape");
    await expect.poll(() => dialog.count()).toBe(0);
    await expect(frame.evaluate(() => shopify.modal.show("nothing"))).rejects.toThrow(/no <ui-modal id="nothing">/);
  });

  test("the resource picker searches the shop and gives back what was chosen, or nothing", async () => {
    const frame = await open();
    const product = admin.shop.all("product").find((each) => each.variants.length > 1);
    const picked = frame.evaluate(() => shopify.resourcePicker({ type: "product", multiple: true }));
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("searchbox").fill(product?.title ?? "");
    await dialog.getByLabel(product?.variants[1]?.sku ?? "").check();
    await dialog.getByRole("button", { name: "Add" }).click();
    expect(await picked).toMatchObject([
      {
        id: `gid://shopify/Product/${product?.id}`,
        variants: [{ id: `gid://shopify/ProductVariant/${product?.variants[1]?.id}` }],
      },
    ]);
    const cancelled = frame.evaluate(() => shopify.resourcePicker({ type: "variant" }));
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    expect(await cancelled).toBeUndefined();
  });

  test("links to the admin leave the frame, whichever way they are written", async () => {
    const frame = await open();
    await frame.click("#orders");
    await page.waitForURL(`${admin.base}/orders`);
    const again = await open();
    await again.click("#editor");
    await page.waitForURL(`${admin.base}/themes/current/editor?context=apps`);
    const third = await open();
    await third.evaluate(() => void window.open("shopify://admin/customers", "_top"));
    await page.waitForURL(`${admin.base}/customers`);
    const fourth = await open();
    await fourth.evaluate(() => fetch("/reauthorize"));
    await page.waitForURL(`${admin.base}/settings/apps`);
  });

  test("the shop's own address opens the local storefront in a new tab", async () => {
    const frame = await open();
    const popup = page.waitForEvent("popup");
    await frame.evaluate(() => void window.open("https://northwind-outfitters.myshopify.com/collections/all"));
    expect((await popup).url()).toBe(`${admin.shopify.storefrontOrigins[0]}/collections/all`);
  });

  test("what the admin knows about the app is answered, and what it does not have is refused by name", async () => {
    const frame = await open();
    expect(await frame.evaluate(() => shopify.app.extensions())).toMatchObject([
      { handle: "storefront-chat", type: "theme_app_extension" },
    ]);
    expect(await frame.evaluate(() => shopify.scopes.query())).toMatchObject({
      granted: expect.arrayContaining(["read_orders"]),
      optional: [],
    });
    await expect(frame.evaluate(() => shopify.scopes.request(["write_themes"]))).rejects.toThrow(/write_themes/);
    expect(await frame.evaluate(() => shopify.user())).toEqual({ accountAccess: "Account owner" });
    expect(await frame.evaluate(() => shopify.reviews.request())).toMatchObject({ success: false });
    await expect(frame.evaluate(() => shopify.scanner.capture())).rejects.toThrow(
      "shopify.scanner.capture is not in this stand-in",
    );
  });

  test("opened by itself, the app goes into the admin", async () => {
    await page.goto(`${admin.appOrigin}/inbox?shop=northwind-outfitters.myshopify.com`);
    await page.waitForURL(/\/store\/northwind-outfitters\/apps\//);
    await expect.poll(() => page.frameLocator("#app-frame").locator("#place").textContent()).toBe("/inbox");
  });

  test("on a phone the navigation opens by its button and closes on Escape and on a choice", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    const frame = await open();
    const button = page.getByRole("button", { name: "Navigation" });
    expect(await page.getByRole("navigation", { name: "Admin" }).isVisible()).toBe(false);
    await button.click();
    expect(await button.getAttribute("aria-expanded")).toBe("true");
    await page.keyboard.press("Escape");
    expect(await page.getByRole("navigation", { name: "Admin" }).isVisible()).toBe(false);
    await button.click();
    await page.getByRole("link", { name: "Inbox" }).click();
    await expect.poll(() => frame.textContent("#place")).toBe("/inbox");
    expect(await page.getByRole("navigation", { name: "Admin" }).isVisible()).toBe(false);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });

  test.each([
    ["a desk", { width: 1280, height: 800 }],
    ["a phone", { width: 390, height: 844 }],
  ])(
    "every page is usable by assistive technology on %s",
    async (_, viewport) => {
      await page.setViewportSize(viewport);
      const order = admin.shop.all("order")[0]?.id;
      const draft = admin.shop.all("draftOrder")[0]?.id;
      const customer = admin.shop.all("customer")[0]?.id;
      const product = admin.shop.all("product")[0]?.id;
      const paths = [
        "",
        "/orders",
        `/orders/${order}`,
        "/draft_orders",
        `/draft_orders/${draft}`,
        "/products",
        `/products/${product}`,
      ]
        .concat([
          "/customers",
          `/customers/${customer}`,
          "/themes",
          "/themes/current/editor",
          "/settings/apps",
          "/apps/throughline",
        ])
        .map((path) => admin.base + path);
      const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
      const problems: string[] = [];
      for (const url of [...paths, `${admin.shopify.origin}/control`]) {
        await page.goto(url);
        await page.addScriptTag({ path: axe });
        const found = await page.evaluate(async () => {
          const { axe: run } = window as unknown as {
            axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
          };
          const { violations } = await run.run({ iframes: false });
          return violations.map(
            (each) => `${each.id}: ${each.nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`,
          );
        });
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        if (width > viewport.width) problems.push(`${url} is ${width} wide`);
        problems.push(...found.map((each) => `${url} ${each}`));
      }
      expect(problems).toEqual([]);
      faults = faults.filter((fault) => !fault.includes("textContent"));
    },
    90_000,
  );
});
