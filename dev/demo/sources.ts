import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** What the build is made from. Folders are read whole. */
const SOURCES = [
  "app",
  "extensions",
  "prisma",
  "public",
  "package.json",
  "package-lock.json",
  "remix.config.js",
  "tsconfig.json",
  "vite.config.ts",
  "vite.widget.config.ts",
];

/** The build's own output inside them. */
const OUTPUT = /^extensions\/[^/]+\/assets\//;

/** A hash over the names and contents of everything that the build reads. */
export function hashSources(root: string): string {
  const hash = createHash("sha256");
  hash.update(process.version);
  for (const path of SOURCES.flatMap((source) => filesUnder(root, source))) {
    if (OUTPUT.test(path)) continue;
    hash.update(`\n${path}\n`).update(readFileSync(join(root, path)));
  }
  return hash.digest("hex");
}

/** The files at or below a path of the repository, in a fixed order; none when it is not there. */
export function filesUnder(root: string, path: string): string[] {
  const whole = join(root, path);
  if (!existsSync(whole)) return [];
  if (statSync(whole).isFile()) return [path];
  return readdirSync(whole, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith("."))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() || entry.isFile() ? filesUnder(root, `${path}/${entry.name}`) : []));
}
