import type { Conversation } from "@prisma/client";
import { z } from "zod";
import { audit } from "~/audit/audit";
import type { Context, StaffActor } from "~/context";
import type { Transaction } from "~/db.server";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { NotFound, Problem } from "~/http/errors";
import { isId } from "~/platform/ids";
import { lockForStaff, subjectsOf } from "../find";
import { askFollowUp } from "../follow-up/follow-up";
import { preview } from "../text";
import { comeTo } from "./decide-split";
import { decideStanding } from "./decide-standing";
import { entriesOf } from "./entries";
import type { StandingEntry } from "./entry";
import { moveEntries } from "./move-out";

const movedShape = z.array(z.object({ id: z.string(), from: z.number() }));
const beforeShape = z.object({
  lastMessageAt: z.coerce.date(),
  lastMessageFrom: z.enum(["shopper", "staff"]),
  waitingSince: z.coerce.date().nullable(),
  channel: z.string(),
  position: z.number(),
});

/**
 * Puts a conversation back into the one that it was split from: what was moved has its old place again, what came since
 * stands behind it, and the new conversation is gone. Gives the conversation that is left, also the second time. Throws
 * NotFound, and a Problem (409) when parts of both exclude each other.
 */
export async function unsplit(ctx: Context<StaffActor>, conversationId: string): Promise<{ conversationId: string }> {
  if (!isId(conversationId)) throw new NotFound("This conversation");
  const shopId = ctx.shop.id;
  const key = { where: { shopId_intoId: { shopId, intoId: conversationId } } };
  return change(ctx, async (tx) => {
    const known = await tx.conversationSplit.findUnique(key);
    if (!known) throw new NotFound("This conversation");
    const from = await lockForStaff(tx, ctx, known.fromId);
    const cut = await tx.conversationSplit.findUniqueOrThrow(key);
    if (cut.undoneAt) return { conversationId: from.id };
    const into = await lockForStaff(tx, ctx, conversationId);
    await refuseIfBoth(tx, from, into);
    const before = beforeShape.parse(cut.before);
    const places = new Map(movedShape.parse(cut.moved).map(({ id, from }) => [id, from]));
    const stayed = await entriesOf(tx, from);
    const back = await entriesOf(tx, into);
    const came = back.filter(({ id }) => !places.has(id));
    const moves = back.map((entry) => ({
      ...entry,
      place: places.get(entry.id) ?? from.position + 1 + came.indexOf(entry),
    }));
    await moveEntries(tx, from, moves);
    const since = [...stayed.filter(({ position }) => position > before.position), ...came];
    const position = from.position + came.length + 1;
    await joinMarks(tx, from, into, stayed, moves);
    await goBack(tx, from, into);
    const then = [
      ...stayed.filter(({ position }) => position <= before.position),
      ...moves.filter(({ id }) => places.has(id)),
    ];
    const stands = decideStanding({ ...before, lastMessageText: lastOf(then) }, since);
    const reopened = from.status !== "open" && came.some((entry) => entry.kind === "message" && !entry.automatic);
    await tx.conversation.update({
      where: { shopId_id: { shopId, id: from.id } },
      data: {
        lastMessageAt: stands.lastMessageAt,
        lastMessageText: stands.lastMessageText,
        lastMessageFrom: stands.lastMessageFrom,
        channel: stands.channel,
        position,
        waitingSince: from.status === "closed" && !reopened ? null : stands.waitingSince,
        visitorId: from.visitorId ?? into.visitorId,
        assigneeId: from.assigneeId ?? into.assigneeId,
        ...(reopened ? { status: "open", closedAt: null, snoozedUntil: null } : {}),
      },
    });
    await tx.conversationSplit.update({ ...key, data: { undoneAt: ctx.clock.now() } });
    await tx.conversation.delete({ where: { shopId_id: { shopId, id: into.id } } });
    const data = { fromId: from.id, intoId: into.id };
    await record(tx, ctx, "conversation.unsplit", data, subjectsOf(from, position));
    await record(tx, ctx, "conversation.unsplit", data, subjectsOf(into));
    await audit(tx, ctx, {
      action: "conversation.unsplit",
      subjectKind: "conversation",
      subjectId: from.id,
      detail: { from: into.id, messages: back.length },
    });
    if (came.some((entry) => entry.author === "staff" && entry.channel === "chat")) await askFollowUp(tx, ctx, from.id);
    return { conversationId: from.id };
  });
}

