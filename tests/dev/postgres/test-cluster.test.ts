import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
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
