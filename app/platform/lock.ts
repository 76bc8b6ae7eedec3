import type { Pool } from "pg";

/** Who is in line for each name in this process; settles, never fails. */
const lines = new Map<string, Promise<unknown>>();

/**
 * Runs `work` while nobody else runs work of the same name, in this process or another. Held on a connection of its own,
 * so that a killed process gives it back at once. Those who wait in this process hold no connection meanwhile, and
 * `locks` is a pool for nothing else: work that hangs (Shopify does not answer) must not keep chats from the database.
 */
export async function withLock<Result>(locks: Pool, name: string, work: () => Promise<Result>): Promise<Result> {
  const mine = (lines.get(name) ?? Promise.resolve()).then(() => hold(locks, name, work));
  const settled = mine
    .catch(() => undefined)
    .then(() => {
      if (lines.get(name) === settled) lines.delete(name);
    });
  lines.set(name, settled);
  return mine;
}

async function hold<Result>(locks: Pool, name: string, work: () => Promise<Result>): Promise<Result> {
  const client = await locks.connect();
  let lost: Error | undefined;
  try {
    await client.query("SELECT pg_advisory_lock(hashtextextended($1, 0))", [name]);
    return await work();
  } finally {
    await client.query("SELECT pg_advisory_unlock(hashtextextended($1, 0))", [name]).catch((error: Error) => {
      lost = error;
    });
    // A connection that may still hold the lock is closed, which gives it back.
    client.release(lost);
  }
}

/**
 * Runs `work` when nobody runs work of the same name, in this process or another; else answers null at once. Held like
 * `withLock`.
 */
export async function tryLock<Result>(locks: Pool, name: string, work: () => Promise<Result>): Promise<Result | null> {
  const client = await locks.connect();
  let lost: Error | undefined;
  try {
    const text = "SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held";
    const { rows } = await client.query<{ held: boolean }>(text, [name]);
    if (!rows[0]?.held) return null;
    try {
      return await work();
    } finally {
      await client.query("SELECT pg_advisory_unlock(hashtextextended($1, 0))", [name]).catch((error: Error) => {
        lost = error;
      });
    }
  } finally {
    client.release(lost);
  }
}
