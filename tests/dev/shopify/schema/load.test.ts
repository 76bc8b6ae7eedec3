import { createHash } from "node:crypto";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { create } from "tar";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { schemaFile } from "../../../../dev/shopify/schema/fetch-data";
import { API_VERSION, loadAdminSchema } from "../../../../dev/shopify/schema/load";
import { isGranted } from "../../../../dev/shopify/schema/scope-map";

describe("the official schema", () => {
  test("is version 2026-07, read once", async () => {
    const admin = await loadAdminSchema();
    expect(admin.version).toBe(API_VERSION);
    expect(await loadAdminSchema()).toBe(admin);
    const order = admin.schema.getType("Order");
    expect(order && "getFields" in order && Object.keys(order.getFields())).toContain("cartToken");
    expect(admin.schema.getMutationType()?.getFields()).toHaveProperty("draftOrderCalculate");
  });

  test("comes with the scopes that types and fields need", async () => {
    const { scopes } = await loadAdminSchema();
    expect(scopes.ofType("Customer")).toEqual({ anyOf: ["read_customers"], wording: "`read_customers` access scope." });
    expect(scopes.ofField("Mutation", "draftOrderInvoiceSend")?.anyOf).toEqual(["write_draft_orders"]);
    expect(scopes.ofType("Shop")).toBeNull();
    const need = { anyOf: ["read_orders", "read_quick_sale"], wording: "" };
    expect(isGranted(need, ["write_orders"])).toBe(true);
    expect(isGranted(need, ["read_products"])).toBe(false);
    expect(isGranted({ anyOf: ["write_orders"], wording: "" }, ["read_orders"])).toBe(false);
  });
});

describe("fetching", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "schema-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test("refuses a package that is not what was published, and leaves nothing behind", async () => {
    const fetchOther = (into: string) => writeFile(join(into, "other.tgz"), "not the package");
    await expect(schemaFile(folder, fetchOther)).rejects.toThrow(/is not what was published: its sha512 differs/);
    expect(await readdir(folder)).toEqual([]);
  });

  test("says in one sentence that the network is missing", async () => {
    const offline = () =>
      Promise.reject(new Error("The Admin API schema is not in .cache yet, and npm could not fetch it."));
    await expect(schemaFile(folder, offline)).rejects.toThrow("npm could not fetch");
    expect(await readdir(folder)).toEqual([]);
  });

  test("by several at once gives each the same whole file and leaves nothing else", async () => {
    const member = join(folder, "source", "package/dist/data/admin_2026-07.json.gz");
    await mkdir(dirname(member), { recursive: true });
    await writeFile(member, gzipSync('{"data":{}}'));
    await writeFile(join(folder, "source", "package/dist/data/other.json.gz"), "not wanted");
    const tarball = join(folder, "published.tgz");
    await create({ gzip: true, file: tarball, cwd: join(folder, "source") }, ["package"]);
    const digest = createHash("sha512")
      .update(await readFile(tarball))
      .digest("base64");
    const cache = join(folder, "cache");
    const fetchIt = (into: string) => copyFile(tarball, join(into, "package.tgz"));
    const files = await Promise.all([1, 2, 3].map(() => schemaFile(cache, fetchIt, `sha512-${digest}`)));
    expect(new Set(files)).toEqual(new Set([join(cache, "admin_2026-07.json")]));
    expect(await readFile(files[0] ?? "", "utf8")).toBe('{"data":{}}');
    expect(await readdir(cache)).toEqual(["admin_2026-07.json"]);
  });

  test("takes a file that is there without fetching", async () => {
    await writeFile(join(folder, "admin_2026-07.json"), "{}");
    const never = () => Promise.reject(new Error("fetched"));
    expect(await schemaFile(folder, never)).toBe(join(folder, "admin_2026-07.json"));
  });
});
