import type { Cart } from "@prisma/client";
import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { creditDays, type Talk } from "./decide-evidence";

/** The conversations with the shopper of this cart: of the same browser, or of the customer that it belongs to. */
export async function talksWith(tx: Transaction, ctx: Context, cart: Cart, orderedAt: Date): Promise<Talk[]> {
  if (!cart.visitorId) return [];
  const since = new Date(orderedAt.getTime() - creditDays * 86_400_000);
  return tx.$queryRaw<Talk[]>`
    SELECT c."id" AS "conversationId", max(m."at") AS "staffWroteAt"
      FROM "conversation" c
      JOIN "message" m ON m."shopId" = c."shopId" AND m."conversationId" = c."id" AND m."author" = 'staff'
       AND m."at" BETWEEN ${since} AND ${orderedAt}
      LEFT JOIN "visitor" v ON v."shopId" = c."shopId" AND v."id" = ${cart.visitorId}::uuid
     WHERE c."shopId" = ${ctx.shop.id}::uuid
       AND (c."visitorId" = ${cart.visitorId}::uuid OR c."customerId" = v."customerId" OR c."customerId" IN (
             SELECT o."id" FROM "customer" l JOIN "customer" o ON o."shopId" = l."shopId" AND o."personId" = l."personId"
              WHERE l."shopId" = v."shopId" AND l."id" = v."customerId"))
     GROUP BY c."id"`;
}
