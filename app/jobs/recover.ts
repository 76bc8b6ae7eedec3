import { setTimeout as pause } from "node:timers/promises";
import type { Pool, PoolClient } from "pg";
import { log } from "~/platform/log";

/** Held in common by every process that runs jobs, for as long as it lives. */
const alive = "hashtextextended('throughline worker', 0)";
/** No job of ours takes as long, in minutes; the worker's own limit is four hours. */
const longestJob = 15;
/** Milliseconds before it is tried again to hold the lock that was lost with its connection. */
const again = 500;

/**
 * Gives back the jobs that a killed worker had under way: the job queue holds them for four hours, and a payment would
 * be shown that much later. When no other worker is alive it is all of them, else those begun longer ago than any job
 * takes. Jobs are harmless when they run twice. Answers how to say that this worker is gone; until then it counts as
 * alive, also when the database ends the connection by which it says so.
 */
export async function recoverJobs(locks: Pool): Promise<() => void> {
  const client = await locks.connect();
  try {
    await recover(client);
  } catch (error) {
    client.release(true);
    throw error;
  }
  return stayAlive(locks, client);
}

async function recover(client: PoolClient): Promise<void> {
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
  await client.query(lockShared);
  if (alone) await client.query(`SELECT pg_advisory_unlock(${alive})`);
}

const lockShared = `SELECT pg_advisory_lock_shared(${alive})`;

/** Holds the lock that the client has, on another connection once this one is lost. Answers how to let go of it. */
function stayAlive(locks: Pool, first: PoolClient): () => void {
  let held: PoolClient | null = null;
  let isOver = false;

  const hold = (client: PoolClient): void => {
    held = client;
    const lost = (): void => {
      if (held !== client) return;
      held = null;
      client.release(true);
      void holdAgain();
    };
    client.once("end", lost);
    client.on("error", lost);
  };

  const holdAgain = async (): Promise<void> => {
    if (!isOver) log.warn({}, "the connection that says that this worker is alive was lost: another one is made");
    while (!isOver) {
      let client: PoolClient | null = null;
      try {
        client = await locks.connect();
        await client.query(lockShared);
      } catch {
        client?.release(true);
        await pause(again, undefined, { ref: false });
        continue;
      }
      if (isOver) client.release(true);
      else hold(client);
      return;
    }
  };

  hold(first);
  return () => {
    isOver = true;
    const client = held;
    held = null;
    client?.release(true);
  };
}
