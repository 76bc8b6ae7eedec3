import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { execute, withDatabase } from "../../dev/postgres/databases";

/** Indexes that Prisma's models cannot say (partial ones), each with its reason. */
const onlyInMigrations: Record<string, string> = {
  channel_account_forwarding: "the address that mail is forwarded to, in the JSON of settings",
  channel_account_of_one_shop: "a disconnected account may be connected elsewhere",
  delivery_underway: "only the few that have not left, of all that were ever sent",
  message_once_an_account: "the chat has no ids of a provider",
  customer_name: "only names of several words say anything",
  customer_words: "an index on words that are computed",
  message_words: "an index on words that are computed",
  message_of_browser: "only what shoppers wrote names a browser",
  message_of_leaf: "only what shoppers wrote names a leaf",
  reconcile_run_under_way: "one reconciliation at a time in a shop",
  shopify_order_cart: "few orders come from a cart of ours",
  shopify_order_cart_token: "many orders have no cart",
  shopify_order_guest_email: "only guests are found by what they wrote",
  shopify_order_guest_phone: "only guests are found by what they wrote",
  shopify_customer_words: "search by the beginnings of words",
  shopify_product_words: "search by the beginnings of words",
  shopify_company_contacts: "whom a person buys for, in the JSON of contacts",
  webhook_delivery_waiting: "only the few that wait to be handled together, of all that are kept",
};

/** Columns that the database computes: the models only know that they need not be given. */
const computed = ["customer personId uuid not null", "customer provenId uuid not null"];

const root = fileURLToPath(new URL("../..", import.meta.url));
const template = inject("templateUrl");
const name = `throughline_models_${randomBytes(6).toString("hex")}`;
const migrated = { url: template };
const modelled = { url: withDatabase(template, name) };

beforeAll(async () => {
  const prisma = createRequire(import.meta.url).resolve("prisma/build/index.js");
  const words = ["migrate", "diff", "--from-empty", "--to-schema-datamodel", "prisma", "--script"];
  const environment = { ...process.env, DATABASE_URL: template, PRISMA_HIDE_UPDATE_MESSAGE: "1" };
  const { stdout } = await promisify(execFile)(process.execPath, [prisma, ...words], { cwd: root, env: environment });
  await execute(withDatabase(template, "postgres"), `CREATE DATABASE ${name}`);
  await execute(modelled.url, stdout);
});

afterAll(() => execute(withDatabase(template, "postgres"), `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));

const ours = `n.nspname = 'public' AND NOT t.relispartition AND t.relname <> '_prisma_migrations'`;

const catalogue = {
  tables: `SELECT t.relname AS line FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
            WHERE ${ours} AND t.relkind IN ('r', 'p')`,
  columns: `SELECT concat_ws(' ', t.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                   CASE WHEN a.attnotnull THEN 'not null' END, pg_get_expr(d.adbin, d.adrelid)) AS line
              FROM pg_attribute a JOIN pg_class t ON t.oid = a.attrelid JOIN pg_namespace n ON n.oid = t.relnamespace
              LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = a.attnum
             WHERE ${ours} AND t.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped`,
  constraints: `SELECT concat_ws(' ', t.relname, c.conname, pg_get_constraintdef(c.oid)) AS line
                  FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_namespace n ON n.oid = t.relnamespace
                 WHERE ${ours} AND c.contype <> 'n'`,
  indexes: `SELECT replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ') AS line
              FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
             WHERE ${ours}`,
};

async function lines(url: string, query: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<{ line: string }>(query)).rows.map((row) => row.line).sort();
  } finally {
    await client.end();
  }
}

describe("all migrations together", () => {
  it.each(Object.entries(catalogue))("make the same %s as the models", async (_what, query) => {
    const [made, said] = [await lines(migrated.url, query), await lines(modelled.url, query)];
    const extra = (line: string) => Object.keys(onlyInMigrations).some((index) => line.includes(` ${index} ON `));
    const plain = (line: string) => computed.find((column) => line.startsWith(`${column} `)) ?? line;
    expect(made.filter((line) => !extra(line)).map(plain)).toEqual(said);
    expect(said.length).toBeGreaterThan(5);
  });

  it("leave a partition for what has no month yet", async () => {
    const found = await lines(
      migrated.url,
      `SELECT inhparent::regclass::text || ' ' || inhrelid::regclass::text AS line FROM pg_inherits i
         JOIN pg_class t ON t.oid = i.inhparent WHERE t.relkind = 'p'`,
    );
    expect(found).toEqual(["event event_default", "page_view page_view_default"]);
  });
});

it("every key and every reference to another table of a shop begins with the shop", async () => {
  const shopless = ["log_cursor", "file_to_remove", "shop", "session", "webhook_delivery", "shop_erasure"];
  const keys = await lines(
    migrated.url,
    `SELECT concat_ws('|', t.relname, pg_get_constraintdef(c.oid)) AS line
       FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_namespace n ON n.oid = t.relnamespace
      WHERE ${ours} AND c.contype IN ('p', 'u', 'f')`,
  );
  const wrong = keys.filter((line) => {
    const [table = "", definition = ""] = line.split("|");
    return !shopless.includes(table) && !/^(PRIMARY KEY|UNIQUE|FOREIGN KEY) \("shopId"[,)]/.test(definition);
  });
  expect(wrong).toEqual([]);
});

it("every migration is a folder with plain statements that the engine can split", () => {
  const folder = `${root}/prisma/migrations`;
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.length).toBeGreaterThan(0);
  for (const { name: migration } of folders) {
    expect(migration).toMatch(/^\d{14}_[a-z0-9_]+$/);
    const sql = readFileSync(`${folder}/${migration}/migration.sql`, "utf8");
    expect(sql, `${migration} has a $$ body, which the engine cuts at its first ;`).not.toContain("$$");
    for (const comment of sql.match(/--.*$/gm) ?? [])
      expect(comment, `${migration}: a ; in a comment`).not.toContain(";");
  }
});
