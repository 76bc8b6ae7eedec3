import type { Pool } from "pg";

/**
 * Runs `work` while no other process runs work of the same name. Held on a connection of its own, so that a killed
 * process gives it back at once.
 */
export async function withLock<Result>(sql: Pool, name: string, work: () => Promise<Result>): Promise<Result> {
  const client = await sql.connect();
  try {
    await client.query("SELECT pg_advisory_lock(hashtextextended($1, 0))", [name]);
    return await work();
  } finally {
    await client.query("SELECT pg_advisory_unlock(hashtextextended($1, 0))", [name]).catch(() => undefined);
    client.release();
  }
}
