import { fileURLToPath } from "node:url";
import { themeCheckRun } from "@shopify/theme-check-node";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../extensions/storefront-chat", import.meta.url));

describe("the theme app extension", () => {
  it("passes Shopify's theme check for app extensions without an offence", async () => {
    const { offenses, config } = await themeCheckRun(root, "theme-check:theme-app-extension");
    expect(config.settings["AppBlockMissingSchema"]?.enabled).toBe(true);
    expect(offenses.map((each) => `${each.check} ${each.uri.split("/").slice(-2).join("/")}: ${each.message}`)).toEqual(
      [],
    );
  }, 60_000);
});
