import type { Pool } from "pg";
import { type MessageColumns, messageColumns, messageOf, messageSource } from "~/conversations/message-view";
import type { EventKind } from "~/events/catalogue";
import { log } from "~/platform/log";
import { currentPlace, type Place, undecided } from "./cursor";
import type { EventView } from "./frames";
import { type Whose, whoseColumn } from "./shown-to-shopper";

/** A fact with its place and its shop, as read from the log. */
export interface LoggedEvent {
  place: Place;
  shopId: string;
  view: EventView;
  /** Whose its message is; null where it has none. */
  whose: Whose | null;
}

interface Row extends MessageColumns {
  whose: Whose | null;
  decided: boolean;
  xid: string;
  id: string;
  shopId: string;
  at: Date;
  kind: EventKind;
  actor: string;
  actorId: string | null;
  conversationId: string | null;
  customerId: string | null;
  visitorId: string | null;
  cartId: string | null;
  position: number | null;
  data: Record<string, unknown>;
}

const columns = `e."xid", e."id", e."shopId", e."at", e."kind", e."actor", e."actorId", e."conversationId", e."customerId",
  e."visitorId", e."cartId", e."position", e."data"`;

/** Whose facts to read: of every shop, of one shop (staff), or of one shopper. */
export type Audience =
  | { of: "everyone" }
  | { of: "shop"; shopId: string }
  | { of: "shopper"; shopId: string; visitorId: string; customerId: string | null; alsoProven?: readonly string[] };

/** What one look at the log found. */
export interface LogPage {
  events: LoggedEvent[];
  /** A committed fact is there that could still be overtaken by an older transaction's, so it is not in `events`. */
  hidden: boolean;
}

/**
 * Facts after `from` (and not after `to`) in the log's order, at most `limit`, without those of transactions that
 * could still be overtaken.
 */
export async function readLog(
  sql: Pool,
  audience: Audience,
  from: Place,
  to: Place | null,
  limit: number,
): Promise<LogPage> {
  const values: unknown[] = [from.xid.toString(), from.id.toString()];
  let where = `(e."xid", e."id") > ($1::bigint, $2::bigint)`;
  if (to) {
    values.push(to.xid.toString(), to.id.toString());
    where += ` AND (e."xid", e."id") <= ($3::bigint, $4::bigint)`;
  }
  if (audience.of !== "everyone") {
    values.push(audience.shopId);
    where += ` AND e."shopId" = $${values.length}::uuid`;
  }
  if (audience.of === "shopper") {
    values.push(audience.visitorId, audience.customerId ? [audience.customerId, ...(audience.alsoProven ?? [])] : []);
    where += ` AND (e."visitorId" = $${values.length - 1}::uuid OR e."customerId" = ANY ($${values.length}::uuid[]))`;
  }
  // In this order the undecided come last: one look tells what is there and whether more is coming. The limit of one
  // keeps the planner from reading all messages there are to find a few.
  const found = await sql.query<Row>({
    name: `log-${audience.of}-${to ? "between" : "after"}-${limit}`,
    text: `
      SELECT e.*, message.*
        FROM (SELECT e."xid" < ${undecided} AS "decided", ${columns} FROM "event" e
               WHERE ${where} ORDER BY e."xid", e."id" LIMIT ${limit}) e
        LEFT JOIN LATERAL (
          SELECT ${messageColumns}, ${whoseColumn} FROM ${messageSource}
           WHERE m."shopId" = e."shopId" AND m."id" = (e."data"->>'messageId')::uuid LIMIT 1
        ) message ON true
       ORDER BY e."xid", e."id"`,
    values,
  });
  const decided = found.rows.filter((row) => row.decided);
  return { events: decided.map(eventOf), hidden: decided.length < found.rows.length };
}

/** Milliseconds from a look that found many facts to the next. */
const betweenLooks = 4;
const many = 8;
/** Milliseconds between two looks while something is hidden. */
const shortestPause = 3;
const longestPause = 100;

/**
 * Follows the log from now on and hands every batch to `tell`, in order, each fact once. Looks when poked, and by itself
 * every `pollMilliseconds`, so that a lost poke costs time and nothing else.
 */
