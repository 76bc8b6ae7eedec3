import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { execute, withDatabase } from "../../../dev/postgres/databases";
import { applyMigrations } from "../../../dev/postgres/migrate";
import { startTestPostgres, type TestPostgres } from "../../../dev/postgres/test-cluster";

const repository = join(import.meta.dirname, "../../..");
const FIRST = "20260101000000_first";
const SECOND = "20260102000000_second";
let server: TestPostgres;
let root: string;

vi.setConfig({ testTimeout: 90_000 });

/** The real Prisma, with two migrations of our own. */
beforeAll(async () => {
  server = await startTestPostgres();
  root = mkdtempSync(join(tmpdir(), "migrations-"));
  symlinkSync(join(repository, "node_modules"), join(root, "node_modules"));
  cpSync(join(repository, "prisma.config.ts"), join(root, "prisma.config.ts"));
  writeFileSync(join(root, "package.json"), JSON.stringify({ name: "small", type: "module" }));
  mkdirSync(join(root, "prisma", "migrations"), { recursive: true });
  const schema =
    'generator client {\n  provider = "prisma-client"\n  output = "./out"\n  engineType = "client"\n}\ndatasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\n';
  writeFileSync(join(root, "prisma", "schema.prisma"), schema);
  writeFileSync(join(root, "prisma", "migrations", "migration_lock.toml"), 'provider = "postgresql"\n');
  migration(FIRST, "CREATE TABLE shelf (id int PRIMARY KEY);\nINSERT INTO shelf VALUES (1);");
  migration(SECOND, "ALTER TABLE shelf ADD COLUMN name text;\nCREATE TABLE book (id int PRIMARY KEY);");
});
afterAll(async () => {
  await server.stop();
  rmSync(root, { recursive: true });
});

function migration(name: string, sql: string): void {
  mkdirSync(join(root, "prisma", "migrations", name));
  writeFileSync(join(root, "prisma", "migrations", name, "migration.sql"), sql);
}

async function fresh(name: string, template = "template1"): Promise<string> {
  await execute(server.url, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  return withDatabase(server.url, name);
}

async function rows(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const result = await client.query(sql);
  await client.end();
  return result.rows;
}

test("an empty database gets every migration once", async () => {
  const url = await fresh("empty");
  expect(await applyMigrations(url, root)).toEqual([FIRST, SECOND]);
  expect(await rows(url, "SELECT id, name FROM shelf")).toEqual([{ id: 1, name: null }]);
  expect(await applyMigrations(url, root)).toEqual([]);
});

test("a deploy that was killed before a migration was committed goes on", async () => {
  const url = await fresh("before", "empty");
  await execute(
    url,
    "DROP TABLE book",
    "ALTER TABLE shelf DROP COLUMN name",
    `UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '${SECOND}'`,
  );
  expect(await applyMigrations(url, root)).toEqual([SECOND]);
  expect(await rows(url, "SELECT count(*)::int AS n FROM book")).toEqual([{ n: 0 }]);
});

test("a deploy that was killed after a migration was committed does not apply it twice", async () => {
  const url = await fresh("after", "empty");
  await execute(url, `UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '${SECOND}'`);
  expect(await applyMigrations(url, root)).toEqual([]);
  expect(await rows(url, "SELECT count(*)::int AS n FROM _prisma_migrations WHERE finished_at IS NOT NULL")).toEqual([
    { n: 2 },
  ]);
});

test("a migration that fails is told in a sentence", async () => {
  const url = await fresh("broken");
  await execute(url, "CREATE TABLE shelf (id int)");
  await expect(applyMigrations(url, root)).rejects.toMatchObject({
    sentence: expect.stringMatching(/^The database's migrations could not be applied: .+/),
  });
});
