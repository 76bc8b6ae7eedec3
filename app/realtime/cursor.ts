import type { Pool } from "pg";

/**
 * A place in the event log: `<xid>.<id>`. Ids from a sequence commit out of order, so a reader that has seen 101 could
 * miss 100 for ever. Readers therefore order by the writing transaction first and stop below the oldest transaction
 * that is still running (`pg_snapshot_xmin`): everything below it is decided, so nothing can appear behind a cursor.
 * https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-SNAPSHOT
 */
export type Cursor = string;

export interface Place {
  xid: bigint;
  id: bigint;
}

/** SQL of the first transaction id that is not yet decided, as a bigint. */
export const undecided = "(pg_snapshot_xmin(pg_current_snapshot())::text)::bigint";

export function toCursor(place: Place): Cursor {
  return `${place.xid}.${place.id}`;
}

/** The place that a cursor from outside names, or null when it is not one. */
export function fromCursor(cursor: unknown): Place | null {
  if (typeof cursor !== "string") return null;
  const match = /^(\d{1,18})\.(\d{1,18})$/.exec(cursor);
  return match ? { xid: BigInt(match[1] as string), id: BigInt(match[2] as string) } : null;
}

export function isAfter(one: Place, other: Place): boolean {
  return one.xid > other.xid || (one.xid === other.xid && one.id > other.id);
}

/**
 * The cursor to hand out with a state that is read after this call: every fact decided by now is in that state, and
 * everything else comes after the cursor.
 */
export async function currentPlace(sql: Pool): Promise<Place> {
  const found = await sql.query<{ xmin: string }>(`SELECT ${undecided} AS xmin`);
  return { xid: BigInt(found.rows[0]?.xmin ?? 0), id: 0n };
}