export class LogReader {
  place: Place = { xid: 0n, id: 0n };
  private reading = false;
  private pokedMeanwhile = false;
  private timer: NodeJS.Timeout | null = null;
  private pokeTimer: NodeJS.Timeout | null = null;
  private lookedAt = 0;
  private busy = false;
  private stopped = false;
  private patience = shortestPause;

  constructor(
    private readonly sql: Pool,
    private readonly tell: (events: LoggedEvent[]) => void,
    private readonly pollMilliseconds = 1_000,
  ) {}

  async start(): Promise<void> {
    await forgetForeignPlaces(this.sql);
    this.place = await currentPlace(this.sql);
    this.schedule(this.pollMilliseconds);
  }

  stop(): void {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
    if (this.pokeTimer) clearTimeout(this.pokeTimer);
  }

  /** Something was committed: look now, or in a moment when there is much and the last look was a moment ago. */
  poke(): void {
    if (this.stopped) return;
    this.pokedMeanwhile = true;
    if (!this.reading && !this.pokeTimer) this.readSoon();
  }

  /** Under load one look finds what several looks would have: they are kept a few milliseconds apart. */
  private readSoon(): void {
    const wait = this.lookedAt + betweenLooks - performance.now();
    if (wait <= 0 || !this.busy) void this.read();
    else {
      this.pokeTimer = setTimeout(() => {
        this.pokeTimer = null;
        void this.read();
      }, wait);
    }
  }

  private schedule(milliseconds: number): void {
    if (this.stopped) return;
    if (this.timer) clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.read(), milliseconds);
    this.timer.unref();
  }

  private async read(): Promise<void> {
    if (this.reading || this.stopped) return;
    this.reading = true;
    let pause = this.pollMilliseconds;
    let more = false;
    try {
      do {
        this.pokedMeanwhile = false;
        this.lookedAt = performance.now();
        const { events, hidden } = await readLog(this.sql, { of: "everyone" }, this.place, null, 1_000);
        if (this.stopped) return;
        const last = events.at(-1);
        if (last) {
          this.place = last.place;
          this.tell(events);
        }
        pause = this.pauseAfter(hidden, events.length > 0);
        more = events.length === 1_000;
        this.busy = events.length >= many;
      } while (more && !this.stopped);
    } catch (error) {
      if (!this.stopped) log.error({ code: (error as { code?: string }).code }, "reading the event log failed");
    } finally {
      this.reading = false;
      this.schedule(pause);
      if (this.pokedMeanwhile && !this.stopped && !this.pokeTimer) this.readSoon();
    }
  }

  /**
   * A committed fact stays hidden while an older transaction runs. Mostly that takes a millisecond or two, so look again
   * at once; for one that goes on and on (a long migration) look less and less often.
   */
  private pauseAfter(hidden: boolean, found: boolean): number {
    if (!hidden) {
      this.patience = shortestPause;
      return this.pollMilliseconds;
    }
    const pause = Math.min(this.patience, longestPause, this.pollMilliseconds);
    this.patience = found ? shortestPause : this.patience * 1.5;
    return pause;
  }
}

/**
 * A log that was restored from another server holds that one's transaction ids. Those that this server has not reached
 * would hide for months and then be told as news: they become the oldest of all. No row of this server is ever among
 * them, for what a snapshot sees is below its xmax.
 */
async function forgetForeignPlaces(sql: Pool): Promise<void> {
  const client = await sql.connect();
  let failed: Error | undefined;
  try {
    await client.query("BEGIN");
    // After a restore it is the whole log.
    await client.query("SET LOCAL statement_timeout = '10min'");
    await client.query(
      `UPDATE "event" SET "xid" = 0 WHERE "xid" >= (pg_snapshot_xmax(pg_current_snapshot())::text)::bigint`,
    );
    await client.query("COMMIT");
  } catch (error) {
    failed = error as Error;
    throw error;
  } finally {
    // A connection in a broken transaction is closed.
    client.release(failed);
  }
}

function eventOf(row: Row): LoggedEvent {
  const { xid, id, shopId, kind, actor, actorId, conversationId, customerId, visitorId, cartId, position, data } = row;
  const subjects = { conversationId, customerId, visitorId, cartId, position };
  const message = messageOf(row);
  return {
    place: { xid: BigInt(xid), id: BigInt(id) },
    shopId,
    whose: row.whose,
    view: { kind, at: row.at.toISOString(), actor, actorId, ...subjects, data, ...(message ? { message } : {}) },
  };
}
