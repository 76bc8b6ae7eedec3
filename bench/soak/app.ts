import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, cpSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const PRELOAD = pathToFileURL(join(root, "dev/preload.mjs")).href;

/** One of the app's two programs, as `npm start` runs it. */
export interface Role {
  name: "web" | "worker";
  process: ChildProcess;
  ended: Promise<unknown>;
}

/**
 * A copy of the build, which a build meanwhile cannot take away from a worker that is started again. It lies in the
 * project, where the app finds what it needs.
 */
export function copyBuild(): { folder: string; remove: () => void } {
  mkdirSync(join(root, ".cache"), { recursive: true });
  const folder = mkdtempSync(join(root, ".cache/soak-"));
  cpSync(join(root, "build"), join(folder, "build"), { recursive: true });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface Started {
  /** Of the copy of the build. */
  copy: string;
  /** Of the logs. */
  folder: string;
  environment: Record<string, string>;
}

/** Starts the built app as web or worker; it ends with us. What it says is in the folder of the logs. */
export function startRole(name: Role["name"], { copy, folder, environment }: Started): Role {
  const log = openSync(join(folder, `${name}.log`), "a", 0o600);
  const child = spawn(process.execPath, ["--import", PRELOAD, join(copy, "build/server/index.js"), name], {
    cwd: copy,
    stdio: ["ignore", log, log, "ipc"],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment, NODE_ENV: "production", LOG_LEVEL: "info" },
  });
  closeSync(log);
  return { name, process: child, ended: once(child, "exit") };
}

/** @throws when it does not answer within a minute, with what it said last. */
export async function untilHealthy(role: Role, folder: string, origin: string): Promise<void> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await pause(100)) {
    if (role.process.exitCode !== null) break;
    const answer = await fetch(`${origin}/healthz`).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.status === 200) return;
  }
  throw new Error(`the app did not start: ${lastWords(folder, role.name)}`);
}

export function lastWords(folder: string, name: string): string {
  const said = readFileSync(join(folder, `${name}.log`), "utf8");
  return said.trim().split("\n").slice(-5).join("\n");
}

/** Ends it as a service manager does, and waits. */
export async function endRole(role: Role | null): Promise<void> {
  if (!role || role.process.exitCode !== null || role.process.signalCode !== null) return;
  role.process.kill("SIGTERM");
  await Promise.race([role.ended, pause(8_000)]);
  role.process.kill("SIGKILL");
}

/** Seconds of processor that a program has used so far; what it does not tell is 0. Unlike times, others' work does not change it. */
export function processorSeconds(role: Role): number {
  const said = spawnSync("ps", ["-o", "cputimes=", "-p", String(role.process.pid)], { encoding: "utf8" });
  return Number(said.stdout?.trim()) || 0;
}
