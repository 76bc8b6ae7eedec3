import { randomBytes } from "node:crypto";
import { afterAll, inject } from "vitest";
import { type Database, openDatabase } from "~/db.server";
import { prepareJobs } from "~/jobs/run";
import { execute, withDatabase } from "../../dev/postgres/databases";

/**
 * A database of this test file alone, migrated, with the job tables. Call it at the top of a `describe` or a file's
 * `beforeAll`; it is dropped after the file's last test.
 */
export async function testDatabase(): Promise<Database & { url: string }> {
  const template = inject("templateUrl");
  const name = `throughline_test_${randomBytes(6).toString("hex")}`;
  const maintenance = withDatabase(template, "postgres");
  await copy(maintenance, name, new URL(template).pathname.slice(1));
  const url = withDatabase(template, name);
  const db = openDatabase(url, 10);
  await prepareJobs(db);
  afterAll(async () => {
    await db.close();
    await execute(maintenance, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  });
  return { ...db, url };
}

/** A template can be copied by one session at a time (55006 while it is in use): wait for the other test file. */
async function copy(maintenance: string, name: string, template: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await execute(maintenance, `CREATE DATABASE ${name} TEMPLATE ${template}`);
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== "55006" || tries > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
