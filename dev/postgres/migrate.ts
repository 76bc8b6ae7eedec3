import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import pg from "pg";
import { StartFailure } from "./failure";

/**
 * Brings a database to the newest migration with `prisma migrate deploy`, which takes seconds to start and
 * is therefore left out when the database already lists every migration.
 *
 * @param root the repository's folder, which holds `prisma/` and `prisma.config.ts`.
 * @param signal ends it halfway.
 * @returns the names applied; empty when there was nothing to do.
 * @throws StartFailure with what Prisma said when a migration fails.
 */
export async function applyMigrations(url: string, root: string, signal?: AbortSignal): Promise<string[]> {
  const folder = join(root, "prisma", "migrations");
  const applied = await inDatabase(url, async (client) => {
    await settleUnfinished(client, folder);
    return appliedMigrations(client);
  });
  const missing = migrationsIn(folder).filter((name) => !applied.has(name));
  if (missing.length > 0) await deploy(url, root, signal);
  return missing;
}

async function inDatabase<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Errors that say a thing is there already: duplicate table, object, column, schema, index. */
const THERE_ALREADY = new Set(["42P07", "42710", "42701", "42P06", "42P16"]);

/**
 * Settles migrations that a killed deploy has begun and not finished, on which Prisma would refuse to go on. The
 * SQL of one runs as a whole or not at all: it is tried once more and taken back, and what it says tells whether
 * the kill came before it was committed (forget the attempt) or after (it is applied).
 */
async function settleUnfinished(client: pg.Client, folder: string): Promise<void> {
  if (!(await hasTable(client))) return;
  const { rows } = await client.query<{ id: string; migration_name: string }>(
    "SELECT id, migration_name FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL",
  );
  for (const { id, migration_name } of rows) {
    const file = join(folder, migration_name, "migration.sql");
    if (!existsSync(file)) continue;
    const isApplied = await tryOut(client, readFileSync(file, "utf8"));
    await client.query(
      isApplied
        ? "UPDATE _prisma_migrations SET finished_at = now(), applied_steps_count = 1, logs = NULL WHERE id = $1"
        : "DELETE FROM _prisma_migrations WHERE id = $1",
      [id],
    );
  }
}

async function tryOut(client: pg.Client, sql: string): Promise<boolean> {
  await client.query("BEGIN");
  try {
    await client.query(sql);
    return false;
  } catch (error) {
    return THERE_ALREADY.has((error as { code?: string }).code ?? "");
  } finally {
    await client.query("ROLLBACK");
  }
}

async function hasTable(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(
    "SELECT to_regclass('_prisma_migrations') IS NOT NULL AS found",
  );
  return rows[0]?.found === true;
}

async function appliedMigrations(client: pg.Client): Promise<Set<string>> {
  if (!(await hasTable(client))) return new Set();
  const { rows } = await client.query<{ migration_name: string }>(
    "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
  );
  return new Set(rows.map((row) => row.migration_name));
}

function migrationsIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, "migration.sql")))
    .map((entry) => entry.name)
    .sort();
}

function deploy(url: string, root: string, signal?: AbortSignal): Promise<void> {
  const prisma = createRequire(join(root, "package.json")).resolve("prisma/build/index.js");
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [prisma, "migrate", "deploy"], {
      cwd: root,
      // The next start settles what was under way.
      signal,
      killSignal: "SIGKILL",
      env: { ...process.env, DATABASE_URL: url, CHECKPOINT_DISABLE: "1", PRISMA_HIDE_UPDATE_MESSAGE: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    const hear = (chunk: Buffer): void => {
      said = (said + chunk.toString()).slice(-8000);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) return resolve();
      const reason = said.split("\n").find((line) => /error/i.test(line)) ?? said.trim().split("\n").at(-1);
      reject(
        new StartFailure("unusable-server", `The database's migrations could not be applied: ${reason?.trim()}`, {
          cause: said,
        }),
      );
    });
  });
}
