import { type ChildProcess, spawn } from "node:child_process";
import { chownSync, closeSync, mkdirSync, openSync, readFileSync, rmSync, statfsSync, statSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Account, canReach, chooseAccount, ownerOf } from "./account";
import { findBinaries, reachableBinaries } from "./binaries";
import { clusterExists, keepPassword, makeCluster, placeData, SUPERUSER } from "./cluster";
import { answers } from "./databases";
import { failureFrom } from "./diagnose";
import { elsewhereFor, sweepElsewhere } from "./elsewhere";
import { damagedFolder, fullDisk, SPACE_NEEDED, StartFailure, takenPort } from "./failure";
import { lockFolder } from "./folder-lock";
import { endProcesses, isAlive, postgresProcessesIn } from "./processes";
import { serverArguments } from "./settings";

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
      await end(server.child, data);
      // A server of ours that runs and yet refuses us has lost part of its own tables.
      throw error instanceof StartFailure ? error : damagedFolder(data, (error as Error).message);
    }
    const keeper = startKeeper(server.child.pid);
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
        keeper.kill("SIGKILL");
        stopped ??= end(server.child, data).finally(() => lock.release());
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

/** With the lock held, a server on this folder has nobody who answers for it. */
async function stopLeftovers(data: string): Promise<void> {
  const postmaster = Number.parseInt(readOr(join(data, "postmaster.pid"), ""), 10);
  const found = postgresProcessesIn(data);
  if (found.includes(postmaster)) {
    await endProcesses(
      [postmaster],
      [
        ["SIGINT", 10_000],
        ["SIGQUIT", 5_000],
        ["SIGKILL", 2_000],
      ],
    );
  }
  // Children of a killed postmaster end by themselves, but one in a long query may take its time.
  const children = postgresProcessesIn(data);
  if (children.length > 0) {
    await sleep(300);
    await endProcesses(children, [
      ["SIGQUIT", 3_000],
      ["SIGKILL", 2_000],
    ]);
  }
  // Nobody works here now, so the pid in it may by chance be another program's, which would stop the start.
  rmSync(join(data, "postmaster.pid"), { force: true });
}

function requireSpace(folder: string): void {
  const disk = statfsSync(folder);
  if (disk.bavail * disk.bsize < SPACE_NEEDED) throw fullDisk(folder);
}

/** PostgreSQL demands that the data belongs to whom it runs as. */
function requireOwner(data: string, account: Account): void {
  const owner = ownerOf(data);
  const wanted = account.uid ?? process.getuid?.();
  if (!owner || wanted === undefined || owner.uid === wanted) return;
  if (process.getuid?.() === 0 && account.gid !== undefined) {
    chownSync(data, wanted, account.gid);
    return;
  }
  throw new StartFailure(
    "not-yours",
    `The data folder ${data} belongs to another user: start as that user, or start over with --reset as one who may delete it.`,
  );
}

/** The port itself, or a free one for 0. @throws StartFailure `taken-port`. */
function freePort(port: number): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once("error", (error) => fail(takenPort(port, error)));
    probe.listen({ port, host: "127.0.0.1", exclusive: true }, () => {
      const address = probe.address();
      probe.close(() => done(typeof address === "object" && address ? address.port : port));
    });
  });
}

interface Server {
  child: ChildProcess;
  log: string;
  logStart: number;
}

/** Its own process group: a Ctrl-C at the terminal must reach the app first and the database last. */
function launch(input: {
  folder: string;
  data: string;
  port: number;
  durable: boolean;
  account: Account;
  program: string;
}): Server {
  const log = join(input.folder, "server.log");
  if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) > 5_000_000) rmSync(log);
  const file = openSync(log, "a", 0o600);
  const logStart = statSync(log).size;
  const child = spawn(input.program, serverArguments(input), {
    ...input.account,
    cwd: "/",
    detached: true,
    stdio: ["ignore", file, file],
    env: { NODE_ENV: process.env.NODE_ENV, PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" },
  });
  closeSync(file);
  child.on("error", () => {});
  return { child, log, logStart };
}

/**
 * A shell that waits for us to end in whatever way (then its input closes) and tells the server to stop, so that
 * `kill -9` of the program that started it leaves no server behind.
 */
function startKeeper(server: number | undefined): ChildProcess {
  const keeper = spawn(
    "/bin/sh",
    ["-c", 'read -r never; kill -INT "$1" 2>/dev/null', "postgres-keeper", String(server)],
    {
      cwd: "/",
      detached: true,
      stdio: ["pipe", "ignore", "ignore"],
    },
  );
  keeper.on("error", () => {});
  keeper.unref();
  // It is a pipe to a child: a socket, which would keep this process alive.
  (keeper.stdin as Socket | null)?.unref();
  return keeper;
}

/** Recovery after a crash can take a while: as long as the server lives it is waited for. */
async function untilReady(
  server: Server,
  input: { url: string; folder: string; data: string; port: number; progress?: StartOptions["progress"] },
): Promise<void> {
  const began = Date.now();
  let told = false;
  for (;;) {
    if (server.child.exitCode !== null || server.child.signalCode !== null || server.child.pid === undefined) {
      const said = readOr(server.log, "").slice(server.logStart);
      throw failureFrom(said, { folder: input.data, port: input.port });
    }
    if (await answers(input.url)) return;
    if (!told && Date.now() - began > 3000) {
      told = true;
      input.progress?.("the database recovers from its last stop");
    }
    await sleep(40);
  }
}

async function end(child: ChildProcess, data: string): Promise<void> {
  if (child.pid !== undefined && isAlive(child.pid)) {
    await endProcesses(
      [child.pid],
      [
        ["SIGINT", 10_000],
        ["SIGQUIT", 5_000],
        ["SIGKILL", 2_000],
      ],
    );
  }
  await endProcesses(postgresProcessesIn(data), [["SIGKILL", 2_000]]);
}

function readOr(file: string, otherwise: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return otherwise;
  }
}
