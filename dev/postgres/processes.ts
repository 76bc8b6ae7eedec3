import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync, realpathSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** True while the process exists, also when it belongs to somebody else. A zombie is not alive. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return !/^State:\s+[ZX]/m.test(linuxStatus(pid));
}

function linuxStatus(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    return "";
  }
}

/**
 * A name for the process that its pid alone is not: the pid and when it started. A pid that was given
 * to another program since has another name. Null when there is no such process.
 */
export function processName(pid: number): string | null {
  if (!isAlive(pid)) return null;
  try {
    // Field 22 of stat is the start in clock ticks; the command in parentheses may hold spaces.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return `${pid}:${stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]}`;
  } catch {
    try {
      return `${pid}:${execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim()}`;
    } catch {
      return null;
    }
  }
}

/** Waits until none of the processes lives; false when some still do after `milliseconds`. */
export async function waitForEnd(pids: number[], milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  while (pids.some(isAlive)) {
    if (Date.now() >= deadline) return false;
    await sleep(25);
  }
  return true;
}

/**
 * Sends the signals one after another, waiting after each, until the processes are gone.
 * A process that may not be signalled is left alone.
 */
export async function endProcesses(pids: number[], signals: [NodeJS.Signals, number][]): Promise<boolean> {
  for (const [signal, milliseconds] of signals) {
    for (const pid of pids) {
      try {
        process.kill(pid, signal);
      } catch {
        // Already gone, or not ours.
      }
    }
    if (await waitForEnd(pids, milliseconds)) return true;
  }
  return false;
}

/**
 * The PostgreSQL processes that work in a data folder. Every one of them has the folder as its working
 * directory, which also finds children whose postmaster was killed.
 */
export function postgresProcessesIn(dataFolder: string): number[] {
  let real: string;
  try {
    real = realpathSync(dataFolder);
  } catch {
    return [];
  }
  return process.platform === "linux" ? linuxProcessesIn(real) : processesNaming(real);
}

function linuxProcessesIn(folder: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return (
          readlinkSync(`/proc/${pid}/cwd`) === folder &&
          readFileSync(`/proc/${pid}/comm`, "utf8").startsWith("postgres") &&
          isAlive(pid)
        );
      } catch {
        return false;
      }
    });
}

/** Elsewhere only the postmaster can be told by its command line; its children follow it. */
function processesNaming(folder: string): number[] {
  const lines = execFileSync("ps", ["-axo", "pid=,command="], { encoding: "utf8" }).split("\n");
  return lines
    .filter((line) => line.includes("postgres") && line.includes(`-D ${folder}`))
    .map((line) => Number.parseInt(line, 10))
    .filter((pid) => pid !== process.pid);
}
