import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { afterAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const committed = join(root, "extensions/storefront-chat/assets");
const built = mkdtempSync(join(tmpdir(), "throughline-widget-"));
afterAll(() => rmSync(built, { recursive: true, force: true }));

const contents = (folder: string): Record<string, string> =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]));

describe("the extension's assets", () => {
  it("are what app/widget builds to; `npm run build:widget` makes them", async () => {
    process.env["WIDGET_OUT"] = built;
    const before = process.env["NODE_ENV"];
    process.env["NODE_ENV"] = "production";
    try {
      await build({ configFile: join(root, "vite.widget.config.ts"), root, logLevel: "error", mode: "production" });
    } finally {
      process.env["NODE_ENV"] = before;
      delete process.env["WIDGET_OUT"];
    }
    const [ours, fresh] = [contents(committed), contents(built)];
    expect(Object.keys(ours).sort()).toEqual(Object.keys(fresh).sort());
    for (const [name, text] of Object.entries(fresh)) expect(ours[name] === text, `${name} is not fresh`).toBe(true);
  }, 60_000);
});
