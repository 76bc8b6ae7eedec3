import { mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { canReach, chooseAccount } from "./account";
import { findBinaries, reachableBinaries } from "./binaries";
import { freePort, requireOwner, requireSpace } from "./checks";
import { clusterExists, keepPassword, makeCluster, placeData, SUPERUSER } from "./cluster";
import { answers } from "./databases";
import { elsewhereFor, sweepElsewhere } from "./elsewhere";
import { damagedFolder, fullDisk, StartFailure } from "./failure";
import { lockFolder } from "./folder-lock";
import { stopLeftovers } from "./leftovers";
import { endServer, launch, untilReady } from "./server";

export interface RunningPostgres {
  /** `postgres://…@127.0.0.1:<port>/throughline`, its password included: not for logs. */
  url: string;
  port: number;
  /** Resolves when the server ends without being asked to. */
  ended: Promise<void>;
  /** Stops the server and waits until every process of it is gone. */
  stop(): Promise<void>;
}

export interface StartOptions {
  /** Holds the data, the password, the log and the lock; made when it is not there. */
  folder: string;
  /** 0 takes a free one. */
  port: number;
  /** False trades durability for speed; for tests only. */
  durable?: boolean;
  /** Hears what is happening when it takes longer than a moment. */
  progress?: (what: string) => void;
}

const MAJOR = "18";
const DATABASE = "throughline";

/**
 * Starts PostgreSQL from npm on a data folder, making it the first time and recovering it after a crash.
 * What an earlier run left behind on the folder (a server whose starter was killed, its children) is stopped.
 *
 * @throws StartFailure with one sentence for a taken port, a damaged folder, a full disk or a second copy.
 */
export async function startPostgres(options: StartOptions): Promise<RunningPostgres> {
  const folder = resolve(options.folder);
  const durable = options.durable ?? true;
  // The account that PostgreSQL runs as passes through here; what is secret inside has its own mode.
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const lock = lockFolder(folder);
  try {
    const account = chooseAccount(join(folder, "data"));
    if (process.getuid?.() === 0) sweepElsewhere();
    const data = placeData(folder, canReach(account, folder));
    const binaries = reachableBinaries(await findBinaries(), account, folder);
    await stopLeftovers(data);
    requireSpace(folder);
    const password = keepPassword(folder);
    if (!clusterExists(data, MAJOR)) {
      options.progress?.("making the database's data folder");
      await makeCluster({ data, password, binaries, account, durable });
    }
    requireOwner(data, account);
    const port = await freePort(options.port);
    const server = launch({ folder, data, port, durable, account, program: binaries.postgres });
    const url = (database: string): string => `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
    try {
      await untilReady(server, { url: url("postgres"), folder, data, port, progress: options.progress });
      await answers(url("postgres"), DATABASE);
    } catch (error) {
      await endServer(server, data);
      // A server of ours that runs and yet refuses us has lost part of its own tables.
      throw error instanceof StartFailure ? error : damagedFolder(data, (error as Error).message);
    }
    let stopped: Promise<void> | null = null;
    return {
      url: url(DATABASE),
      port,
      ended: new Promise((resolve) => {
        server.child.once("exit", () => {
          if (!stopped) resolve();
        });
      }),
      stop: () => {
        stopped ??= endServer(server, data).finally(() => lock.release());
        return stopped;
      },
    };
  } catch (error) {
    lock.release();
    throw (error as NodeJS.ErrnoException).code === "ENOSPC" ? fullDisk(folder, error) : error;
  }
}

/** Deletes a data folder and whatever of it lies elsewhere. The server must not be running on it. */
export async function removePostgres(folder: string): Promise<void> {
  const whole = resolve(folder);
  mkdirSync(whole, { recursive: true });
  const lock = lockFolder(whole);
  await stopLeftovers(join(whole, "data"));
  rmSync(elsewhereFor(whole), { recursive: true, force: true });
  lock.release();
  rmSync(whole, { recursive: true, force: true });
}
