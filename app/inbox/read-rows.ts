import { Invalid } from "~/http/errors";
import { isId } from "~/platform/ids";
import type { InboxRow } from "./inbox-row";

/** How many places from the end of a conversation are looked at for what was not sent. */
const lookedAt = 30;

/** A line of the Inbox as the database gives it. */
export interface ReadRow extends Omit<InboxRow, "lastMessageAt" | "waitingSince" | "snoozedUntil" | "cart"> {
  lastMessageAt: Date;
  waitingSince: Date | null;
  snoozedUntil: Date | null;
  cartTotal: number | null;
  cartCurrency: string | null;
  cartItemCount: number | null;
}

/**
 * The query that makes lines of the Inbox, newest last message first. `conversations` is SQL that gives the rows of
 * `conversation` in question; `$1` is the shop and `$2` the reader.
 */
export function rowsQuery(conversations: string, further: { columns: string; join: string } | null = null): string {
  return `
      SELECT c."id", c."channel", c."status", c."position", c."customerId", c."lastMessageAt", c."lastMessageText",
             c."lastMessageFrom", c."assigneeId", c."waitingSince", c."snoozedUntil",
             COALESCE(w."name", p."name") AS "customerName", COALESCE(w."email", p."email") AS "customerEmail",
             COALESCE(w."phone", p."phone") AS "customerPhone",
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
             ) AS "undelivered"${further ? `, ${further.columns}` : ""}
        FROM (${conversations}) c
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
        ${further?.join ?? ""}
       ORDER BY c."lastMessageAt" DESC, c."id"`;
}

/** The line as it goes to the page. */
export function toRow({ cartTotal, cartCurrency, cartItemCount, ...row }: ReadRow): InboxRow {
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

/** The last row of a page, after which the next one begins. */
export interface ListPlace {
  at: Date;
  id: string;
}

export function toCursor(place: ListPlace): string {
  return `${place.at.getTime()}.${place.id}`;
}

/** Throws Invalid for a cursor that is none of ours. */
export function readCursor(cursor: string): ListPlace {
  const [time = "", id = ""] = cursor.split(".", 2);
  if (!/^\d{1,14}$/.test(time) || !isId(id)) {
    throw new Invalid([{ field: "cursor", message: "This list has changed. Load it again." }]);
  }
  return { at: new Date(Number(time)), id };
}
