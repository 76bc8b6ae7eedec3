import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { Liquid } from "liquidjs";
import { describe, expect, it } from "vitest";

const folder = fileURLToPath(new URL("../../extensions/storefront-chat", import.meta.url));
const read = (path: string): string => readFileSync(`${folder}/${path}`, "utf8");
const gzipped = (text: string): number => gzipSync(text, { level: 9 }).length;
const assets = readdirSync(`${folder}/assets`);

/** The block as it stands in a page, with the settings' defaults and words as long as a merchant would write. */
async function markup(): Promise<string> {
  const liquid = new Liquid({ root: `${folder}/snippets`, extname: ".liquid" });
  liquid.registerFilter("color_brightness", () => 80);
  liquid.registerFilter(
    "asset_url",
    (name: string) => `//cdn.shopify.com/extensions/0193f1c2-7f6e/throughline-42/assets/${name}`,
  );
  liquid.registerFilter("t", () => "Chat with us");
  liquid.registerTag("schema", {
    parse(_tag, rest) {
      while (rest.length > 0 && (rest.shift() as { name?: string }).name !== "endschema");
    },
    render: () => undefined,
  });
  const schema = JSON.parse(/{% schema %}([\s\S]*){% endschema %}/.exec(read("blocks/chat.liquid"))?.[1] ?? "") as {
    settings: { id?: string; default?: unknown }[];
  };
  const settings = Object.fromEntries(
    schema.settings.flatMap((each) => (each.id ? [[each.id, each.default ?? ""]] : [])),
  );
  const html = (await liquid.parseAndRender(read("blocks/chat.liquid"), {
    block: {
      settings: { ...settings, greeting: "Hello! How can we help you today?", hours: "Monday to Friday, 9 to 17" },
    },
    request: { locale: { iso_code: "en" } },
    shop: { name: "Northwind Outfitters", privacy_policy: { url: "/policies/privacy-policy" } },
    cart: { item_count: 2 },
    customer: { id: 7_012_345_678_901 },
    product: { id: 8_012_345_678_901 },
  })) as string;
  expect(html).toContain('aria-label="Chat with us"');
  expect(html).toContain(".launch{");
  return html;
}

describe("the widget's weight", () => {
  it("is at most 4 KB before the shopper shows intent: launcher, its style and the loader", async () => {
    const bytes = gzipped(await markup()) + gzipped(read("assets/throughline-loader.js"));
    expect(bytes).toBeLessThanOrEqual(4 * 1024);
  });

  it("is at most 30 KB with the whole chat in the heaviest language", async () => {
    const words = assets.filter((name) => name.startsWith("throughline-words-"));
    expect(words.length).toBeGreaterThanOrEqual(10);
    const heaviest = Math.max(...words.map((name) => gzipped(read(`assets/${name}`))));
    const bytes =
      gzipped(await markup()) +
      gzipped(read("assets/throughline-loader.js")) +
      gzipped(read("assets/throughline-chat.js")) +
      heaviest;
    expect(bytes).toBeLessThanOrEqual(30 * 1024);
  });

  it("leaves the loader under the 10 KB that Shopify's check allows, uncompressed", () => {
    expect(Buffer.byteLength(read("assets/throughline-loader.js"))).toBeLessThan(10_000);
  });
});
