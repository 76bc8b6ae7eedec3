import type { Transaction } from "~/db.server";
import type { JobName, JobPayload } from "./catalogue";
import { priorityOf } from "./priority";

/**
 * Adds a job in the same transaction as the change that asks for it: it runs if and only if the change is kept.
 * `key` makes it the one job of that key: a second one replaces the first. `runAt` is the earliest time; with `keepsRunAt`
 * that of the first stays, so that what is asked for again and again is still done. Jobs of one `queue` never run at the same time. `soonest` is for a job that asks for itself: so many seconds by the
 * database's clock at least, which may be ahead of the app's.
 */
export async function enqueue<Name extends JobName>(
  tx: Transaction,
  name: Name,
  payload: JobPayload<Name>,
  options: { runAt?: Date; key?: string; keepsRunAt?: boolean; queue?: string; soonest?: number } = {},
): Promise<void> {
  await tx.$executeRaw`
    SELECT graphile_worker.add_job(${name}, ${JSON.stringify(payload)}::json, queue_name := ${options.queue ?? null}::text,
      run_at := greatest(${options.runAt?.toISOString() ?? null}::timestamptz, now() + make_interval(secs => ${options.soonest ?? null}::int)), job_key := ${options.key ?? null}::text, max_attempts := 12,
      priority := ${priorityOf(name)}::int,
      job_key_mode := ${options.keepsRunAt ? "preserve_run_at" : "replace"})`;
}
