import type { Pool } from "pg";

/** Held in common by every process that runs jobs, for as long as it lives. */
const alive = "hashtextextended('throughline worker', 0)";
/** No job of ours takes as long, in minutes; the worker's own limit is four hours. */
const longestJob = 15;

/**
 * Gives back the jobs that a killed worker had under way: the job queue holds them for four hours, and a payment would
 * be shown that much later. When no other worker is alive it is all of them, else those begun longer ago than any job
 * takes. Jobs are harmless when they run twice. Answers how to say that this worker is gone.
 */
export async function recoverJobs(locks: Pool): Promise<() => void> {
  const client = await locks.connect();
  const { rows } = await client.query<{ alone: boolean }>(`SELECT pg_try_advisory_lock(${alive}) AS "alone"`);
  const alone = rows[0]?.alone ?? false;
  await client.query(
    `UPDATE graphile_worker._private_jobs SET locked_at = NULL, locked_by = NULL, run_at = greatest(run_at, now())
      WHERE locked_at IS NOT NULL AND ($1 OR locked_at < now() - make_interval(mins => ${longestJob}))`,
    [alone],
  );
  // With a job in a queue the whole queue is held: nothing more would go to that customer for four hours.
  await client.query(
    `UPDATE graphile_worker._private_job_queues SET locked_at = NULL, locked_by = NULL
      WHERE locked_at IS NOT NULL AND ($1 OR locked_at < now() - make_interval(mins => ${longestJob}))`,
    [alone],
  );
  // Records that it had taken to read them; others wait until their time is over.
  if (alone) await client.query(`UPDATE "shopify_due" SET "takenUntil" = NULL WHERE "takenUntil" IS NOT NULL`);
  await client.query(`SELECT pg_advisory_lock_shared(${alive})`);
  if (alone) await client.query(`SELECT pg_advisory_unlock(${alive})`);
  return () => client.release(true);
}
