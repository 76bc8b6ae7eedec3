import type { Conversation } from "@prisma/client";
import type { Context } from "~/context";
import { lockForStaff, subjectsOf } from "~/conversations/find";
import { entriesOf } from "~/conversations/splitting/entries";
import { type Entry, standingOf } from "~/conversations/splitting/entry";
import { moveOut } from "~/conversations/splitting/move-out";
import { preview } from "~/conversations/text";
import type { Transaction } from "~/db.server";
import { record } from "~/events/record";
import { decideSplit, type Part } from "./decide-split";
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
    parts.push({ ...part, conversationId: await moveApart(tx, ctx, conversation, part) });
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

async function moveApart(tx: Transaction, ctx: Context, from: Conversation, part: Part): Promise<string> {
  const shopId = ctx.shop.id;
  const first = part.entries[0] as Entry;
  const standing = standingOf(part.entries, (text) => preview(text, 0));
  // Places stay, and so does what was said of them.
  const places = part.entries.map((entry) => entry.position);
  const made = await moveOut(tx, ctx, from, part, places, standing ?? { lastMessageAt: first.at });
  // Who has read how far, so that nothing is unread because it moved.
  await tx.$executeRaw`
    INSERT INTO "conversation_read" ("shopId", "staffId", "conversationId", "position")
    SELECT "shopId", "staffId", ${made.id}::uuid, "position" FROM "conversation_read"
     WHERE "shopId" = ${shopId}::uuid AND "conversationId" = ${from.id}::uuid`;
  await record(tx, ctx, "conversation.opened", { channel: made.channel }, subjectsOf(made));
  return made.id;
}
