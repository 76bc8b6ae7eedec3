import type { Context } from "~/context";
import { provenCustomer } from "~/visitors/proven";
import type { Members } from "../members";

/** Where an answer reaches a person: one place of one channel. Times are ISO 8601. */
export interface Endpoint {
  /** For now a browser of ours: the chat on the store. */
  id: string;
  channel: string;
  /** The conversation through which an answer goes there. */
  conversationId: string;
  status: string;
  /** Whether they are proven to be there: a signed-in browser, or an address confirmed. */
  proven: "signed-in" | "emailed-code" | null;
  countryCode: string | null;
  /** The browsers that hear what is sent there. */
  browserIds: string[];
  /** When they last wrote from there; null when only the store wrote. */
  wroteAt: string | null;
  lastSeenAt: string;
}

const most = 6;

/**
 * Where this person can be answered, where they wrote last first. Browsers that are proven to be the same customer's hear
 * the same chat, so they are one place; each other browser is one of its own.
 */
export async function endpointsOf(ctx: Context, person: Members): Promise<Endpoint[]> {
  const { rows } = await ctx.db.sql.query<{
    id: string;
    conversationId: string;
    channel: string;
    status: string;
    customerId: string | null;
    provenId: string;
    signedInAs: string | null;
    confirmedAt: Date | null;
    countryCode: string | null;
    lastSeenAt: Date;
    wroteAt: Date | null;
  }>(
    `SELECT v."id", c."id" AS "conversationId", c."channel", c."status", v."customerId", o."provenId", v."signedInAs",
            v."confirmedAt", v."countryCode", v."lastSeenAt", wrote."at" AS "wroteAt"
       FROM (SELECT DISTINCT ON ("visitorId") * FROM "conversation"
              WHERE "shopId" = $1 AND "customerId" = ANY ($2) AND "visitorId" IS NOT NULL
              ORDER BY "visitorId", "lastMessageAt" DESC) c
       JOIN "visitor" v ON v."shopId" = c."shopId" AND v."id" = c."visitorId"
       JOIN "customer" o ON o."shopId" = c."shopId" AND o."id" = COALESCE(v."customerId", c."customerId")
       LEFT JOIN LATERAL (
         SELECT m."at" FROM "message" m
          WHERE m."shopId" = c."shopId" AND m."conversationId" = c."id" AND m."author" = 'shopper'
          ORDER BY m."position" DESC LIMIT 1) wrote ON true
      ORDER BY wrote."at" DESC NULLS LAST, c."lastMessageAt" DESC LIMIT 50`,
    [ctx.shop.id, person.customerIds],
  );
  const now = ctx.clock.now();
  const places = new Map<string, Endpoint>();
  for (const row of rows) {
    const isProven = provenCustomer(row, now) !== null;
    const place = isProven ? row.provenId : row.id;
    const there = places.get(place);
    if (there) {
      there.browserIds.push(row.id);
      continue;
    }
    places.set(place, {
      id: row.id,
      channel: row.channel,
      conversationId: row.conversationId,
      status: row.status,
      browserIds: [row.id],
      proven: isProven ? (row.signedInAs ? "signed-in" : "emailed-code") : null,
      countryCode: row.countryCode,
      wroteAt: row.wroteAt?.toISOString() ?? null,
      lastSeenAt: row.lastSeenAt.toISOString(),
    });
  }
  return [...places.values()].slice(0, most);
}
