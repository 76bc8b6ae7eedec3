import type { AppContext } from "./jobs/run";
import { runJobs } from "./jobs/run";

export interface Worker {
  /** Lets the jobs under way finish, takes no more. */
  close(): Promise<void>;
}

/** The worker process: jobs and timers. */
export async function startWorker(app: AppContext): Promise<Worker> {
  const runner = await runJobs(app);
  return { close: () => runner.stop() };
}
