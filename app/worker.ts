import type { AppContext } from "./context";
import { recoverJobs } from "./jobs/recover";
import { runJobs } from "./jobs/run";

export interface Worker {
  /** Lets the jobs under way finish, takes no more. */
  close(): Promise<void>;
}

/** The worker process: jobs and timers, those of a killed one before it included. */
export async function startWorker(app: AppContext): Promise<Worker> {
  const gone = await recoverJobs(app.db.locks);
  const runner = await runJobs(app);
  return {
    async close() {
      await runner.stop();
      gone();
    },
  };
}
