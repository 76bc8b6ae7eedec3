import type { Pool } from "pg";
import type { ShopperActor } from "~/context";
import { leavesOf } from "~/conversations/find";
import { messageColumns, messageOf, messageSource } from "~/conversations/message-view";
import { forShopper, type ShopperMessage, shownSql } from "~/realtime/shown-to-shopper";

/**
 * The messages of a conversation that this shopper reaches, as they may see them, in order: those after `after`, or the
 * last `limit` before `before`.
 */
export async function shopperMessages(
  sql: Pool,
  of: { shopId: string; conversationId: string; actor: ShopperActor },
  page: { after: number } | { before: number; limit: number },
): Promise<ShopperMessage[]> {
  const { shopId, conversationId, actor } = of;
  const [place, order, limit] = "after" in page ? [">", "ASC", 500] : ["<", "DESC", page.limit];
  const found = await sql.query<Parameters<typeof messageOf>[0]>(
    `SELECT ${messageColumns} FROM ${messageSource}
      WHERE m."shopId" = $1 AND m."conversationId" = $2 AND m."position" ${place} $3 AND ${shownSql("$5", "$6")}
      ORDER BY m."position" ${order} LIMIT $4`,
    [shopId, conversationId, "after" in page ? page.after : page.before, limit, actor.visitorId, leavesOf(actor)],
  );
  const messages = found.rows.flatMap((row) => messageOf(row) ?? []).map(forShopper);
  return "after" in page ? messages : messages.reverse();
}
