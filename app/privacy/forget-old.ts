import type { Pool, PoolClient } from "pg";
import type { AppContext } from "~/context";
import { tableLock } from "~/events/partitions";
import { log } from "~/platform/log";

/** How long what nobody needs any more is kept. docs/operate.md says the same. */
export const kept = { silentVisitorDays: 30, pageViewDays: 90, eventMonths: 13 } as const;

const dayMilliseconds = 86_400_000;
/** Rows of one statement, and statements of one run and table: what is left waits for the next day. */
const atOnce = 1_000;
const mostTurns = 200;

/** What went: rows, and whole months. */
export interface Forgotten {
  visitors: number;
  pageViews: number;
  events: number;
  months: string[];
}

/**
 * Removes what has had its time: browsers that never chatted and left no cart, what was looked at, and the log of facts.
 * Whole months of a partitioned table go at once; rows go in small portions, of which one run does a bounded number.
 * Daily, and harmless when repeated. Fails (55P03) when a table is in use for longer than three seconds.
 */
export async function forgetOld(app: AppContext): Promise<Forgotten> {
  const now = app.clock.now();
  const { sql, locks } = app.db;
  const views = new Date(now.getTime() - kept.pageViewDays * dayMilliseconds);
  const events = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - kept.eventMonths, now.getUTCDate()));
  const silent = new Date(now.getTime() - kept.silentVisitorDays * dayMilliseconds);
  const months = [
    ...(await dropMonths(locks, "page_view", views)),
    // Of the log only whole months, and of the default partition what never had one.
    ...(await dropMonths(locks, "event", events)),
  ];
  const forgotten: Forgotten = {
    months,
    pageViews: await inPortions(sql, rowsBefore("page_view"), views),
    events: await inPortions(sql, rowsBefore("event_default"), events),
    visitors: await inPortions(sql, silentVisitors, silent),
  };
  log.info({ ...forgotten }, "old rows were removed");
  return forgotten;
}

const rowsBefore = (table: "page_view" | "event_default"): string => `
  WITH old AS MATERIALIZED (SELECT "shopId", "id", "at" FROM "${table}" WHERE "at" < $1 LIMIT ${atOnce})
  DELETE FROM "${table}" t USING old
   WHERE t."shopId" = old."shopId" AND t."id" = old."id" AND t."at" = old."at"`;

/** Page views go with their visitor. A chat or a cart that begins meanwhile holds the row, and it is left for later. */
const silentVisitors = `
  WITH old AS MATERIALIZED (
    SELECT v."shopId", v."id" FROM "visitor" v
     WHERE v."lastSeenAt" < $1
       AND NOT EXISTS (SELECT 1 FROM "conversation" c WHERE c."shopId" = v."shopId" AND c."visitorId" = v."id")
       AND NOT EXISTS (SELECT 1 FROM "cart" c WHERE c."shopId" = v."shopId" AND c."visitorId" = v."id")
     LIMIT ${atOnce} FOR UPDATE SKIP LOCKED)
  DELETE FROM "visitor" v USING old WHERE v."shopId" = old."shopId" AND v."id" = old."id"`;

async function inPortions(sql: Pool, statement: string, before: Date): Promise<number> {
  let gone = 0;
  for (let turn = 0; turn < mostTurns; turn += 1) {
    const { rowCount } = await sql.query(statement, [before]);
    gone += rowCount ?? 0;
    if ((rowCount ?? 0) < atOnce) break;
  }
  return gone;
}

/** Drops the partitions whose month was over before `before`; answers their names. */
async function dropMonths(locks: Pool, parent: "event" | "page_view", before: Date): Promise<string[]> {
  const client = await locks.connect();
  let failed: Error | undefined;
  try {
    const { rows } = await client.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = $1::regclass ORDER BY 1`,
      [parent],
    );
    const old = rows
      .map(({ name }) => name)
      .filter((name) => (endOf(parent, name)?.getTime() ?? Infinity) <= before.getTime());
    for (const name of old) await drop(client, name);
    return old;
  } catch (error) {
    failed = error as Error;
    throw error;
  } finally {
    client.release(failed);
  }
}

/** When the month of a partition ends, by its name; null for the default one. */
function endOf(parent: string, name: string): Date | null {
  const [, year, month] = new RegExp(`^${parent}_(\\d{4})_(\\d{2})$`).exec(name) ?? [];
  return year && month ? new Date(Date.UTC(Number(year), Number(month), 1)) : null;
}

async function drop(client: PoolClient, name: string): Promise<void> {
  await client.query("BEGIN");
  try {
    await client.query(tableLock);
    await client.query(`DROP TABLE IF EXISTS "${name}"`);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}
