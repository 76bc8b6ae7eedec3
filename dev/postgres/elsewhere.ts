import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";

/** Holds what an account that may not enter root's home has to reach. */
const PARENT = "/var/lib/throughline-local";

/** The place outside of `folder` that is its own. It is made only when something is put there. */
export function elsewhereFor(folder: string): string {
  return join(PARENT, createHash("sha256").update(folder).digest("hex").slice(0, 16));
}

/** Makes the place and writes down whose it is. */
export function openElsewhere(folder: string): string {
  const place = elsewhereFor(folder);
  mkdirSync(place, { recursive: true, mode: 0o755 });
  writeFileSync(join(place, "folder"), folder);
  return place;
}

/**
 * Deletes the places of temporary folders that are not there any more. Others are left: a folder that cannot be
 * seen may be on a disk that is not mounted today.
 */
export function sweepElsewhere(): void {
  if (!existsSync(PARENT)) return;
  for (const name of readdirSync(PARENT)) {
    const note = join(PARENT, name, "folder");
    const folder = existsSync(note) ? readFileSync(note, "utf8") : "";
    if (folder.startsWith(tmpdir() + sep) && !existsSync(folder)) {
      rmSync(join(PARENT, name), { recursive: true, force: true });
    }
  }
}
