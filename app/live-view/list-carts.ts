import type { CartLine } from "~/carts/cart";
import type { Context } from "~/context";
import { changedWithin, type LiveCart, seenWithin } from "./live-cart";

/** The most that one page shows; the summary counts them all. */
export const mostCarts = 200;

interface Row {
  id: string;
  currency: string;
  total: number;
  itemCount: number;
  lines: CartLine[];
  discountCodes: string[];
  changedAt: Date;
  createdAt: Date;
  checkoutAt: Date | null;
  visitorId: string | null;
  visits: number;
  since: Date;
  lastSeenAt: Date;
  countryCode: string | null;
  pageUrl: string | null;
  pageTitle: string | null;
  signedInAs: string | null;
  name: string | null;
  email: string | null;
  conversationId: string | null;
  conversationStatus: string | null;
  draftId: string | null;
  draftName: string | null;
}

/** Ids of the carts that are live: changed lately, or of a browser that was heard of lately. $1 shop, $2 and $3 since when. */
const liveIds = `
  SELECT k."id" FROM "cart" k
   WHERE k."shopId" = $1 AND k."status" = 'active' AND k."itemCount" > 0 AND k."changedAt" > $2
  UNION
  SELECT k."id" FROM "visitor" v
    JOIN "cart" k ON k."shopId" = v."shopId" AND k."visitorId" = v."id" AND k."status" = 'active' AND k."itemCount" > 0
   WHERE v."shopId" = $1 AND v."lastSeenAt" > $3`;

/** The live carts of the shop, those that changed last first, with who they belong to and what staff do about them. */
export async function listCarts(ctx: Context): Promise<LiveCart[]> {
  const now = ctx.clock.now().getTime();
  const found = await ctx.db.sql.query<Row>({
    name: "live-carts",
    text: `
      SELECT k."id", k."currency", k."total", k."itemCount", k."lines", COALESCE(k."discountCodes", ARRAY[]::text[]) AS "discountCodes", k."changedAt", k."createdAt",
             k."checkoutAt", k."visitorId", v."visits", COALESCE(v."visitStartedAt", k."createdAt") AS "since",
             v."lastSeenAt", v."countryCode", v."pageUrl", v."pageTitle", v."signedInAs",
             COALESCE(w."name", p."name") AS "name", COALESCE(w."email", p."email") AS "email",
             c."id" AS "conversationId", c."status" AS "conversationStatus", d."id" AS "draftId", d."name" AS "draftName"
        FROM (SELECT * FROM "cart" k WHERE k."shopId" = $1 AND k."id" IN (${liveIds})
               ORDER BY k."changedAt" DESC, k."id" LIMIT ${mostCarts}) k
        LEFT JOIN "visitor" v ON v."shopId" = k."shopId" AND v."id" = k."visitorId"
        LEFT JOIN "customer" p ON p."shopId" = v."shopId" AND p."id" = v."customerId"
        LEFT JOIN "customer" w ON w."shopId" = p."shopId" AND w."id" = p."personId"
        LEFT JOIN LATERAL (
          SELECT c."id", c."status" FROM "conversation" c
           WHERE c."shopId" = k."shopId" AND c."status" <> 'closed'
             AND (c."visitorId" = k."visitorId" OR c."customerId" = v."customerId"
                  OR c."customerId" IN (SELECT o."id" FROM "customer" o
                                         WHERE o."shopId" = p."shopId" AND o."personId" = p."personId"))
           ORDER BY c."lastMessageAt" DESC LIMIT 1
        ) c ON true
        LEFT JOIN LATERAL (
          SELECT d."id", d."name" FROM "draft_order" d
           WHERE d."shopId" = k."shopId" AND d."cartId" = k."id" AND d."status" IN ('open', 'invoice_sent')
           ORDER BY d."createdAt" DESC LIMIT 1
        ) d ON true
       ORDER BY k."changedAt" DESC, k."id"`,
    values: [ctx.shop.id, new Date(now - changedWithin), new Date(now - seenWithin)],
  });
  return found.rows.map((row) => cartOf(row, now));
}

export interface LiveSummary {
  /** Browsers heard of within `seenWithin`, with or without a cart. */
  shoppers: number;
  carts: number;
  /** Minor units, one for each currency of the carts, the largest first. */
  values: { currency: string; total: number }[];
}

/** How many shop now, how many carts are live, and what they are worth. */
export async function summary(ctx: Context): Promise<LiveSummary> {
  const now = ctx.clock.now().getTime();
  const since = new Date(now - seenWithin);
  const [shoppers, carts] = await Promise.all([
    ctx.db.prisma.visitor.count({ where: { shopId: ctx.shop.id, lastSeenAt: { gt: since } } }),
    ctx.db.sql.query<{ currency: string; carts: number; total: number }>({
      name: "live-summary",
      text: `SELECT k."currency", count(*)::int AS "carts", sum(k."total")::float8 AS "total"
               FROM "cart" k WHERE k."shopId" = $1 AND k."id" IN (${liveIds})
              GROUP BY k."currency" ORDER BY sum(k."total") DESC`,
      values: [ctx.shop.id, new Date(now - changedWithin), since],
    }),
  ]);
  return {
    shoppers,
    carts: carts.rows.reduce((sum, row) => sum + row.carts, 0),
    values: carts.rows.map(({ currency, total }) => ({ currency, total })),
  };
}

function cartOf(row: Row, now: number): LiveCart {
  return {
    id: row.id,
    currency: row.currency,
    total: row.total,
    itemCount: row.itemCount,
    lines: row.lines.map(({ key, title, variantTitle, image, quantity, price, lineTotal }) => ({
      key,
      title,
      variantTitle,
      image,
      quantity,
      price,
      lineTotal,
    })),
    discountCodes: row.discountCodes,
    changedAt: row.changedAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
    checkoutAt: row.checkoutAt?.toISOString() ?? null,
    shopper: row.visitorId
      ? {
          visitorId: row.visitorId,
          here: now - row.lastSeenAt.getTime() < seenWithin,
          since: row.since.toISOString(),
          lastSeenAt: row.lastSeenAt.toISOString(),
          visits: row.visits,
          countryCode: row.countryCode,
          page: row.pageUrl ? { path: row.pageUrl, title: row.pageTitle } : null,
          name: row.name,
          email: row.email,
          identified: row.signedInAs !== null,
        }
      : null,
    conversation: row.conversationId ? { id: row.conversationId, status: row.conversationStatus ?? "open" } : null,
    draftOrder: row.draftId && row.draftName ? { id: row.draftId, name: row.draftName } : null,
  };
}
