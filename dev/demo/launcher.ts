import { execFileSync } from "node:child_process";
import { isAlive } from "../postgres/processes";

/**
 * The processes between us and the npm that runs us, npm included: npm, its shell, tsx. Empty without npm.
 * A signal to npm alone ends it and its shell without reaching us.
 */
export function launchers(): number[] {
  if (!process.env.npm_lifecycle_event) return [];
  const found: number[] = [];
  let pid = process.ppid;
  while (pid > 1 && found.length < 6) {
    const { parent, command } = describe(pid);
    found.push(pid);
    if (/(^|[\s/])npm( |$|-cli\.js)/.test(command)) return found;
    pid = parent;
  }
  // Something else sets npm's variables: nobody to watch.
  return [];
}

function describe(pid: number): { parent: number; command: string } {
  try {
    const line = execFileSync("ps", ["-o", "ppid=,args=", "-p", String(pid)], { encoding: "utf8" }).trim();
    const [parent = "0"] = line.split(/\s+/);
    return { parent: Number(parent), command: line.slice(parent.length).trim() };
  } catch {
    return { parent: 0, command: "" };
  }
}

/** Calls `gone` once when one of the processes has ended. */
export function watchLaunchers(pids: number[], gone: () => void): void {
  if (pids.length === 0) return;
  const timer = setInterval(() => {
    if (pids.every(isAlive)) return;
    clearInterval(timer);
    gone();
  }, 400);
  timer.unref();
}
