import { setTimeout as pause } from "node:timers/promises";
import { startMail } from "./channels/email/start-mail";
import type { AppContext } from "./context";
import type { Env } from "./env.server";
import { recoverJobs } from "./jobs/recover";
import { runJobs } from "./jobs/run";
import { log } from "./platform/log";

export interface Worker {
  /** Lets the jobs under way finish, takes no more. */
  close(): Promise<void>;
}

/** Milliseconds before the runner is started again. */
const again = 1_000;

/**
 * The worker process: jobs and timers, those of a killed one before it included, and with `env` mail coming in. The
 * runner ends itself when it could not write down what became of a job (the database was away at that moment): it is then
 * started again.
 */
export async function startWorker(app: AppContext, env?: Env): Promise<Worker> {
  let closing = false;
  const begin = async () => {
    const gone = await recoverJobs(app.db.locks);
    try {
      return { gone, runner: await runJobs(app) };
    } catch (error) {
      gone();
      throw error;
    }
  };
  let running = await begin();
  const mail = env ? await startMail(app, env) : null;

  const keepRunning = async (): Promise<void> => {
    while (!closing) {
      await running.runner.promise.catch(() => undefined);
      if (closing) return;
      log.error("the job runner ended: it is started again");
      running.gone();
      for (;;) {
        await pause(again);
        if (closing) return;
        const next = await begin().catch(() => null);
        if (!next) continue;
        running = next;
        break;
      }
    }
  };
  const kept = keepRunning();

  return {
    async close() {
      closing = true;
      await mail?.close();
      // It may have ended by itself already.
      await running.runner.stop().catch(() => undefined);
      await kept;
      running.gone();
    },
  };
}
