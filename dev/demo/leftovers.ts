import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { endProcesses, processName } from "../postgres/processes";

/** Writes down a child, so that the next start can end it if this process is killed. */
export function rememberChild(folder: string, pid: number): void {
  const name = processName(pid);
  if (name) writeFileSync(fileIn(folder), name);
}

/** Called when the child was ended in the ordinary way. */
export function forgetChild(folder: string): void {
  rmSync(fileIn(folder), { force: true });
}

/**
 * Ends the child of a run that was killed, if it still lives. Its pid alone would not do: since then the
 * number may have been given to another program.
 */
export async function endLeftovers(folder: string): Promise<void> {
  let name: string;
  try {
    name = readFileSync(fileIn(folder), "utf8");
  } catch {
    return;
  }
  const pid = Number.parseInt(name, 10);
  if (processName(pid) === name) {
    await endProcesses(
      [pid],
      [
        ["SIGTERM", 4_000],
        ["SIGKILL", 2_000],
      ],
    );
  }
  forgetChild(folder);
}

function fileIn(folder: string): string {
  return join(folder, "app.process");
}
