import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { StartFailure } from "./failure";

export interface FolderLock {
  release(): void;
}

/**
 * Takes a folder for this process alone, making it when it is not there. The lock is an operating
 * system's lock on an open file (held by SQLite), so `kill -9` frees it at once and a pid that was
 * given to another program cannot be mistaken for its owner.
 *
 * @throws StartFailure `second-copy` when a living process holds the folder.
 */
export function lockFolder(folder: string): FolderLock {
  mkdirSync(folder, { recursive: true });
  const ownerFile = join(folder, "owner.pid");
  const database = new DatabaseSync(join(folder, "owner.lock"));
  try {
    database.exec("PRAGMA busy_timeout = 0");
    database.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    database.close();
    if (!/locked|busy/i.test(String(error))) throw error;
    throw new StartFailure(
      "second-copy",
      `Another copy is already running on ${folder}${ownerOf(ownerFile)}: stop it first, or clone the repository once more to run two.`,
    );
  }
  writeFileSync(ownerFile, `${process.pid}\n`);
  return { release: () => database.close() };
}

/** Only for the sentence: the lock decides, the pid helps to find the other copy. */
function ownerOf(file: string): string {
  try {
    return ` (process ${readFileSync(file, "utf8").trim()})`;
  } catch {
    return "";
  }
}
