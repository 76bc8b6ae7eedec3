import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execute, withDatabase } from "./databases";
import { StartFailure } from "./failure";
import { removePostgres, startPostgres } from "./start";

export interface TestPostgres {
  /** An empty database of this run alone; its user may create others beside it. */
  url: string;
  stop(): Promise<void>;
}

/**
 * One PostgreSQL for a test run. `TEST_DATABASE_URL`, else `DATABASE_URL`, names a server to use; without
 * either a cluster is made in a temporary folder, without fsync, and deleted at the end. On a server that
 * is there the run makes a database of its own and drops it: the one in the URL is never touched.
 */
export async function startTestPostgres(): Promise<TestPostgres> {
  const given = process.env.TEST_DATABASE_URL || process.env.DATABASE_URL;
  if (given) return onServer(given);
  const parent = join(tmpdir(), `throughline-tests-${process.getuid?.() ?? "all"}`);
  mkdirSync(parent, { recursive: true });
  chmodSync(parent, 0o755);
  await sweep(parent);
  const folder = mkdtempSync(join(parent, "run-"));
  chmodSync(folder, 0o755);
  const server = await startPostgres({ folder, port: 0, durable: false });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      await removePostgres(folder);
    },
  };
}

async function onServer(given: string): Promise<TestPostgres> {
  const name = `throughline_test_${randomBytes(6).toString("hex")}`;
  await execute(given, `CREATE DATABASE ${name}`);
  return {
    url: withDatabase(given, name),
    stop: () => execute(given, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

/** Clusters of runs that were killed: nobody holds their folder any more. */
async function sweep(parent: string): Promise<void> {
  for (const name of readdirSync(parent)) {
    try {
      await removePostgres(join(parent, name));
    } catch (error) {
      if (!(error instanceof StartFailure)) throw error;
    }
  }
}
