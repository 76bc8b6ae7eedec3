import type { Pool } from "pg";
import type { Context } from "~/context";
import { NotFound } from "~/http/errors";
import { isId } from "~/platform/ids";
import type { MessageView } from "~/realtime/frames";

type Attachments = MessageView["attachments"];

interface Row extends Omit<MessageView, "at" | "attachments"> {
  at: Date;
  attachments: Attachments | null;
}

/** The table of messages with who of the staff wrote each; `m` and `s`. */
export const messageSource = `("message" m LEFT JOIN "staff" s ON s."shopId" = m."shopId" AND s."id" = m."staffId")`;

const attachments = `
  (SELECT json_agg(json_build_object('id', a."id", 'name', a."name", 'mediaType', a."mediaType", 'size', a."size", 'width', a."width", 'height', a."height") ORDER BY a."id")
     FROM "attachment" a WHERE a."shopId" = m."shopId" AND a."messageId" = m."id")`;

const columns = `
  m."id", m."conversationId", m."position", m."author", s."name" AS "staffName", m."channel", m."text", m."clientKey", m."at",
  ${attachments} AS "attachments"`;

function viewOf(row: Row): MessageView {
  return { ...row, at: row.at.toISOString(), attachments: row.attachments ?? [] };
}

/** A message beside something else in one row, by names that nothing else has; all null where there is none. */
export interface MessageColumns {
  messageId: string | null;
  messageConversationId: string;
  messagePosition: number;
  messageAuthor: MessageView["author"];
  messageStaffName: string | null;
  messageChannel: string;
  messageText: string;
  messageClientKey: string;
  messageAt: Date;
  messageAttachments: Attachments | null;
}

export const messageColumns = `
  m."id" AS "messageId", m."conversationId" AS "messageConversationId", m."position" AS "messagePosition",
  m."author" AS "messageAuthor", s."name" AS "messageStaffName", m."channel" AS "messageChannel", m."text" AS "messageText",
  m."clientKey" AS "messageClientKey", m."at" AS "messageAt",
  ${attachments} AS "messageAttachments"`;

/** The message of such a row; null where there is none. */
export function messageOf(row: MessageColumns): MessageView | null {
  if (row.messageId === null) return null;
  return {
    id: row.messageId,
    conversationId: row.messageConversationId,
    position: row.messagePosition,
    author: row.messageAuthor,
    staffName: row.messageStaffName,
    channel: row.messageChannel,
    text: row.messageText,
    clientKey: row.messageClientKey,
    at: row.messageAt.toISOString(),
    attachments: row.messageAttachments ?? [],
  };
}

/** Messages by id, each looked up in its own shop. Those that are gone are missing from the map. */
export async function messageViews(
  sql: Pool,
  wanted: readonly { shopId: string; messageId: string }[],
): Promise<Map<string, MessageView>> {
  const found = await sql.query<Row>(
    `SELECT ${columns} FROM unnest($1::uuid[], $2::uuid[]) AS w("shopId", "id")
       JOIN ${messageSource} ON m."shopId" = w."shopId" AND m."id" = w."id"`,
    [wanted.map((one) => one.shopId), wanted.map((one) => one.messageId)],
  );
  return new Map(found.rows.map((row) => [row.id, viewOf(row)]));
}

/** One message of the shop as its two sides see it; NotFound for any other id. */
export async function messageView(ctx: Pick<Context, "shop" | "db">, messageId: string): Promise<MessageView> {
  const views = isId(messageId) ? await messageViews(ctx.db.sql, [{ shopId: ctx.shop.id, messageId }]) : null;
  const view = views?.get(messageId);
  if (!view) throw new NotFound("This message");
  return view;
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
      `SELECT ${columns} FROM ${messageSource}
        WHERE m."shopId" = $1 AND m."conversationId" = $2 AND m."position" > $3 ORDER BY m."position" LIMIT 500`,
      [shopId, conversationId, page.after],
    );
    return found.rows.map(viewOf);
  }
  const found = await sql.query<Row>(
    `SELECT ${columns} FROM ${messageSource}
      WHERE m."shopId" = $1 AND m."conversationId" = $2 AND m."position" < $3 ORDER BY m."position" DESC LIMIT $4`,
    [shopId, conversationId, page.before, page.limit],
  );
  return found.rows.map(viewOf).reverse();
}
