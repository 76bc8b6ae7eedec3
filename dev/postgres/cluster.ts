import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { Account } from "./account";
import type { Binaries } from "./binaries";
import { openElsewhere } from "./elsewhere";
import { damagedFolder, fullDisk, StartFailure } from "./failure";

export const SUPERUSER = "throughline";

/**
 * Makes the cluster's files in `data`. They are made beside it first and renamed when whole, so a
 * start that is killed halfway leaves nothing that looks like a cluster.
 *
 * @throws StartFailure when the disk is full or initdb refuses.
 */
export async function makeCluster(input: {
  data: string;
  password: string;
  binaries: Binaries;
  account: Account;
  durable: boolean;
}): Promise<void> {
  const { data, account } = input;
  const half = `${data}.half`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true, mode: 0o700 });
  // initdb reads the password as the account that runs it.
  const passwordFile = `${half}.password`;
  writeFileSync(passwordFile, `${input.password}\n`, { mode: 0o600 });
  if (account.uid !== undefined && account.gid !== undefined) {
    chownSync(half, account.uid, account.gid);
    chownSync(passwordFile, account.uid, account.gid);
  }
  try {
    await run(input.binaries.initdb, initdbArguments(half, passwordFile, input.durable), account, data);
    renameSync(half, data);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(half, { recursive: true, force: true });
  }
}

/** The built-in UTF-8 locale sorts and folds case alike on every machine. */
function initdbArguments(data: string, passwordFile: string, durable: boolean): string[] {
  return [
    `--pgdata=${data}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    ...(durable ? [] : ["--no-sync"]),
  ];
}

function run(program: string, args: string[], account: Account, folder: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...account, cwd: "/", stdio: ["ignore", "ignore", "pipe"], detached: true });
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-8000);
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) return resolve();
      if (/No space left on device/i.test(said)) return reject(fullDisk(folder));
      const reason = said.split("\n").findLast((line) => /error|fatal/i.test(line)) ?? said.trim().split("\n").at(-1);
      reject(new StartFailure("unusable-server", `PostgreSQL could not make its data folder ${folder}: ${reason}`));
    });
  });
}

/**
 * Where the data really lies. Normally `<folder>/data`; when the account cannot reach that (root's own
 * home), a place elsewhere, to which `<folder>/data` then links.
 */
export function placeData(folder: string, reachable: boolean): string {
  const data = join(folder, "data");
  if (reachable) return data;
  if (lstatSync(data, { throwIfNoEntry: false })?.isSymbolicLink()) {
    if (existsSync(data)) return realpathSync(data);
    rmSync(data);
  } else if (existsSync(data)) {
    throw new StartFailure(
      "not-yours",
      `PostgreSQL does not run as root and no other account can reach ${data}: move the checkout out of root's home, or start over with --reset.`,
    );
  }
  const real = join(openElsewhere(folder), "data");
  symlinkSync(real, data);
  return real;
}

/**
 * Whether a cluster is there.
 * @throws StartFailure `damaged-folder` when something else is, or another major version made it.
 */
export function clusterExists(data: string, major: string): boolean {
  if (!existsSync(data) || readdirSync(data).length === 0) return false;
  let version: string;
  try {
    version = readFileSync(join(data, "PG_VERSION"), "utf8").trim();
  } catch {
    throw damagedFolder(data, "it has no PG_VERSION");
  }
  if (version !== major) throw damagedFolder(data, `it was made by PostgreSQL ${version}, and this is ${major}`);
  return true;
}

/** The cluster's password, made once and readable by its owner only. */
export function keepPassword(folder: string): string {
  const file = join(folder, "password");
  if (existsSync(file)) {
    const kept = readFileSync(file, "utf8").trim();
    if (kept !== "") return kept;
  }
  const password = randomBytes(24).toString("base64url");
  writeFileSync(`${file}.half`, `${password}\n`, { mode: 0o600 });
  renameSync(`${file}.half`, file);
  return password;
}
