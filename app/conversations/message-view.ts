import type { Pool } from "pg";
import { type DeliveryState, together } from "~/channels/decide-delivery";
import type { Context } from "~/context";
import { NotFound } from "~/http/errors";
import { isId } from "~/platform/ids";
import type { MessageView } from "~/realtime/frames";

/** The table of messages with who of the staff wrote each; `m` and `s`. */
export const messageSource = `("message" m LEFT JOIN "staff" s ON s."shopId" = m."shopId" AND s."id" = m."staffId")`;

/** What the database says of a message, as one value of JSON. */
interface Said extends Omit<MessageView, "attachments" | "reactions" | "delivery"> {
  attachments: MessageView["attachments"] | null;
  reactions: MessageView["reactions"] | null;
  delivery: {
    states: DeliveryState[];
    error: string | null;
    note: string | null;
    notBefore: string | null;
  } | null;
}

/** Rows of the table say it in UTC and to the millisecond, as everything else does. */
const time = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const said = `json_build_object(
  'id', m."id", 'conversationId', m."conversationId", 'position', m."position", 'author', m."author", 'staffName', s."name",
  'channel', m."channel", 'text', m."text", 'clientKey', m."clientKey", 'at', ${time(`m."at"`)}, 'endpointId', m."endpointId",
  'content', m."content", 'reactions', m."reactions", 'editedAt', ${time(`m."editedAt"`)}, 'deletedAt', ${time(`m."deletedAt"`)},
  'replyTo', CASE WHEN m."replyToId" IS NOT NULL THEN (
    SELECT json_build_object('id', r."id", 'author', r."author", 'text', left(r."text", 200))
      FROM "message" r WHERE r."shopId" = m."shopId" AND r."id" = m."replyToId") END,
  'delivery', CASE WHEN m."author" <> 'shopper' AND m."endpointId" IS NOT NULL THEN (
    SELECT json_build_object('states', json_agg(d."state"), 'error', max(d."error"), 'note', max(d."note"),
             'notBefore', ${time(`max(d."notBefore")`)})
      FROM "delivery" d WHERE d."shopId" = m."shopId" AND d."messageId" = m."id" HAVING count(*) > 0) END,
  'attachments', (
    SELECT json_agg(json_build_object('id', a."id", 'name', a."name", 'mediaType', a."mediaType", 'size', a."size",
             'width', a."width", 'height', a."height", 'state', a."state", 'reason', a."reason") ORDER BY a."id")
      FROM "attachment" a WHERE a."shopId" = m."shopId" AND a."messageId" = m."id"))`;

function viewOf({ attachments, reactions, delivery, ...rest }: Said): MessageView {
  return {
    ...rest,
    attachments: attachments ?? [],
    reactions: reactions ?? [],
    delivery: delivery && {
      state: together(delivery.states),
      error: delivery.error,
      note: delivery.note,
      notBefore: delivery.notBefore,
    },
  };
}

/** A message beside something else in one row; null where there is none. */
export interface MessageColumns {
  message: Said | null;
}

export const messageColumns = `${said} AS "message"`;

/** The message of such a row; null where there is none. */
export function messageOf(row: MessageColumns): MessageView | null {
  return row.message && viewOf(row.message);
}

/** A message as it is before anything happened to it. */
export const untouched = {
  endpointId: null,
  content: null,
  editedAt: null,
  deletedAt: null,
  replyTo: null,
  attachments: [],
  reactions: [],
  delivery: null,
} satisfies Partial<MessageView>;

/** Messages by id, each looked up in its own shop. Those that are gone are missing from the map. */
export async function messageViews(
  sql: Pool,
  wanted: readonly { shopId: string; messageId: string }[],
): Promise<Map<string, MessageView>> {
  const found = await sql.query<{ message: Said }>(
    `SELECT ${messageColumns} FROM unnest($1::uuid[], $2::uuid[]) AS w("shopId", "id")
       JOIN ${messageSource} ON m."shopId" = w."shopId" AND m."id" = w."id"`,
    [wanted.map((one) => one.shopId), wanted.map((one) => one.messageId)],
  );
  return new Map(found.rows.map((row) => [row.message.id, viewOf(row.message)]));
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
    const found = await sql.query<{ message: Said }>(
      `SELECT ${messageColumns} FROM ${messageSource}
        WHERE m."shopId" = $1 AND m."conversationId" = $2 AND m."position" > $3 ORDER BY m."position" LIMIT 500`,
      [shopId, conversationId, page.after],
    );
    return found.rows.map((row) => viewOf(row.message));
  }
  const found = await sql.query<{ message: Said }>(
    `SELECT ${messageColumns} FROM ${messageSource}
      WHERE m."shopId" = $1 AND m."conversationId" = $2 AND m."position" < $3 ORDER BY m."position" DESC LIMIT $4`,
    [shopId, conversationId, page.before, page.limit],
  );
  return found.rows.map((row) => viewOf(row.message)).reverse();
}
