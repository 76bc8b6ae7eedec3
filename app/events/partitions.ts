import type { Pool } from "pg";

const partitioned = ["event", "page_view"];

/**
 * Makes the partitions of this month and the next two, where they are missing. Called at every start and daily.
 * Two processes may do it at once: an advisory lock lets one of them find nothing to do.
 */
export async function ensurePartitions(sql: Pool, now: Date): Promise<void> {
  const client = await sql.connect();
  try {
    await client.query("SELECT pg_advisory_lock(hashtext('throughline partitions'))");
    for (const parent of partitioned) {
      for (let step = 0; step < 3; step += 1) {
        const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + step, 1));
        const to = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + step + 1, 1));
        const name = `${parent}_${from.toISOString().slice(0, 7).replace("-", "_")}`;
        const found = await client.query("SELECT to_regclass($1) AS name", [name]);
        if (found.rows[0]?.name) continue;
        await client.query(
          `CREATE TABLE "${name}" PARTITION OF "${parent}" FOR VALUES FROM ('${from.toISOString()}') TO ('${to.toISOString()}')`,
        );
      }
    }
  } finally {
    await client.query("SELECT pg_advisory_unlock(hashtext('throughline partitions'))").catch(() => undefined);
    client.release();
  }
}
