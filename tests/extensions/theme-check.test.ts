import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { themeCheckRun } from "@shopify/theme-check-node";
import { afterAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../extensions/storefront-chat", import.meta.url));
const copy = mkdtempSync(join(tmpdir(), "throughline-extension-"));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

async function offences(folder: string): Promise<string[]> {
  const { offenses } = await themeCheckRun(folder, "theme-check:theme-app-extension");
  return offenses.map((each) => `${each.check} ${each.uri.split("/").slice(-2).join("/")}: ${each.message}`);
}

describe("the theme app extension", () => {
  it("passes Shopify's theme check for app extensions without an offence", async () => {
    expect(await offences(root)).toEqual([]);
  }, 60_000);

  it("would not pass with a missing file, a missing text and an unknown filter", async () => {
    cpSync(root, copy, { recursive: true });
    const block = join(copy, "blocks/chat.liquid");
    const broken = readFileSync(block, "utf8")
      .replace("throughline-chat.js", "gone.js")
      .replace("shop.name | escape", "shop.name | nonsense");
    writeFileSync(block, `{{ 'chat.nowhere' | t }}${broken}`);
    const checks = (await offences(copy)).map((each) => each.split(" ")[0]);
    expect(checks).toEqual(expect.arrayContaining(["MissingAsset", "TranslationKeyExists", "UnknownFilter"]));
  }, 60_000);
});
