import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { StartFailure } from "../postgres/failure";
import { endProcesses } from "../postgres/processes";
import { forgetChild, rememberChild } from "./leftovers";

const PRELOAD = pathToFileURL(join(import.meta.dirname, "../preload.mjs")).href;

export interface AppProcess {
  /** Resolves when it ends without being asked to. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts the built app, web and worker in one process, and waits until it answers. Its own process group, for a
 * Ctrl-C is ours to pass on; a channel to us, so that it ends when we are killed.
 *
 * @param environment the app's settings.
 * @param folder `.data`, for its log.
 * @throws StartFailure with the last thing it said.
 */
export async function startApp(input: {
  root: string;
  folder: string;
  origin: string;
  environment: Record<string, string>;
  /** Gives up waiting. */
  signal: AbortSignal;
}): Promise<AppProcess> {
  const log = join(input.folder, "logs", "app.log");
  mkdirSync(join(input.folder, "logs"), { recursive: true });
  if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) > 10_000_000) rmSync(log);
  const file = openSync(log, "a", 0o600);
  const from = statSync(log).size;
  const child = spawn(process.execPath, ["--import", PRELOAD, "build/server/index.js"], {
    cwd: input.root,
    detached: true,
    stdio: ["ignore", file, file, "ipc"],
    env: { ...inherited(), ...input.environment, NODE_ENV: "production" },
  });
  closeSync(file);
  if (child.pid !== undefined) rememberChild(input.folder, child.pid);
  let asked = false;
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => {
      if (!asked) resolve();
    });
    child.once("error", () => resolve());
  });
  const stop = async (): Promise<void> => {
    asked = true;
    await end(child);
    forgetChild(input.folder);
  };
  try {
    await untilHealthy(child, input.origin, input.signal);
  } catch (error) {
    await stop();
    const said = readFileSync(log, "utf8").slice(from).trim().split("\n");
    throw error instanceof StartFailure
      ? new StartFailure(error.kind, `${error.sentence} (${reasonIn(said)}): its log is ${log}.`)
      : error;
  }
  return { ended, stop };
}

/** Only what a program needs from its surroundings: the settings come from us. */
function inherited(): Record<string, string> {
  const kept = ["PATH", "HOME", "USER", "TMPDIR", "LANG", "TZ", "REDIS_URL", "LOG_LEVEL", "NODE_EXTRA_CA_CERTS"];
  return Object.fromEntries(
    kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}

async function untilHealthy(child: ChildProcess, origin: string, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    signal.throwIfAborted();
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
      throw new StartFailure("unusable-server", "The app ended while it was starting");
    }
    const answer = await fetch(`${origin}/healthz`).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.status === 200) return;
    await sleep(60);
  }
  throw new StartFailure("unusable-server", "The app did not answer within a minute");
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  await endProcesses(
    [child.pid],
    [
      ["SIGTERM", 9_000],
      ["SIGKILL", 2_000],
    ],
  );
}

/** The app logs JSON; a crash before that is plain text. */
function reasonIn(lines: string[]): string {
  for (const line of [...lines].reverse()) {
    try {
      const { level, reason, msg } = JSON.parse(line) as { level?: number; reason?: string; msg?: string };
      if ((level ?? 0) >= 50) return reason ?? msg ?? "it gave no reason";
    } catch {
      if (/error/i.test(line)) return line.trim().replace(/^(Uncaught )?Error: /, "");
    }
  }
  return "it said nothing";
}
