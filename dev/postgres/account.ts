import { execFileSync, spawnSync } from "node:child_process";
import { statSync } from "node:fs";

/** Whom PostgreSQL runs as: it refuses root. Empty for an ordinary user, who runs it as themselves. */
export interface Account {
  uid?: number;
  gid?: number;
}

/**
 * Chooses the account. Root takes the owner of the data when there is some, else the system's `postgres`,
 * else `nobody`, which every system has: no account is added to the machine.
 */
export function chooseAccount(dataFolder: string): Account {
  if (process.getuid?.() !== 0) return {};
  const owner = ownerOf(dataFolder);
  if (owner && owner.uid !== 0) return owner;
  return accountNamed("postgres") ?? accountNamed("nobody") ?? { uid: 65534, gid: 65534 };
}

/** The owner of a folder, or null when it is not there. */
export function ownerOf(folder: string): { uid: number; gid: number } | null {
  try {
    const { uid, gid } = statSync(folder);
    return { uid, gid };
  } catch {
    return null;
  }
}

function accountNamed(name: string): { uid: number; gid: number } | null {
  try {
    const ask = (flag: string): number =>
      Number(execFileSync("id", [flag, name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim());
    return { uid: ask("-u"), gid: ask("-g") };
  } catch {
    return null;
  }
}

/** Whether the account can pass through every folder above `path` and run or enter it. */
export function canReach(account: Account, path: string): boolean {
  if (account.uid === undefined) return true;
  return spawnSync("/bin/sh", ["-c", 'test -x "$1"', "sh", path], { ...account, cwd: "/" }).status === 0;
}
