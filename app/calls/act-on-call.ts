import type { Call } from "@prisma/client";
import type { Context } from "~/context";
import { lockForStaff, subjectsOf } from "~/conversations/find";
import { takePosition } from "~/conversations/take-position";
import type { Transaction } from "~/db.server";
import { record } from "~/events/record";
import { NotFound } from "~/http/errors";
import { isId } from "~/platform/ids";
import { type CallNews, decideCall, type Standing } from "./decide-call";
import { finishCall, retellCall } from "./finish-call";

/** A call of the shop, its row locked until the transaction ends. Throws NotFound. */
export async function lockCall(tx: Transaction, ctx: Context, callId: string): Promise<Call> {
  if (!isId(callId)) throw new NotFound("This call");
  await tx.$queryRaw`SELECT 1 FROM "call" WHERE "shopId" = ${ctx.shop.id}::uuid AND "id" = ${callId}::uuid FOR UPDATE`;
  const found = await tx.call.findUnique({ where: { shopId_id: { shopId: ctx.shop.id, id: callId } } });
  if (!found) throw new NotFound("This call");
  return found;
}

/**
 * Takes in what became known of a call and does what follows from it: the open pages are told, whoever answers has the
 * conversation, and what is over stands in it as a message. Gives the call as it is then; `news` is whether that was new.
 */
export async function actOnCall(
  tx: Transaction,
  ctx: Context,
  callId: string,
  news: CallNews,
): Promise<{ call: Call; news: boolean }> {
  const before = await lockCall(tx, ctx, callId);
  const changes = decideCall(before as Standing, news);
  const call = await tx.call.update({
    where: { shopId_id: { shopId: ctx.shop.id, id: callId } },
    data: { ...changes, heardAt: ctx.clock.now() },
  });
  if (!changes) return { call, news: false };
  if (before.state === "ended") await retellCall(tx, ctx, call);
  else if (call.state === "ended") return { call: await finishCall(tx, ctx, call), news: true };
  else await tellChange(tx, ctx, call);
  if (news.kind === "answered" || news.kind === "handed") await giveConversation(tx, ctx, call, news.staffId);
  return { call, news: true };
}

/** Has the open pages read again how the calls stand. */
export async function tellChange(tx: Transaction, ctx: Context, call: Call): Promise<void> {
  const subjects = { conversationId: call.conversationId, customerId: call.customerId };
  await record(tx, ctx, "call.changed", { callId: call.id, state: call.state }, subjects);
}

/** Whoever talks with them has the conversation, and they wait no longer. */
async function giveConversation(tx: Transaction, ctx: Context, call: Call, staffId: string): Promise<void> {
  const conversation = await lockForStaff(tx, ctx, call.conversationId);
  const isGiven = conversation.assigneeId === staffId;
  await tx.conversation.update({
    where: { shopId_id: { shopId: ctx.shop.id, id: conversation.id } },
    data: { assigneeId: staffId, waitingSince: null, status: "open", closedAt: null, snoozedUntil: null },
  });
  if (isGiven) return;
  const staff = await tx.staff.findUnique({ where: { shopId_id: { shopId: ctx.shop.id, id: staffId } } });
  const position = await takePosition(tx, ctx, conversation.id);
  const data = { staffId, staffName: staff?.name ?? null };
  await record(tx, ctx, "conversation.assigned", data, subjectsOf(conversation, position));
}
