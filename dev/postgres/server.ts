import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import type { Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Account } from "./account";
import { answers } from "./databases";
import { failureFrom } from "./diagnose";
import { endProcesses, isAlive, postgresProcessesIn } from "./processes";
import { serverArguments } from "./settings";

export interface Server {
  child: ChildProcess;
  keeper: ChildProcess;
  log: string;
  logStart: number;
}

/**
 * Starts the server's process. Its own process group: a Ctrl-C at the terminal must reach the app first and the database last.
 */
export function launch(input: {
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
  return { child, keeper: startKeeper(child.pid), log, logStart };
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

/**
 * Waits until the server takes queries. Recovery after a crash can take a while: as long as it lives it is waited for.
 * @throws StartFailure with what it wrote when it ends.
 */
export async function untilReady(
  server: Server,
  input: { url: string; folder: string; data: string; port: number; progress?: (what: string) => void },
): Promise<void> {
  const began = Date.now();
  let told = false;
  for (;;) {
    if (server.child.exitCode !== null || server.child.signalCode !== null || server.child.pid === undefined) {
      const said = readFileSync(server.log, "utf8").slice(server.logStart);
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

/** Stops the server and waits until every process of it is gone. */
export async function endServer({ child, keeper }: Server, data: string): Promise<void> {
  keeper.kill("SIGKILL");
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
