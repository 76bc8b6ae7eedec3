import type { Conversation } from "@prisma/client";
import type { Context } from "~/context";
import { lockForStaff, subjectsOf } from "~/conversations/find";
import { preview } from "~/conversations/text";
import type { Transaction } from "~/db.server";
import { record } from "~/events/record";
import { newId } from "~/platform/ids";
import { decideSplit, type Entry, type Part, standingOf } from "./decide-split";
import { type MovedPart, moveAlong } from "./move-along";

/**
 * After a merge of that time was undone: cuts each conversation of these leaves in which messages of several people stand
 * since then. Places stay as they are, so the order does. One in which several wrote before (a browser that was somebody
 * else's later) is left as it was.
 */
export async function splitBetween(
  tx: Transaction,
  ctx: Context,
  { leafIds, since }: { leafIds: readonly string[]; since: Date },
): Promise<void> {
  const shopId = ctx.shop.id;
  const mixed = await tx.$queryRaw<{ id: string }[]>`
    SELECT c."id" FROM "conversation" c
      JOIN "customer" o ON o."shopId" = c."shopId" AND o."id" = c."customerId"
      JOIN "message" m ON m."shopId" = c."shopId" AND m."conversationId" = c."id"
      JOIN "customer" w ON w."shopId" = m."shopId" AND w."id" = m."customerId" AND w."personId" <> o."personId"
     WHERE c."shopId" = ${shopId}::uuid AND c."customerId" = ANY (${[...leafIds]}::uuid[])
     GROUP BY c."id" HAVING min(m."at") >= ${since} ORDER BY c."id"`;
  for (const { id } of mixed) await split(tx, ctx, await lockForStaff(tx, ctx, id));
}

async function split(tx: Transaction, ctx: Context, conversation: Conversation): Promise<void> {
  const shopId = ctx.shop.id;
  const entries = await entriesOf(tx, conversation);
  const writers = [conversation.customerId, ...entries.flatMap((entry) => entry.customerId ?? [])];
  const leaves = await tx.customer.findMany({
    where: { shopId, id: { in: [...new Set(writers)] } },
    select: { id: true, personId: true },
  });
  const people = new Map(leaves.map((leaf) => [leaf.id, leaf.personId]));
  const personOf = (id: string): string => people.get(id) ?? id;
  const parts: MovedPart[] = [];
  const moved = new Set<Entry>();
  for (const part of decideSplit(conversation, entries, personOf)) {
    parts.push({ ...part, conversationId: await moveOut(tx, ctx, conversation, part) });
    for (const entry of part.entries) moved.add(entry);
  }
  await moveAlong(tx, conversation, { entries, parts, personOf });
  const standing = standingOf(
    entries.filter((entry) => !moved.has(entry)),
    (text) => preview(text, 0),
  );
  await tx.conversation.update({
    where: { shopId_id: { shopId, id: conversation.id } },
    data: standing ?? { lastMessageText: "", waitingSince: null },
  });
}

async function entriesOf(tx: Transaction, conversation: Conversation): Promise<Entry[]> {
  const where = { shopId: conversation.shopId, conversationId: conversation.id };
  const [messages, notes] = [await tx.message.findMany({ where }), await tx.note.findMany({ where })];
  return [
    ...messages.map(({ id, position, at, customerId, visitorId, author, text, channel }) => ({
      ...{ id, position, at, customerId, author, text },
      // A mail may be shown to a browser (it answers what was mailed from its chat) and is not written there.
      visitorId: channel === "chat" ? visitorId : null,
      kind: "message" as const,
    })),
    ...notes.map(({ id, position, at, text }) => ({
      ...{ id, position, at, text, customerId: null, visitorId: null, author: "staff" },
      kind: "note" as const,
    })),
  ].sort((one, other) => one.position - other.position);
}

async function moveOut(tx: Transaction, ctx: Context, from: Conversation, part: Part): Promise<string> {
  const shopId = ctx.shop.id;
  const first = part.entries[0] as Entry;
  const standing = standingOf(part.entries, (text) => preview(text, 0));
  const made = await tx.conversation.create({
    data: {
      shopId,
      id: newId(ctx.clock.now()),
      customerId: part.customerId,
      visitorId: part.visitorId,
      channel: from.channel,
      status: from.status,
      assigneeId: from.assigneeId,
      position: from.position,
      snoozedUntil: from.snoozedUntil,
      closedAt: from.closedAt,
      shopperDelivered: from.shopperDelivered,
      shopperSeen: from.shopperSeen,
      openedAt: first.at,
      ...(standing ?? { lastMessageAt: first.at }),
    },
  });
  const ids = (kind: Entry["kind"]) => part.entries.filter((entry) => entry.kind === kind).map((entry) => entry.id);
  const data = { conversationId: made.id };
  await tx.message.updateMany({ where: { shopId, id: { in: ids("message") } }, data });
  await tx.note.updateMany({ where: { shopId, id: { in: ids("note") } }, data });
  // Who has read how far, so that nothing is unread because it moved.
  await tx.$executeRaw`
    INSERT INTO "conversation_read" ("shopId", "staffId", "conversationId", "position")
    SELECT "shopId", "staffId", ${made.id}::uuid, "position" FROM "conversation_read"
     WHERE "shopId" = ${shopId}::uuid AND "conversationId" = ${from.id}::uuid`;
  // The story of both people: what was written is told under who wrote it. Ids of entries are those of the rows.
  const moved = part.entries.map((entry) => entry.id);
  await tx.$executeRaw`
    UPDATE "timeline_entry" SET "subjectId" = ${part.customerId}::uuid, "ref" = ${made.id}
     WHERE "shopId" = ${shopId}::uuid AND "subjectId" = ${from.customerId}::uuid AND "id" = ANY (${moved}::uuid[])`;
  await record(tx, ctx, "conversation.opened", { channel: made.channel }, subjectsOf(made));
  return made.id;
}
