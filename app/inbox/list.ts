import type { Context, StaffActor } from "~/context";
import { Invalid } from "~/http/errors";
import { isId } from "~/platform/ids";
import type { InboxRow, InboxView } from "./inbox-row";
import { holds, orderOf } from "./views";

/** Rows of a page when not asked otherwise, and the most that may be asked for. */
const usualPage = 30;
const largestPage = 100;

/** How many places from the end of a conversation are looked at for what was not sent. */
const lookedAt = 30;

export interface InboxPage {
  /** Newest last message first. */
  rows: InboxRow[];
  /** Give it to get the rows after these; null when these are the last. */
  nextCursor: string | null;
}

interface Row extends Omit<InboxRow, "lastMessageAt" | "waitingSince" | "snoozedUntil" | "cart"> {
  lastMessageAt: Date;
  waitingSince: Date | null;
  snoozedUntil: Date | null;
  cartTotal: number | null;
  cartCurrency: string | null;
  cartItemCount: number | null;
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
  const found = await ctx.db.sql.query<Row>({
    name: `inbox-${input.view}-${limit}${after ? "-after" : ""}`,
    // The limit stands in the text: the planner takes an unknown one for a tenth of all rows.
    text: `
      SELECT c."id", c."channel", c."status", c."position", c."customerId", c."lastMessageAt", c."lastMessageText",
             c."lastMessageFrom", c."assigneeId", c."waitingSince", c."snoozedUntil",
             COALESCE(w."name", p."name") AS "customerName", COALESCE(w."email", p."email") AS "customerEmail",
             (p."shopifyCustomerId" IS NOT NULL OR EXISTS (
               SELECT 1 FROM "customer" m JOIN "identity" i ON i."shopId" = m."shopId" AND i."customerId" = m."id"
                WHERE m."shopId" = p."shopId" AND m."provenId" = p."provenId" AND i."grade" <> 'claimed'
             )) AS "addressProven",
             COALESCE(w."shopifyCustomerId", p."shopifyCustomerId") AS "shopifyCustomerId", s."name" AS "assigneeName",
             k."total" AS "cartTotal", k."currency" AS "cartCurrency", k."itemCount" AS "cartItemCount",
             EXISTS (
               SELECT 1 FROM "message" m
                WHERE m."shopId" = c."shopId" AND m."conversationId" = c."id" AND m."author" = 'shopper'
                  AND m."position" > COALESCE(r."position", 0)
             ) AS "unread",
             EXISTS (
               SELECT 1 FROM "message" m JOIN "delivery" d ON d."shopId" = m."shopId" AND d."messageId" = m."id"
                WHERE m."shopId" = c."shopId" AND m."conversationId" = c."id" AND m."position" > c."position" - ${lookedAt}
                  AND d."state" IN ('failed', 'unclear')
             ) AS "undelivered"
        FROM (
          SELECT * FROM "conversation" c WHERE c."shopId" = $1 AND ${holds[input.view]} ${place}
           ORDER BY ${orderOf(input.view)} LIMIT ${limit + 1}
        ) c
        JOIN "customer" p ON p."shopId" = c."shopId" AND p."id" = c."customerId"
        JOIN "customer" w ON w."shopId" = p."shopId" AND w."id" = p."personId"
        LEFT JOIN "staff" s ON s."shopId" = c."shopId" AND s."id" = c."assigneeId"
        LEFT JOIN "conversation_read" r
               ON r."shopId" = c."shopId" AND r."staffId" = $2 AND r."conversationId" = c."id"
        LEFT JOIN LATERAL (
          SELECT "total", "currency", "itemCount" FROM "cart"
           WHERE "shopId" = c."shopId" AND "visitorId" = c."visitorId" AND "status" = 'active' AND "itemCount" > 0
           ORDER BY "changedAt" DESC LIMIT 1
        ) k ON true
       ORDER BY c."lastMessageAt" DESC, c."id"`,
    values: [ctx.shop.id, ctx.actor.id, ...(after ? [after.at, after.id] : [])],
  });
  const rows = found.rows.slice(0, limit);
  const last = rows.at(-1);
  return {
    rows: rows.map(viewOf),
    nextCursor: found.rows.length > limit && last ? toCursor({ at: last.lastMessageAt, id: last.id }) : null,
  };
}

function viewOf({ cartTotal, cartCurrency, cartItemCount, ...row }: Row): InboxRow {
  return {
    ...row,
    lastMessageAt: row.lastMessageAt.toISOString(),
    waitingSince: row.waitingSince?.toISOString() ?? null,
    snoozedUntil: row.snoozedUntil?.toISOString() ?? null,
    cart:
      cartTotal === null || cartCurrency === null || cartItemCount === null
        ? null
        : { total: cartTotal, currency: cartCurrency, itemCount: cartItemCount },
  };
}

interface ListPlace {
  at: Date;
  id: string;
}

function toCursor(place: ListPlace): string {
  return `${place.at.getTime()}.${place.id}`;
}

function readCursor(cursor: string): ListPlace {
  const [time = "", id = ""] = cursor.split(".", 2);
  if (!/^\d{1,14}$/.test(time) || !isId(id)) {
    throw new Invalid([{ field: "cursor", message: "This list has changed. Load it again." }]);
  }
  return { at: new Date(Number(time)), id };
}
