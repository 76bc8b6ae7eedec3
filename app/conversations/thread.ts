import { auditRead } from "~/audit/audit-read";
import type { Context, StaffActor } from "~/context";
import { NotFound } from "~/http/errors";
import { isId } from "~/platform/ids";
import { conversationMessages } from "./message-view";
import type { FactView, NoteView, ThreadEntry } from "./thread-entry";

/** How many entries a page of a conversation has. */
export const threadPage = 50;

/** What is a message or a note has its own row; of these only the row is shown. */
const shownOtherwise = ["message.received", "message.sent", "note.added"];

export interface ThreadPage {
  /** In order of position. */
  entries: ThreadEntry[];
  hasEarlier: boolean;
}

/**
 * Messages, notes and facts of a conversation in order, for staff: the last page, or the one before `before`. That
 * it was read stands in the audit log. Throws NotFound for a conversation that is not this shop's.
 */
export async function thread(
  ctx: Context<StaffActor>,
  conversationId: string,
  before = 2 ** 31 - 1,
): Promise<ThreadPage> {
  const found = isId(conversationId)
    ? await ctx.db.prisma.conversation.findUnique({
        where: { shopId_id: { shopId: ctx.shop.id, id: conversationId } },
        select: { openedAt: true },
      })
    : null;
  if (!found) throw new NotFound("This conversation");
  const page = { conversationId, before, limit: threadPage + 1, since: found.openedAt };
  const [messages, notes, facts] = await Promise.all([
    conversationMessages(ctx.db.sql, ctx.shop.id, conversationId, page),
    notesBefore(ctx, page),
    factsBefore(ctx, page),
    auditRead(ctx, { action: "conversation.read", subjectKind: "conversation", subjectId: conversationId }),
  ]);
  const entries: ThreadEntry[] = [
    ...messages.map((message) => ({ type: "message" as const, position: message.position, at: message.at, message })),
    ...notes.map((note) => ({ type: "note" as const, position: note.position, at: note.at, note })),
    ...facts.map((fact) => ({ type: "fact" as const, position: fact.position, at: fact.at, fact })),
  ];
  entries.sort((one, other) => one.position - other.position);
  return { entries: entries.slice(-threadPage), hasEarlier: entries.length > threadPage };
}

interface Page {
  conversationId: string;
  before: number;
  limit: number;
  since: Date;
}

async function notesBefore(ctx: Context, page: Page): Promise<NoteView[]> {
  const found = await ctx.db.sql.query<Omit<NoteView, "at"> & { at: Date }>(
    `SELECT n."id", n."conversationId", n."position", n."staffId", s."name" AS "staffName", n."text", n."clientKey", n."at"
       FROM "note" n LEFT JOIN "staff" s ON s."shopId" = n."shopId" AND s."id" = n."staffId"
      WHERE n."shopId" = $1 AND n."conversationId" = $2 AND n."position" < $3 ORDER BY n."position" DESC LIMIT $4`,
    [ctx.shop.id, page.conversationId, page.before, page.limit],
  );
  return found.rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

async function factsBefore(ctx: Context, page: Page): Promise<FactView[]> {
  // No fact of a conversation is older than it, which leaves the older partitions out.
  const found = await ctx.db.sql.query<Omit<FactView, "at"> & { at: Date }>(
    `SELECT e."kind", e."data", e."position", e."at", e."actor", e."actorId", s."name" AS "actorName"
       FROM "event" e
       LEFT JOIN "staff" s ON e."actor" = 'staff' AND s."shopId" = e."shopId" AND s."id"::text = e."actorId"
      WHERE e."shopId" = $1 AND e."conversationId" = $2 AND e."position" < $3 AND e."at" >= $5
        AND e."kind" <> ALL ($6::text[])
      ORDER BY e."position" DESC LIMIT $4`,
    [ctx.shop.id, page.conversationId, page.before, page.limit, page.since, shownOtherwise],
  );
  return found.rows.map((row) => ({ ...row, at: row.at.toISOString() }) as FactView);
}
