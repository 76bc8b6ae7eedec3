import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import pg from "pg";
import { StartFailure } from "./failure";

/**
 * Brings a database to the newest migration with `prisma migrate deploy`, which takes seconds to start and
 * is therefore left out when the database already lists every migration.
 *
 * @param root the repository's folder, which holds `prisma/` and `prisma.config.ts`.
 * @returns the names applied; empty when there was nothing to do.
 * @throws StartFailure with what Prisma said when a migration fails.
 */
export async function applyMigrations(url: string, root: string): Promise<string[]> {
  const applied = await appliedMigrations(url);
  const missing = migrationsIn(join(root, "prisma", "migrations")).filter((name) => !applied.has(name));
  if (missing.length > 0) await deploy(url, root);
  return missing;
}

function migrationsIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, "migration.sql")))
    .map((entry) => entry.name)
    .sort();
}

async function appliedMigrations(url: string): Promise<Set<string>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ migration_name: string }>(
      "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
    );
    return new Set(rows.map((row) => row.migration_name));
  } catch (error) {
    // 42P01: a database without the table has no migration yet.
    if ((error as { code?: string }).code === "42P01") return new Set();
    throw error;
  } finally {
    await client.end();
  }
}

function deploy(url: string, root: string): Promise<void> {
  const prisma = createRequire(join(root, "package.json")).resolve("prisma/build/index.js");
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [prisma, "migrate", "deploy"], {
      cwd: root,
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
