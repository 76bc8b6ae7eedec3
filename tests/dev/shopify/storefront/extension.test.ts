import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { themeEditor } from "../../../../dev/shopify/storefront";
import { findProblems } from "../../../../dev/shopify/storefront/extension/limits";
import { fixtureFolder, fixtureUid, NORTHWIND_DOMAIN, openShops } from "./open-shop";
import { Shopper } from "./shopper";

const shops = openShops();

const visit = () => new Shopper(shops.northwind.origin);
const set = (block: string, change: Parameters<typeof themeEditor.setBlock>[3]) =>
  themeEditor.setBlock(shops.northwind.world, NORTHWIND_DOMAIN, block, change);

describe("an app embed", () => {
  it("is off until the merchant switches it on, and off again after", async () => {
    expect(await visit().page("/")).not.toContain('id="bubble"');
    expect(themeEditor.listBlocks(shops.northwind.world, NORTHWIND_DOMAIN)).toMatchObject([
      {
        block: "bubble",
        name: "Bubble",
        target: "body",
        added: false,
        disabled: true,
        settings: { colour: "#123456" },
      },
      { block: "meta", target: "head", added: false },
    ]);
    expect(set("bubble", { disabled: false })).toMatchObject({
      added: true,
      disabled: false,
      type: `shopify://apps/throughline/blocks/bubble/${fixtureUid}`,
    });
    const on = await visit().page("/");
    expect(on).toMatch(/id="bubble"[\s\S]*<\/body>/);
    expect(on.match(/bubble\.js\?v=[0-9a-f]+" async/g)).toHaveLength(1);
    expect(on.match(/bubble\.css\?v=[0-9a-f]+" rel="stylesheet"/g)).toHaveLength(1);
    set("bubble", { disabled: true });
    expect(await visit().page("/")).not.toMatch(/id="bubble"|bubble\.js/);
  });

  it("sees settings, texts, the cart and the customer, in the page's language", async () => {
    set("bubble", { disabled: false, settings: { colour: "#abcdef" } });
    const shopper = visit();
    const guest = await shopper.page("/");
    expect(guest).toContain('data-text="Hello from Northwind Outfitters"');
    expect(guest).toContain('data-count="0 items"');
    expect(guest).toContain('data-customer=""');
    expect(guest).toContain('data-colour="#abcdef"');
    expect(guest).toContain("<span>Hi &lt;b&gt;there&lt;/b&gt;</span>");
    const customer = shops.northwind.shop.all("customer").find(({ email, password }) => email && password);
    await shopper.postForm("/account/login", {
      "customer[email]": customer?.email ?? "",
      "customer[password]": customer?.password ?? "",
    });
    const arabic = await shopper.page("/ar/");
    expect(arabic).toContain('dir="rtl"');
    expect(arabic).toContain('data-text="مرحبًا من Northwind Outfitters"');
    expect(arabic).toContain(`data-customer="${customer?.id}"`);
    // A text that the language lacks is taken from the default one.
    expect(arabic).toContain('data-count="0 items"');
  });

  it("serves its assets for a year under their fingerprint, to any origin", async () => {
    set("bubble", { disabled: false });
    const source = /data-script="([^"]+)"/.exec(await visit().page("/"))?.[1] ?? "";
    expect(source).toContain(`/cdn/shop/extensions/${fixtureUid}/fixture/assets/bubble.js?v=`);
    const asset = await fetch(`http:${source}`);
    expect(asset.status).toBe(200);
    expect(asset.headers.get("cache-control")).toContain("immutable");
    expect(asset.headers.get("access-control-allow-origin")).toBe("*");
    expect(await asset.text()).toContain("window.bubble");
    expect((await fetch(`http:${source.replace("bubble.js", "..%2f..%2fpackage.json")}`)).status).toBe(404);
  });

  it("keeps to the templates it names, and is not on checkout pages", async () => {
    set("meta", { disabled: false });
    const product = shops.northwind.shop.all("product").find(({ status }) => status === "ACTIVE");
    expect(await visit().page(`/products/${product?.handle}`)).toContain('<meta name="fixture" content="product">');
    expect(await visit().page("/")).not.toContain('name="fixture"');
    const shopper = visit();
    await shopper.postJson("/cart/add.js", { id: product?.variants.find((each) => each.inventoryQuantity > 0)?.id });
    expect((await shopper.follow(await shopper.get("/checkout"))).html).not.toMatch(/id="bubble"|bubble\.js/);
  });

  it("refuses blocks and settings that are not there, and everything when the app is not installed", () => {
    expect(() => set("nope", { disabled: false })).toThrow(/no installed app has a block nope/);
    expect(() => set("bubble", { settings: { color: "x" } })).toThrow(/has no setting color/);
    const { shop, world } = shops.lumen;
    const installation = shop.get("installation", world.app.clientId);
    if (installation) shop.put("installation", world.app.clientId, { ...installation, installedAt: null });
    expect(themeEditor.listBlocks(world, shop.domain)).toEqual([]);
  });
});

describe("Shopify's limits", () => {
  const good = () =>
    new Map(
      ["blocks/bubble.liquid", "assets/bubble.js", "assets/bubble.css", "locales/en.default.json"].map((path) => [
        path,
        readFileSync(join(fixtureFolder, path)),
      ]),
    );
  const block = (schema: object, liquid = "") =>
    Buffer.from(`${liquid}{% schema %}${JSON.stringify(schema)}{% endschema %}`);

  it("are kept by the fixture", () => {
    expect(findProblems(good())).toEqual([]);
  });

  it.each([
    ["a long name", { name: "A name that is much too long", target: "body" }, "", "under 25 characters"],
    ["an unknown target", { name: "X", target: "footer" }, "", "none of section"],
    ["a missing script", { name: "X", target: "body", javascript: "none.js" }, "", "assets/none.js"],
    ["both lists of templates", { name: "X", target: "body", enabled_on: {}, disabled_on: {} }, "", "both enabled_on"],
    ["a forbidden tag", { name: "X", target: "body" }, "{% section 'header' %}", "{% section %}"],
    ["too much Liquid", { name: "X", target: "body" }, "x".repeat(100_001), "more than 100 KB"],
  ])("refuse %s", (_, schema, liquid, message) => {
    expect(findProblems(good().set("blocks/extra.liquid", block(schema, liquid))).join()).toContain(message);
  });

  it("refuse a block without a schema and a broken one", () => {
    expect(findProblems(good().set("blocks/x.liquid", Buffer.from("hi"))).join()).toContain("no schema");
    expect(findProblems(good().set("blocks/x.liquid", Buffer.from("{% schema %}{{% endschema %}"))).join()).toContain(
      "not valid JSON",
    );
    expect(findProblems(good().set("locales/da.json", Buffer.alloc(15_001))).join()).toContain("larger than 15 KB");
  });

  it("are said on the page, and a mended file is read again without a restart", async () => {
    const folder = mkdtempSync(join(tmpdir(), "extension-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    cpSync(fixtureFolder, folder, { recursive: true });
    const { world } = shops.northwind;
    const before = world.app.extensions;
    onTestFinished(() => {
      world.app.extensions = before;
    });
    world.app.extensions = [{ handle: "fixture", folder }];
    set("bubble", { disabled: false });
    const file = join(folder, "blocks/bubble.liquid");
    const source = readFileSync(file, "utf8");
    writeFileSync(file, source.replace('"body"', '"footer"'));
    expect(await visit().page("/")).toContain("breaks Shopify's rules");
    writeFileSync(file, source.replace('id="bubble"', 'id="mended"'));
    expect(await visit().page("/")).toContain('id="mended"');
    writeFileSync(file, source.replace('id="bubble"', 'id="bubble" x="{{ cutomer.id }}{{ 1 | moeny }}"'));
    const page = await visit().page("/");
    expect(page).toContain("undefined filter: moeny");
  });
});
