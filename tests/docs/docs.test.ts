import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "smol-toml";
import { describe, expect, it } from "vitest";
import { readEnv } from "../../app/env.server";

const read = (path: string) => readFileSync(path, "utf8");
const pages = ["README.md", "docs/map.md", ...readdirSync("docs/decisions").map((name) => `docs/decisions/${name}`)];
const foldersIn = (path: string) =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && readdirSync(join(path, entry.name)).length > 0)
    .map((entry) => entry.name);

describe("the documents", () => {
  it.each(pages)("%s links only to what is there", (page) => {
    const links = [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) => match[1] ?? "");
    const missing = links.filter((link) => !existsSync(join(dirname(page), link)));
    expect(missing).toEqual([]);
  });

  it.each(["README.md", "docs/map.md"])("%s names only files and folders that are there", (page) => {
    const roots = /^(app|dev|docs|extensions|prisma|tests|bench|\.ci)\//;
    const named = [...read(page).matchAll(/`([\w./*-]+)`/g)].map((match) => match[1] ?? "");
    const missing = named
      .filter((path) => roots.test(path) && !path.includes("*"))
      .filter((path) => !existsSync(path) && !BUILT.includes(path));
    expect(missing).toEqual([]);
  });

  it("have every folder on the map", () => {
    const map = read("docs/map.md");
    const section = (title: string) => map.split(/^## /m).find((each) => each.startsWith(title)) ?? "";
    const app = section("app/");
    const shopify = section("dev/shopify/");
    const beside = section("Beside it");
    expect(foldersIn("app").filter((name) => !app.includes(`| \`${name}/\` |`))).toEqual([]);
    expect(foldersIn("dev/shopify").filter((name) => !shopify.includes(`\`${name}/\``))).toEqual([]);
    expect(foldersIn("dev").filter((name) => !beside.includes(`\`dev/${name}/\``))).toEqual([]);
    expect(foldersIn("extensions").filter((name) => !beside.includes(`\`extensions/${name}/\``))).toEqual([]);
  });

  it("list every decision once", () => {
    const list = read("docs/decisions/README.md");
    const decisions = readdirSync("docs/decisions").filter((name) => /^\d{4}-/.test(name));
    for (const name of decisions) {
      expect(list.split(`](${name})`).length - 1, name).toBe(1);
      const head = read(`docs/decisions/${name}`).split("\n", 1)[0];
      expect(head, name).toMatch(new RegExp(`^# ${name.slice(0, 4)}: `));
    }
    expect(new Set(decisions.map((name) => name.slice(0, 4))).size).toBe(decisions.length);
  });

  it("say why each dependency is there", () => {
    const page = read("docs/decisions/0005-dependencies.md");
    const { dependencies, devDependencies } = JSON.parse(read("package.json")) as Record<
      string,
      Record<string, string>
    >;
    const unexplained = Object.keys({ ...dependencies, ...devDependencies })
      .filter((name) => !name.startsWith("@types/"))
      .filter((name) => !page.includes(`\`${name}\``) && !page.includes(`\`${name.split("/")[0]}/*\``));
    expect(unexplained).toEqual([]);
  });

  it("give a reason for each scope that the app asks for, and for no other", () => {
    const toml = parse(read("shopify.app.toml")) as { access_scopes: { scopes: string } };
    const table = read("README.md").split("### Scopes")[1]?.split("###")[0] ?? "";
    const explained = [...table.matchAll(/^\| `(\w+)` \| .{20,} \|$/gm)].map((match) => match[1]);
    expect(explained.sort()).toEqual(toml.access_scopes.scopes.split(",").sort());
  });

  it("name every setting, and which are needed", () => {
    const section = read("README.md").split("### Settings")[1]?.split("\n## ")[0] ?? "";
    const rows = [...section.matchAll(/^\| (`[A-Z_`, ]+`) \| (yes|) ?\| /gm)];
    const needed = rows.filter((row) => row[2] === "yes").flatMap((row) => names(row[1]));
    const documented = [...section.matchAll(/`([A-Z][A-Z_]+)`/g)].map((match) => match[1] ?? "");
    expect(missingSettings()).toEqual(needed.sort());
    const known = [...read("app/env.server.ts").matchAll(/^ {4}([A-Z][A-Z_]+): z\./gm)].map((match) => match[1] ?? "");
    expect([...new Set(documented)].sort()).toEqual(known.sort());
  });
});

/** What `npm run build` makes and git ignores. */
const BUILT = ["extensions/storefront-chat/assets/"];

function names(cell: string | undefined): string[] {
  return [...(cell ?? "").matchAll(/`([A-Z_]+)`/g)].map((match) => match[1] ?? "");
}

/** The settings without which the app says that it cannot start. */
function missingSettings(): string[] {
  try {
    readEnv({});
  } catch (error) {
    return [...String(error).matchAll(/\b([A-Z][A-Z]+_[A-Z_]+|SCOPES)\b/g)].map((match) => match[1] ?? "").sort();
  }
  return [];
}
