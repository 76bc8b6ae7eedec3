import { randomBytes } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execute, withDatabase } from "../dev/postgres/databases";
import { applyMigrations } from "../dev/postgres/migrate";
import { removePostgres, startPostgres } from "../dev/postgres/start";

const root = fileURLToPath(new URL("..", import.meta.url));

export interface BenchDatabase {
  url: string;
  /** Which PostgreSQL it is, for the head of the report. */
  what: string;
  stop(): Promise<void>;
}

/** A migrated database of this run alone, on a server that keeps what it acknowledges (fsync on). */
export async function benchDatabase(): Promise<BenchDatabase> {
  const given = process.env.BENCH_DATABASE_URL;
  if (given) {
    const name = `throughline_bench_${randomBytes(4).toString("hex")}`;
    await execute(given, `CREATE DATABASE ${name}`);
    const url = withDatabase(given, name);
    await applyMigrations(url, root);
    return { url, what: "the given PostgreSQL", stop: () => execute(given, `DROP DATABASE ${name} WITH (FORCE)`) };
  }
  const folder = mkdtempSync(join(tmpdir(), "throughline-bench-"));
  const server = await startPostgres({ folder, port: 0, durable: true });
  await applyMigrations(server.url, root);
  return {
    url: server.url,
    what: "PostgreSQL from npm, fsync on",
    stop: async () => {
      await server.stop();
      await removePostgres(folder);
    },
  };
}
