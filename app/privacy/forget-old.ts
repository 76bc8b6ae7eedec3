import type { Pool, PoolClient } from "pg";
import type { AppContext } from "~/context";
import { tableLock } from "~/events/partitions";
import { newId } from "~/platform/ids";
import { log } from "~/platform/log";
import * as statements from "./forget-statements";
import { readRetention } from "./retention";
import { bounds, inboundDays, type Retention, rawInboundDays } from "./retention-bounds";

const dayMilliseconds = 86_400_000;
/** Statements of one run and kind: what is left waits for the next night. */
const mostTurns = 200;
/** How long the runs themselves are remembered, in days. */
const runsKept = 90;

/** What went: rows by kind, over all shops or of one. */
export interface Forgotten {
  conversations: number;
  files: number;
  visitors: number;
  pageViews: number;
  events: number;
  webhooks: number;
}

const nothing = (): Forgotten => ({ conversations: 0, files: 0, visitors: 0, pageViews: 0, events: 0, webhooks: 0 });

interface Due {
  shopId: string;
  domain: string;
  retention: Retention;
}

/**
 * Removes what has had its time, as each merchant has set it. Whole months of a partitioned table that no shop may keep
 * any longer go at once; rows go in small portions, of which one run does a bounded number. What went is kept by shop,
 * for Settings. Nightly, and harmless when repeated. Fails (55P03) when a table is in use for longer than three seconds.
 */
export async function forgetOld(app: AppContext): Promise<Forgotten & { months: string[] }> {
  const now = app.clock.now();
  const { sql, locks } = app.db;
  const days = (count: number) => new Date(now.getTime() - count * dayMilliseconds);
  const months = (count: number) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - count, now.getUTCDate()));
  const dropped = [
    ...(await dropMonths(locks, "page_view", days(bounds.pageViewDays.most))),
    ...(await dropMonths(locks, "event", months(bounds.eventMonths.most))),
  ];
  const shops = await shopsOf(app);
  const run = new Run(sql, shops);
  const daily =
    (key: "closedConversationDays" | "attachmentDays" | "pageViewDays" | "silentVisitorDays" | "webhookDays") =>
    ({ retention }: Due) => {
      const kept = retention[key];
      return kept === null ? null : days(kept);
    };
  await run.remove("conversations", statements.closedConversations, daily("closedConversationDays"));
  await run.remove("files", statements.files, daily("attachmentDays"));
  await run.remove("pageViews", statements.pageViews, daily("pageViewDays"));
  await run.remove(null, statements.viewFacts, daily("pageViewDays"));
  await run.remove(null, statements.viewEntries, daily("pageViewDays"));
  // Of the log only whole months, and of the default partition what never had one; rows where a merchant wants less.
  await run.remove("events", statements.strayEvents, () => months(bounds.eventMonths.most));
  await run.remove("events", statements.events, ({ retention: { eventMonths } }) =>
    eventMonths < bounds.eventMonths.most ? months(eventMonths) : null,
  );
  await run.remove("visitors", statements.silentVisitors, daily("silentVisitorDays"));
  await run.remove("webhooks", statements.webhooks, daily("webhookDays"));
  // The files of a mail stand in its raw form too.
  const rawDays = ({ retention }: Due) => days(Math.min(rawInboundDays, retention.attachmentDays ?? rawInboundDays));
  await run.remove(null, statements.rawInbound, rawDays);
  await run.remove(null, statements.emptyInbound, () => days(inboundDays));
  await remember(app, run);
  const all = run.total();
  log.info({ ...all, months: dropped, unfinished: run.unfinished }, "old rows were removed");
  return { ...all, months: dropped };
}

async function shopsOf(app: AppContext): Promise<Due[]> {
  const rows = await app.db.prisma.shop.findMany({ select: { id: true, domain: true, settings: true } });
  return rows.map((row) => ({ shopId: row.id, domain: row.domain, retention: readRetention(row) }));
}

/** One night: portion after portion, counted by shop. */
class Run {
  readonly byShop = new Map<string, Forgotten>();
  unfinished = false;

  constructor(
    private readonly sql: Pool,
    private readonly shops: readonly Due[],
  ) {}

  /** Removes one kind from all shops that keep it only for a time. Uncounted where `kind` is null. */
  async remove(kind: keyof Forgotten | null, statement: string, before: (shop: Due) => Date | null): Promise<void> {
    const due = this.shops.flatMap((shop) => {
      const at = before(shop);
      return at ? [{ shopId: shop.shopId, at }] : [];
    });
    if (due.length === 0) return;
    const values = [due.map((one) => one.shopId), due.map((one) => one.at)];
    for (let turn = 0; turn < mostTurns; turn += 1) {
      const { rows } = await this.sql.query<{ shopId: string }>(statement, values);
      if (rows.length === 0) return;
      if (kind) for (const { shopId } of rows) this.count(shopId)[kind] += 1;
    }
    this.unfinished = true;
  }

  count(shopId: string): Forgotten {
    const counted = this.byShop.get(shopId) ?? nothing();
    this.byShop.set(shopId, counted);
    return counted;
  }

  total(): Forgotten {
    const all = nothing();
    for (const counted of this.byShop.values()) {
      for (const kind of Object.keys(all) as (keyof Forgotten)[]) all[kind] += counted[kind];
    }
    return all;
  }
}

/** A line a shop, with what went there. */
async function remember(app: AppContext, run: Run): Promise<void> {
  const at = app.clock.now();
  const { prisma } = app.db;
  const shops = await prisma.shop.findMany({ select: { id: true } });
  await prisma.retentionRun.createMany({
    data: shops.map(({ id }) => ({
      shopId: id,
      id: newId(at),
      at,
      counts: { ...run.count(id) },
      unfinished: run.unfinished,
    })),
  });
  await prisma.retentionRun.deleteMany({
    where: { at: { lt: new Date(at.getTime() - runsKept * dayMilliseconds) } },
  });
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
