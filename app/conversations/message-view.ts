import type { Pool } from "pg";
import type { MessageView } from "~/realtime/frames";

interface Row extends Omit<MessageView, "at" | "attachments"> {
  at: Date;
  attachments: MessageView["attachments"] | null;
}

export const messageViewColumns = `
  m."id", m."conversationId", m."position", m."author", s."name" AS "staffName", m."channel", m."text", m."clientKey", m."at",
  (SELECT json_agg(json_build_object('id', a."id", 'name', a."name", 'mediaType', a."mediaType", 'size', a."size", 'width', a."width", 'height', a."height") ORDER BY a."id")
     FROM "attachment" a WHERE a."shopId" = m."shopId" AND a."messageId" = m."id") AS "attachments"`;

const source = `"message" m LEFT JOIN "staff" s ON s."shopId" = m."shopId" AND s."id" = m."staffId"`;

function viewOf(row: Row): MessageView {
  return { ...row, at: row.at.toISOString(), attachments: row.attachments ?? [] };
}

/** Messages by id, each looked up in its own shop. Those that are gone are missing from the map. */
export async function messageViews(
  sql: Pool,
  wanted: readonly { shopId: string; messageId: string }[],
): Promise<Map<string, MessageView>> {
  const found = await sql.query<Row>(
    `SELECT ${messageViewColumns} FROM unnest($1::uuid[], $2::uuid[]) AS w("shopId", "id")
       JOIN ${source} ON m."shopId" = w."shopId" AND m."id" = w."id"`,
    [wanted.map((one) => one.shopId), wanted.map((one) => one.messageId)],
  );
  return new Map(found.rows.map((row) => [row.id, viewOf(row)]));
}

/**
 * The messages of a conversation in their order: those after `after`, or the last `limit` before `before`.
 */
export async function conversationMessages(
  sql: Pool,
  shopId: string,
  conversationId: string,
  page: { after: number } | { before: number; limit: number },
): Promise<MessageView[]> {
  if ("after" in page) {
    const found = await sql.query<Row>(
      `SELECT ${messageViewColumns} FROM ${source}
        WHERE m."shopId" = $1 AND m."conversationId" = $2 AND m."position" > $3 ORDER BY m."position" LIMIT 500`,
      [shopId, conversationId, page.after],
    );
    return found.rows.map(viewOf);
  }
  const found = await sql.query<Row>(
    `SELECT ${messageViewColumns} FROM ${source}
      WHERE m."shopId" = $1 AND m."conversationId" = $2 AND m."position" < $3 ORDER BY m."position" DESC LIMIT $4`,
    [shopId, conversationId, page.before, page.limit],
  );
  return found.rows.map(viewOf).reverse();
}