/** What a list showed of the last of them; it is not kept, for it is what somebody wrote. */
function lastOf(entries: readonly StandingEntry[]): string {
  const shown = entries.filter((entry) => entry.kind === "message" && !entry.takenBack && !entry.followUp);
  const last = shown.sort((one, other) => (one.id < other.id ? -1 : 1)).at(-1);
  return last ? preview(last.text, last.files) : "";
}

async function refuseIfBoth(tx: Transaction, { shopId, id }: Conversation, into: Conversation): Promise<void> {
  const cutAgain = await tx.conversationSplit.count({ where: { shopId, fromId: into.id, undoneAt: null } });
  if (cutAgain > 0) {
    throw new Problem(409, "split-again", "Another conversation was split from this one. Undo that split first.");
  }
  const ratings = await tx.rating.count({ where: { shopId, conversationId: { in: [id, into.id] } } });
  if (ratings === 2) {
    throw new Problem(409, "both-rated", "The customer rated both conversations, so they stay apart.");
  }
}

/** How far the shopper and each of the team have come in what is one conversation again. */
async function joinMarks(
  tx: Transaction,
  from: Conversation,
  into: Conversation,
  stayed: readonly StandingEntry[],
  moves: readonly (StandingEntry & { place: number })[],
): Promise<void> {
  const { shopId } = from;
  const joined = (here: number, there: number): number =>
    comeTo(
      here,
      [
        ...stayed.map(({ position }) => ({ position, known: position <= here })),
        ...moves.map(({ place, position }) => ({ position: place, known: position <= there })),
      ].sort((one, other) => one.position - other.position),
    );
  await tx.conversation.update({
    where: { shopId_id: { shopId, id: from.id } },
    data: {
      shopperDelivered: joined(from.shopperDelivered, into.shopperDelivered),
      shopperSeen: joined(from.shopperSeen, into.shopperSeen),
      followedUpTo: joined(from.followedUpTo, into.followedUpTo),
    },
  });
  const there = await tx.conversationRead.findMany({ where: { shopId, conversationId: into.id } });
  const here = await tx.conversationRead.findMany({ where: { shopId, conversationId: from.id } });
  for (const { staffId, position } of there) {
    const old = here.find((one) => one.staffId === staffId)?.position ?? 0;
    const now = joined(old, position);
    if (now === old) continue;
    await tx.conversationRead.upsert({
      where: { shopId_staffId_conversationId: { shopId, staffId, conversationId: from.id } },
      create: { shopId, staffId, conversationId: from.id, position: now },
      update: { position: now },
    });
  }
}

/** All that hangs on the conversation besides its messages, and its story. */
async function goBack(tx: Transaction, from: Conversation, into: Conversation): Promise<void> {
  const { shopId } = from;
  const at = { where: { shopId, conversationId: into.id }, data: { conversationId: from.id } };
  await tx.rating.updateMany(at);
  await tx.draftOrder.updateMany(at);
  await tx.sale.updateMany(at);
  await tx.call.updateMany(at);
  await tx.$executeRaw`
    UPDATE "timeline_entry" SET "subjectId" = ${from.customerId}::uuid, "ref" = ${from.id}
     WHERE "shopId" = ${shopId}::uuid AND "subjectId" = ${into.customerId}::uuid AND "ref" = ${into.id}`;
}
