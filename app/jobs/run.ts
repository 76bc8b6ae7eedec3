import { type Logger, type Runner, run, runMigrations, type Task } from "graphile-worker";
import type { AppContext } from "~/context";
import type { Database } from "~/db.server";
import { log } from "~/platform/log";
import { jobs, timetable } from "./catalogue";

/** Makes the job tables; harmless when they are there. Needed before anything is enqueued. */
export async function prepareJobs(db: Database): Promise<void> {
  await runMigrations({ pgPool: db.locks, logger: quiet });
}

/** Runs jobs until `stop`, which lets those under way finish. */
export async function runJobs(app: AppContext, concurrency = 4): Promise<Runner> {
  const taskList: Record<string, Task> = {};
  for (const [name, job] of Object.entries(jobs)) {
    taskList[name] = async (payload, helpers) => {
      try {
        // The worker adds `_cron` to the payload of timed jobs; the shapes leave it out.
        await (job.run as (app: AppContext, payload: unknown, isLast: boolean) => Promise<unknown>)(
          app,
          job.payload.parse(payload ?? {}),
          helpers.job.attempts >= helpers.job.max_attempts,
        );
      } catch (error) {
        const { name: kind, code } = error as { name?: string; code?: string };
        log.error({ job: name, jobId: helpers.job.id, attempt: helpers.job.attempts, kind, code }, "a job failed");
        throw error;
      }
    };
  }
  return run({
    pgPool: app.db.jobs,
    // Without them, a job whose end could not be written down ends the process by a rejection that nobody can catch.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    taskList,
    crontab: timetable,
    concurrency,
    noHandleSignals: true,
    pollInterval: 1_000,
    logger: quiet,
  });
}

/** The worker's own lines repeat ours and could hold an error's text; failures are logged above. */
const quiet = {
  scope: () => quiet,
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
} as unknown as Logger;
