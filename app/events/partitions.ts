import type { Pool, PoolClient } from "pg";

const partitioned = ["event", "page_view"];

/** Which months are kept ready: this one and the next two. */
const monthsAhead = 3;

/**
 * What waits for the whole table makes every reader and writer wait behind it: it gives up soon and is tried again. The
 * table itself may be held for longer, while rows are moved.
 */
export const tableLock = "SET LOCAL lock_timeout = '3s'; SET LOCAL statement_timeout = '10min'";

/**
 * Makes the partitions of this month and the next two, where they are missing. Called at every start and daily.
 * Two processes may do it at once: an advisory lock lets one of them find nothing to do. Fails (55P03) when a table is in
 * use for longer than three seconds: the months ahead leave weeks to try again.
 */
export async function ensurePartitions(sql: Pool, now: Date): Promise<void> {
  const client = await sql.connect();
  try {
    await client.query("SELECT pg_advisory_lock(hashtext('throughline partitions'))");
    for (const parent of partitioned) {
      for (let step = 0; step < monthsAhead; step += 1) {
        const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + step, 1));
        const to = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + step + 1, 1));
        await makePartition(client, parent, from, to);
      }
    }
  } finally {
    await client.query("SELECT pg_advisory_unlock(hashtext('throughline partitions'))").catch(() => undefined);
    client.release();
  }
}

/**
 * Rows of a month that had no partition yet stand in the default one, and a partition cannot be made over their heads.
 * They are moved into it, in one transaction; readers and writers of the table wait for that long.
 */
async function makePartition(client: PoolClient, parent: string, from: Date, to: Date): Promise<void> {
  const name = `${parent}_${from.toISOString().slice(0, 7).replace("-", "_")}`;
  const found = await client.query<{ name: string | null }>("SELECT to_regclass($1) AS name", [name]);
  if (found.rows[0]?.name) return;
  const month = `FROM ('${from.toISOString()}') TO ('${to.toISOString()}')`;
  await client.query("BEGIN");
  try {
    await client.query(tableLock);
    await client.query(`LOCK TABLE "${parent}" IN ACCESS EXCLUSIVE MODE`);
    await client.query(`CREATE TABLE "${name}" (LIKE "${parent}" INCLUDING ALL)`);
    await client.query(
      `WITH moved AS (DELETE FROM "${parent}_default" WHERE "at" >= $1 AND "at" < $2 RETURNING *)
       INSERT INTO "${name}" SELECT * FROM moved`,
      [from, to],
    );
    await client.query(`ALTER TABLE "${parent}" ATTACH PARTITION "${name}" FOR VALUES ${month}`);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}
