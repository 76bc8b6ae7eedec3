import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * `npm run migrate:new -- what_changes`: writes the migration from the models as last committed to those at hand. The
 * engine without binaries cannot replay migrations (`migrate dev`), so it compares models with models, and
 * `tests/prisma/migrations.test.ts` shows that all migrations together still make what the models say.
 */
function main(name: string | undefined): void {
  if (!name || !/^[a-z][a-z0-9_]*$/.test(name)) {
    throw new Error("Say what changes, in lower case with underscores: npm run migrate:new -- sale_of_cart");
  }
  const before = committedModels();
  try {
    const sql = difference(before, join(root, "prisma"));
    if (!/^\s*(ALTER|CREATE|DROP)/m.test(sql)) {
      throw new Error("The models in prisma/ are as last committed: there is nothing to migrate.");
    }
    const folder = join(root, "prisma", "migrations", `${stamp(new Date())}_${name}`);
    mkdirSync(folder);
    writeFileSync(join(folder, "migration.sql"), sql);
    console.log(`Wrote ${folder}/migration.sql. Read it: what loses data or locks a large table is yours to see.`);
  } finally {
    rmSync(before, { recursive: true, force: true });
  }
}

/** The `.prisma` files of the last commit, in a folder of their own. */
function committedModels(): string {
  const folder = mkdtempSync(join(tmpdir(), "throughline-models-"));
  const git = (...words: string[]) => execFileSync("git", words, { cwd: root, encoding: "utf8" });
  for (const path of git("ls-tree", "--name-only", "HEAD", "prisma/").split("\n")) {
    if (path.endsWith(".prisma"))
      writeFileSync(join(folder, path.slice("prisma/".length)), git("show", `HEAD:${path}`));
  }
  if (readdirSync(folder).length === 0) throw new Error("The last commit has no models in prisma/ to start from.");
  return folder;
}

function difference(from: string, to: string): string {
  const prisma = createRequire(import.meta.url).resolve("prisma/build/index.js");
  const words = ["migrate", "diff", "--from-schema-datamodel", from, "--to-schema-datamodel", to, "--script"];
  return execFileSync(process.execPath, [prisma, ...words], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    env: { DATABASE_URL: "postgresql://not-used/none", ...process.env, PRISMA_HIDE_UPDATE_MESSAGE: "1" },
  });
}

const stamp = (now: Date): string => now.toISOString().replace(/\D/g, "").slice(0, 14);

try {
  main(process.argv[2]);
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
