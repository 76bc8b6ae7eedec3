import type { Context, StaffActor } from "~/context";
import type { InboxRow, InboxView } from "./inbox-row";
import { type ReadRow, readCursor, rowsQuery, toCursor, toRow } from "./read-rows";
import { holds, orderOf } from "./views";

/** Rows of a page when not asked otherwise, and the most that may be asked for. */
const usualPage = 30;
const largestPage = 100;

export interface InboxPage {
  /** Newest last message first. */
  rows: InboxRow[];
  /** Give it to get the rows after these; null when these are the last. */
  nextCursor: string | null;
}

/**
 * One page of a list, for the member of staff who asks: what is unread is theirs. Pages go on from the last row that
 * was given, so a conversation that moves up meanwhile is neither lost from nor doubled in the pages that follow.
 * Throws Invalid for a cursor that is none of ours.
 */
export async function list(
  ctx: Context<StaffActor>,
  input: { view: InboxView; cursor?: string | null; limit?: number },
): Promise<InboxPage> {
  const limit = Math.min(Math.max(Math.trunc(input.limit ?? usualPage), 1), largestPage);
  const after = input.cursor ? readCursor(input.cursor) : null;
  // The first half of the condition is what the index can start from, the second is the exact place.
  const place = after ? `AND c."lastMessageAt" <= $3 AND (c."lastMessageAt" < $3 OR c."id" > $4)` : "";
  const found = await ctx.db.sql.query<ReadRow>({
    name: `inbox-${input.view}-${limit}${after ? "-after" : ""}`,
    // The limit stands in the text: the planner takes an unknown one for a tenth of all rows.
    text: rowsQuery(`
          SELECT * FROM "conversation" c WHERE c."shopId" = $1 AND ${holds[input.view]} ${place}
           ORDER BY ${orderOf(input.view)} LIMIT ${limit + 1}`),
    values: [ctx.shop.id, ctx.actor.id, ...(after ? [after.at, after.id] : [])],
  });
  const rows = found.rows.slice(0, limit);
  const last = rows.at(-1);
  return {
    rows: rows.map(toRow),
    nextCursor: found.rows.length > limit && last ? toCursor({ at: last.lastMessageAt, id: last.id }) : null,
  };
}
