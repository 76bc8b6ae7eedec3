import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { execute, withDatabase } from "../../../dev/postgres/databases";
import { applyMigrations } from "../../../dev/postgres/migrate";
import { startTestPostgres, type TestPostgres } from "../../../dev/postgres/test-cluster";

let server: TestPostgres;

beforeAll(async () => {
  vi.stubEnv("TEST_DATABASE_URL", "");
  vi.stubEnv("DATABASE_URL", "");
  server = await startTestPostgres();
  vi.unstubAllEnvs();
});
afterEach(() => {
  vi.unstubAllEnvs();
});
afterAll(() => server.stop());

async function names(): Promise<string[]> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  const { rows } = await client.query<{ datname: string }>("SELECT datname FROM pg_database");
  await client.end();
  return rows.map((row) => row.datname);
}

test("with TEST_DATABASE_URL the run gets a database of its own on that server, and drops it", async () => {
  vi.stubEnv("TEST_DATABASE_URL", server.url);
  const run = await startTestPostgres();
  const name = new URL(run.url).pathname.slice(1);
  expect(new URL(run.url).port).toBe(new URL(server.url).port);
  expect(name).not.toBe(new URL(server.url).pathname.slice(1));
  expect(await names()).toContain(name);
  await run.stop();
  expect(await names()).not.toContain(name);
});

test("migrations that the database lists already are not applied again", async () => {
  const root = mkdtempSync(join(tmpdir(), "migrations-"));
  mkdirSync(join(root, "prisma", "migrations", "20260101000000_first"), { recursive: true });
  writeFileSync(join(root, "prisma", "migrations", "20260101000000_first", "migration.sql"), "SELECT 1;");
  writeFileSync(join(root, "prisma", "migrations", "migration_lock.toml"), "");
  await execute(server.url, "CREATE DATABASE migrated");
  const url = withDatabase(server.url, "migrated");
  await execute(
    url,
    "CREATE TABLE _prisma_migrations (migration_name text, finished_at timestamptz, rolled_back_at timestamptz)",
    "INSERT INTO _prisma_migrations VALUES ('20260101000000_first', now(), NULL)",
  );
  expect(await applyMigrations(url, root)).toEqual([]);
  // One that was begun and never finished is not applied: Prisma is asked, and there is none in this folder.
  await execute(url, "UPDATE _prisma_migrations SET finished_at = NULL");
  await expect(applyMigrations(url, root)).rejects.toThrow(/prisma/);
  rmSync(root, { recursive: true });
});
