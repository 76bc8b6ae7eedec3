import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { endProcesses, postgresProcessesIn } from "./processes";

/** Ends what works in a data folder. Call it with the folder's lock: then nobody answers for such a server. */
export async function stopLeftovers(data: string): Promise<void> {
  const postmaster = postmasterIn(data);
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

function postmasterIn(data: string): number {
  try {
    return Number.parseInt(readFileSync(join(data, "postmaster.pid"), "utf8"), 10);
  } catch {
    return Number.NaN;
  }
}
