import type { Conversation } from "@prisma/client";
import { audit } from "~/audit/audit";
import type { Context, StaffActor } from "~/context";
import type { Transaction } from "~/db.server";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { Invalid, NotFound, Problem } from "~/http/errors";
import { isId, newId } from "~/platform/ids";
import { lockForStaff, subjectsOf } from "../find";
import { askFollowUp } from "../follow-up/follow-up";
import { preview } from "../text";
import { decideSplit } from "./decide-split";
import { entriesOf } from "./entries";
import { type StandingEntry, standingOf } from "./entry";
import { moveOut } from "./move-out";

export interface Split {
  conversationId: string;
  /** A message of a customer's. */
  messageId: string;
  /** Only this message, and nothing of what came after it. */
  only: boolean;
  /** Made by the page: a second arrival is the same split. */
  clientKey: string;
}

/**
 * Begins a new conversation at a customer's message: it and what the same sender wrote later, with what was answered to
 * them, or only it. The new one is open and is its sender's; `unsplit` puts both together again. Of two who do it at once,
 * the second gets what the first made. Throws NotFound, Invalid, and a Problem (409) when nothing would be left.
 */
export async function split(ctx: Context<StaffActor>, input: Split): Promise<{ conversationId: string }> {
  if (!isId(input.messageId)) throw new NotFound("This message");
  if (!isId(input.clientKey)) throw new Invalid([{ field: "clientKey", message: "Reload the page and try again." }]);
  return change(ctx, async (tx) => {
    const from = await lockForStaff(tx, ctx, input.conversationId);
    const made = await madeBefore(tx, from, input);
    if (made) return { conversationId: made };
    const entries = await entriesOf(tx, from);
    const decision = decideSplit(entries, input);
    if ("not" in decision) throw refusal(decision.not);
    const { moves } = decision;
    // The first place tells of the split.
    const into = await moveOut(
      tx,
      ctx,
      from,
      { ...decision, entries: moves },
      moves.map((_, at) => at + 2),
      {
        ...marks(from, moves),
        status: "open",
        snoozedUntil: null,
        closedAt: null,
        position: moves.length + 1,
        channel: moves.findLast((entry) => entry.author === "shopper" && !entry.automatic)?.channel ?? from.channel,
        ...standing(moves),
      },
    );
    await goAlong(tx, from, into, moves);
    const left = entries.filter((entry) => !moves.includes(entry));
    const stands = standing(left);
    const position = from.position + 1;
    await tx.conversation.update({
      where: { shopId_id: { shopId: from.shopId, id: from.id } },
      // Whoever did not wait for an answer does not begin to because something was taken out.
      data: { position, ...stands, waitingSince: from.waitingSince && (stands?.waitingSince ?? null) },
    });
    await keep(tx, ctx, { from, into, moves, input });
    const data = { fromId: from.id, intoId: into.id, messages: moves.length };
    await record(tx, ctx, "conversation.split", data, subjectsOf(from, position));
    await record(tx, ctx, "conversation.split", data, subjectsOf(into, 1));
    if (moves.some((entry) => entry.author === "staff" && entry.channel === "chat"))
      await askFollowUp(tx, ctx, into.id);
    return { conversationId: into.id };
  });
}

/** The conversation that this very split, or another one a moment ago, has already begun with the message. */
async function madeBefore(tx: Transaction, { shopId, id }: Conversation, input: Split): Promise<string | null> {
  const same = await tx.conversationSplit.findUnique({
    where: { shopId_clientKey: { shopId, clientKey: input.clientKey } },
  });
  if (same?.fromId === id && !same.undoneAt) return same.intoId;
  if (same) throw new Problem(409, "split-undone", "This was put together again meanwhile. Reload the page.");
  const message = await tx.message.findUnique({
    where: { shopId_id: { shopId, id: input.messageId } },
    select: { conversationId: true },
  });
  if (!message) throw new NotFound("This message");
  if (message.conversationId === id) return null;
  const other = await tx.conversationSplit.findFirst({
    where: { shopId, fromId: id, intoId: message.conversationId, undoneAt: null },
    select: { intoId: true },
  });
  if (!other) throw new NotFound("This message");
  return other.intoId;
}

function refusal(why: "no-message" | "nothing-left"): Problem {
  if (why === "no-message") {
    return new Problem(409, why, "A new conversation begins with something that the customer wrote.");
  }
  return new Problem(409, why, "Nothing would be left in this conversation, so it stays as it is.");
}

function standing(entries: readonly StandingEntry[]) {
  const shown = entries.filter((entry) => !entry.takenBack && !entry.followUp);
  const stands = standingOf(shown, (text, { files }) => preview(text, files));
  const waits =
    standingOf(
      shown.filter((entry) => !entry.automatic),
      () => "",
    )?.waitingSince ?? null;
  return stands ? { ...stands, waitingSince: waits } : null;
}

/** How far the shopper has come, by the places that the moved have now. */
function marks(from: Conversation, moves: readonly StandingEntry[]) {
  return {
    shopperDelivered: placeOf(from.shopperDelivered, moves),
    shopperSeen: placeOf(from.shopperSeen, moves),
    followedUpTo: placeOf(from.followedUpTo, moves),
  };
}

const placeOf = (mark: number, moves: readonly StandingEntry[]): number => {
  const known = moves.filter((entry) => entry.position <= mark).length;
  return known === 0 ? 0 : known + 1;
};

/** Who of the team has read how far, and the calls that stand in the conversation as messages. */
async function goAlong(
  tx: Transaction,
  { shopId, id }: Conversation,
  into: Conversation,
  moves: readonly StandingEntry[],
): Promise<void> {
  const reads = await tx.conversationRead.findMany({ where: { shopId, conversationId: id } });
  await tx.conversationRead.createMany({
    data: reads.map(({ staffId, position }) => ({
      ...{ shopId, staffId, conversationId: into.id },
      position: placeOf(position, moves),
    })),
  });
  await tx.call.updateMany({
    where: { shopId, conversationId: id, messageId: { in: moves.map((entry) => entry.id) } },
    data: { conversationId: into.id },
  });
}

async function keep(
  tx: Transaction,
  ctx: Context<StaffActor>,
  { from, into, moves, input }: { from: Conversation; into: Conversation; moves: StandingEntry[]; input: Split },
): Promise<void> {
  const { lastMessageAt, lastMessageFrom, waitingSince, channel, position } = from;
  const before = { lastMessageAt, lastMessageFrom, waitingSince, channel, position };
  await tx.conversationSplit.create({
    data: {
      shopId: from.shopId,
      id: newId(ctx.clock.now()),
      fromId: from.id,
      intoId: into.id,
      clientKey: input.clientKey,
      moved: moves.map(({ id, position }) => ({ id, from: position })),
      before: JSON.parse(JSON.stringify(before)),
      at: ctx.clock.now(),
    },
  });
  await audit(tx, ctx, {
    action: "conversation.split",
    subjectKind: "conversation",
    subjectId: from.id,
    detail: { into: into.id, messages: moves.length },
  });
}
