import type { Conversation } from "@prisma/client";
import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { newId } from "~/platform/ids";
import type { Entry } from "./entry";

export interface Leaving {
  /** The leaf whose words it begins with. */
  customerId: string;
  /** The browser that wrote last, where an answer goes. */
  visitorId: string | null;
  entries: readonly Entry[];
}

/**
 * Opens a conversation with what leaves `from`, whose row is locked: messages and notes with everything that hangs on them,
 * and their entries in the story, which is told under the new conversation's person from now on.
 * @param places what each entry's place is there @param state all that is not as it was in `from`
 */
export async function moveOut(
  tx: Transaction,
  ctx: Context,
  from: Conversation,
  { customerId, visitorId, entries }: Leaving,
  places: readonly number[],
  state: Partial<Conversation>,
): Promise<Conversation> {
  const shopId = ctx.shop.id;
  const openedAt = entries[0]?.at ?? ctx.clock.now();
  const made = await tx.conversation.create({
    data: {
      shopId,
      id: newId(ctx.clock.now()),
      customerId,
      visitorId,
      channel: from.channel,
      status: from.status,
      assigneeId: from.assigneeId,
      position: from.position,
      snoozedUntil: from.snoozedUntil,
      closedAt: from.closedAt,
      shopperDelivered: from.shopperDelivered,
      shopperSeen: from.shopperSeen,
      lastMessageAt: openedAt,
      openedAt,
      ...state,
    },
  });
  await moveEntries(
    tx,
    made,
    entries.map(({ id }, at) => ({ id, place: places[at] ?? 0 })),
  );
  await moveStory(
    tx,
    entries.map(({ id }) => id),
    from,
    made,
  );
  return made;
}

/** Gives messages and notes their places in that conversation, whose row is locked. */
export async function moveEntries(
  tx: Transaction,
  to: Pick<Conversation, "shopId" | "id">,
  moves: readonly { id: string; place: number }[],
): Promise<void> {
  const ids = moves.map(({ id }) => id);
  const places = moves.map(({ place }) => place);
  await tx.$executeRaw`
    UPDATE "message" m SET "conversationId" = ${to.id}::uuid, "position" = g."place"
      FROM unnest(${ids}::uuid[], ${places}::int[]) AS g("id", "place") WHERE m."shopId" = ${to.shopId}::uuid AND m."id" = g."id"`;
  await tx.$executeRaw`
    UPDATE "note" n SET "conversationId" = ${to.id}::uuid, "position" = g."place"
      FROM unnest(${ids}::uuid[], ${places}::int[]) AS g("id", "place") WHERE n."shopId" = ${to.shopId}::uuid AND n."id" = g."id"`;
}

/** What was written is told under whose conversation it is in. Ids of entries are those of the rows. */
async function moveStory(
  tx: Transaction,
  ids: readonly string[],
  from: Pick<Conversation, "shopId" | "customerId">,
  to: Pick<Conversation, "id" | "customerId">,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE "timeline_entry" SET "subjectId" = ${to.customerId}::uuid, "ref" = ${to.id}
     WHERE "shopId" = ${from.shopId}::uuid AND "subjectId" = ${from.customerId}::uuid AND "id" = ANY (${ids}::uuid[])`;
}
