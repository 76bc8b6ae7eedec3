import type { Call, CallLeg } from "@prisma/client";
import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { change } from "~/events/change";
import { enqueue } from "~/jobs/enqueue";
import { isId } from "~/platform/ids";
import { actOnCall, lockCall, tellChange } from "./act-on-call";
import { endRinging } from "./end-call";

/** A ringing of the shop with its call; null for any other id. */
export async function findLeg(ctx: Context, legId: string): Promise<(CallLeg & { call: Call }) | null> {
  if (!isId(legId)) return null;
  return ctx.db.prisma.callLeg.findUnique({
    where: { shopId_id: { shopId: ctx.shop.id, id: legId } },
    include: { call: true },
  });
}

/**
 * A member of staff takes the call. Null when it is too late: somebody else has it, or it is over. The provider is asked to
 * bring the two together by a job, so that a process that dies now keeps nobody waiting.
 */
export async function takeCall(ctx: Context, legId: string, providerId: string): Promise<Call | null> {
  const leg = await findLeg(ctx, legId);
  if (!leg) return null;
  return change(ctx, async (tx) => {
    const before = await lockCall(tx, ctx, leg.callId);
    const mine = await tx.callLeg.findUniqueOrThrow({ where: { shopId_id: { shopId: ctx.shop.id, id: legId } } });
    // The provider asks again when an answer of ours was lost on the way.
    if (mine.state === "answered") return before.state === "ended" ? null : before;
    if (mine.state !== "ringing") return null;
    const taken = await take(tx, ctx, before, mine);
    const at = ctx.clock.now();
    await tx.callLeg.update({
      where: { shopId_id: { shopId: ctx.shop.id, id: legId } },
      data: taken ? { state: "answered", answeredAt: at, providerId } : { state: "ended", endedAt: at, providerId },
    });
    if (!taken) return null;
    await tx.callLeg.updateMany({
      where: { shopId: ctx.shop.id, callId: before.id, state: "ringing" },
      data: { state: "ended", endedAt: at },
    });
    await enqueue(tx, "follow-call", { shopId: ctx.shop.id, callId: before.id }, { key: `follow ${before.id}` });
    return taken;
  });
}

async function take(tx: Transaction, ctx: Context, call: Call, leg: CallLeg): Promise<Call | null> {
  const { staffId } = leg;
  const at = ctx.clock.now();
  if (leg.transfer) {
    if (call.transferToId !== staffId) return null;
    const { call: after, news } = await actOnCall(tx, ctx, call.id, { kind: "handed", at, staffId });
    if (!news) return null;
    return tx.call.update({
      where: { shopId_id: { shopId: ctx.shop.id, id: call.id } },
      data: { transferToId: null, transferredAt: at, wrapUp: after.wrapUp },
    });
  }
  // An outgoing call rings the member of staff first: the customer's phone rings once they are there.
  if (call.direction === "out") {
    if (call.state === "ended") return null;
    await tellChange(tx, ctx, call);
    return call;
  }
  const { call: after, news } = await actOnCall(tx, ctx, call.id, { kind: "answered", at, staffId });
  return news ? after : null;
}

/** How a ringing or a talk of a member of staff ended, as the provider says. */
export type LegEnding = "no-answer" | "busy" | "failed" | "completed" | "declined";

/**
 * A member of staff did not take the call, said no, or hung up. Then the next are rung; whoever hung up on a customer ends
 * the call for both. Said twice, or late, it changes nothing.
 */
export async function legEnded(ctx: Context, legId: string, ending: LegEnding): Promise<void> {
  const leg = await findLeg(ctx, legId);
  if (!leg) return;
  await change(ctx, async (tx) => {
    const call = await lockCall(tx, ctx, leg.callId);
    const mine = await tx.callLeg.findUniqueOrThrow({ where: { shopId_id: { shopId: ctx.shop.id, id: legId } } });
    if (mine.state !== "ringing" && mine.state !== "answered") return;
    const endedAt = ctx.clock.now();
    const state = mine.state === "answered" ? "ended" : stateOf(ending);
    await tx.callLeg.update({ where: { shopId_id: { shopId: ctx.shop.id, id: legId } }, data: { state, endedAt } });
    if (mine.transfer && call.transferToId === mine.staffId) {
      await tx.call.update({
        where: { shopId_id: { shopId: ctx.shop.id, id: call.id } },
        data: { transferToId: null },
      });
    }
    const talked = mine.state === "answered" && call.staffId === mine.staffId;
    const inVain = mine.state === "ringing" && call.direction === "out" && !mine.transfer;
    if (call.state !== "ended" && (talked || inVain)) {
      await actOnCall(tx, ctx, call.id, { kind: "over", at: endedAt, because: "hung-up" });
      // Also a colleague who still rings to take it over.
      await endRinging(tx, ctx, call.id);
    } else if (call.state !== "ended") {
      await tellChange(tx, ctx, call);
    }
    await enqueue(tx, "follow-call", { shopId: ctx.shop.id, callId: call.id }, { key: `follow ${call.id}` });
  });
}

function stateOf(ending: LegEnding): string {
  switch (ending) {
    case "busy":
    case "declined":
      return "declined";
    case "failed":
      return "failed";
    // Picked up by a machine, or without the key that takes the call.
    case "completed":
    case "no-answer":
      return "no-answer";
  }
}
