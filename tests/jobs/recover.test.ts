import { beforeAll, expect, it } from "vitest";
import { type Database, openDatabase } from "~/db.server";
import { recoverJobs } from "~/jobs/recover";
import { testDatabase } from "../support/database";

let db: Database & { url: string };

beforeAll(async () => {
  db = await testDatabase();
});

/** A job that a worker took so many minutes ago and never ended. */
async function takenAgo(minutes: number): Promise<void> {
  await db.sql.query(`DELETE FROM graphile_worker._private_jobs`);
  await db.sql.query(`SELECT graphile_worker.add_job('handle-webhook', '{}'::json)`);
  await db.sql.query(
    `UPDATE graphile_worker._private_jobs SET locked_by = 'killed', locked_at = now() - make_interval(mins => $1)`,
    [minutes],
  );
}

const free = async () =>
  (await db.sql.query(`SELECT 1 FROM graphile_worker._private_jobs WHERE locked_at IS NULL`)).rowCount === 1;

it("gives back what a killed worker had under way, but takes nothing from one that is alive", async () => {
  await takenAgo(0);
  const gone = await recoverJobs(db.locks);
  expect(await free()).toBe(true);

  const second = openDatabase(db.url, 2);
  await takenAgo(5);
  const secondGone = await recoverJobs(second.locks);
  expect(await free()).toBe(false);
  await takenAgo(16);
  const third = await recoverJobs(second.locks);
  expect(await free()).toBe(true);

  for (const end of [gone, secondGone, third]) end();
  await second.close();
  await takenAgo(0);
  // A connection that is closed gives its locks back a moment later.
  await expect
    .poll(async () => {
      (await recoverJobs(db.locks))();
      return free();
    })
    .toBe(true);
});

it("gives back the records that a killed worker was reading, but takes none from one that is alive", async () => {
  const [shopId, id] = ["01a20000-0000-7000-8000-000000000001", "gid://shopify/Order/1"];
  await db.sql.query(
    `INSERT INTO "shopify_due" ("shopId", "kind", "id", "since", "notedAt", "takenUntil") VALUES ($1, 'orders', $2, now(), now(), now() + interval '3 minutes')`,
    [shopId, id],
  );
  const taken = async () =>
    (await db.sql.query(`SELECT 1 FROM "shopify_due" WHERE "takenUntil" IS NOT NULL`)).rowCount === 1;
  const alive = openDatabase(db.url, 2);
  const other = await recoverJobs(alive.locks);
  await db.sql.query(`UPDATE "shopify_due" SET "takenUntil" = now() + interval '3 minutes'`);
  (await recoverJobs(db.locks))();
  expect(await taken()).toBe(true);
  other();
  await alive.close();
  await expect
    .poll(async () => {
      (await recoverJobs(db.locks))();
      return taken();
    })
    .toBe(false);
});

it("gives back the queue that a killed worker held, but none that a worker which is alive works at", async () => {
  await db.sql.query(`DELETE FROM graphile_worker._private_jobs`);
  const taken = async (minutes: number) => {
    await db.sql.query(`SELECT graphile_worker.add_job('deliver-message', '{}'::json, queue_name := 'to somebody')`);
    for (const table of ["_private_jobs", "_private_job_queues"]) {
      await db.sql.query(
        `UPDATE graphile_worker.${table} SET locked_by = 'killed', locked_at = now() - make_interval(mins => $1)`,
        [minutes],
      );
    }
  };
  const isHeld = async () =>
    (await db.sql.query(`SELECT 1 FROM graphile_worker._private_job_queues WHERE locked_at IS NOT NULL`)).rowCount !==
    0;
  const alive = openDatabase(db.url, 2);
  const other = await recoverJobs(alive.locks);
  await taken(5);
  (await recoverJobs(db.locks))();
  expect(await isHeld()).toBe(true);
  await taken(16);
  (await recoverJobs(db.locks))();
  expect(await isHeld()).toBe(false);
  await taken(0);
  other();
  await alive.close();
  await expect
    .poll(async () => {
      (await recoverJobs(db.locks))();
      return isHeld();
    })
    .toBe(false);
});

it("a worker whose connection the database ended is alive all the same", async () => {
  const alive = openDatabase(db.url, 2);
  const other = await recoverJobs(alive.locks);
  const holders = async () => {
    const { rows } = await db.sql.query<{ pid: number }>(
      `SELECT l.pid FROM pg_locks l JOIN pg_database d ON d.oid = l.database
        WHERE l.locktype = 'advisory' AND l.granted AND d.datname = current_database()
          AND (l.classid::bigint << 32) + l.objid::bigint = hashtextextended('throughline worker', 0)`,
    );
    return rows.map(({ pid }) => pid);
  };
  const [first, ...more] = await holders();
  expect(more).toEqual([]);
  await db.sql.query(`SELECT pg_terminate_backend($1)`, [first]);
  await expect.poll(async () => (await holders()).filter((pid) => pid !== first).length, { timeout: 5_000 }).toBe(1);
  await takenAgo(5);
  (await recoverJobs(db.locks))();
  expect(await free()).toBe(false);
  other();
  await expect.poll(holders, { timeout: 5_000 }).toEqual([]);
  await alive.close();
});
