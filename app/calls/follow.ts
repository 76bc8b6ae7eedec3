import type { Call, CallLeg } from "@prisma/client";
import { openAccount } from "~/channels/accounts";
import { type Account, Rejected, Retryable } from "~/channels/channel";
import { changeInRoom, endCall, isInRoom, ring, roomOf, sendTo } from "~/channels/vendors/twilio/voice-calls";
import { addressOf } from "~/channels/voice/connector";
import { readVoiceSettings } from "~/channels/voice/settings";
import type { Context } from "~/context";
import { change } from "~/events/change";
import { actOnCall } from "./act-on-call";
import { ringAgents } from "./ring";

/** The room at the provider in which the people of a call meet. */
export const roomName = (callId: string): string => `throughline-${callId}`;

/**
 * Brings the provider to where the call stands here: rings the next, joins those who talk, lets go of those who do not.
 * Every step may be done again. Throws what the provider's client throws, so that the job is tried again.
 */
export async function followCall(ctx: Context, callId: string): Promise<void> {
  const found = await ctx.db.prisma.call.findUnique({
    where: { shopId_id: { shopId: ctx.shop.id, id: callId } },
    include: { legs: true },
  });
  const account = found && (await openAccount(ctx, found.accountId));
  if (!account) return;
  await letGo(account, found, found.legs);
  if (found.state === "queued") return ringAgents(ctx, callId);
  if (found.state === "ended") return;
  const talking = found.legs.find((leg) => leg.state === "answered" && leg.staffId === found.staffId);
  if (!talking) return;
  if (found.direction === "out" && !found.providerId) return ringCustomer(ctx, account, found);
  if (talking.transfer) return handOver(ctx, account, found, talking);
  if (found.direction === "in" && found.providerId) await bringIn(account, callId, found.providerId);
}

/** Brings the caller into the room. One who is there stays: to be brought again is to leave, which ends it for both. */
async function bringIn(account: Account, callId: string, providerId: string): Promise<void> {
  const room = await roomOf(account, roomName(callId));
  if (room && (await isInRoom(account, room, providerId))) return;
  await sendTo(account, providerId, addressOf(account.id, "join", { call: callId })).catch(unlessOver);
}

/** Ends what still rings or talks for nothing. */
async function letGo(account: Account, call: Call, legs: readonly CallLeg[]): Promise<void> {
  const over = call.state === "ended";
  for (const leg of legs) {
    if (!leg.providerId) continue;
    const needless = leg.state === "answered" ? over : leg.state !== "ringing" || over;
    if (needless) await endCall(account, leg.providerId);
  }
  if (over && call.providerId) await endCall(account, call.providerId);
}

/** The colleague is in the room: the one who handed over leaves it, and the room stays. */
async function handOver(ctx: Context, account: Account, call: Call, talking: CallLeg): Promise<void> {
  const room = await roomOf(account, roomName(call.id));
  const before = await ctx.db.prisma.callLeg.findMany({
    where: { shopId: ctx.shop.id, callId: call.id, state: "answered", id: { not: talking.id } },
  });
  for (const leg of before) {
    if (!leg.providerId) continue;
    if (room) await changeInRoom(account, room, leg.providerId, { endsRoom: false });
    await endCall(account, leg.providerId);
  }
  if (room && call.providerId) await changeInRoom(account, room, call.providerId, { hold: call.state === "on-hold" });
}

/**
 * Rings the customer of an outgoing call. `queuedAt` says that it was tried: when the process died meanwhile, nobody knows
 * whether their phone rings, and it is not rung twice.
 */
async function ringCustomer(ctx: Context, account: Account, call: Call): Promise<void> {
  const shopId = ctx.shop.id;
  const mine = await ctx.db.prisma.call.updateMany({
    where: { shopId, id: call.id, queuedAt: null, state: "ringing" },
    data: { queuedAt: ctx.clock.now() },
  });
  if (mine.count === 0) return;
  try {
    const providerId = await ring(account, {
      to: call.toAddress,
      from: account.externalId,
      url: addressOf(account.id, "customer", { call: call.id }),
      status: addressOf(account.id, "customer-status", { call: call.id }),
      seconds: Math.max(30, readVoiceSettings(account.settings).ringSeconds),
    });
    const { state } = await ctx.db.prisma.call.update({
      where: { shopId_id: { shopId, id: call.id } },
      data: { providerId },
      select: { state: true },
    });
    if (state === "ended") await endCall(account, providerId);
  } catch (error) {
    if (error instanceof Retryable) {
      await ctx.db.prisma.call.updateMany({ where: { shopId, id: call.id }, data: { queuedAt: null } });
      throw error;
    }
    const at = ctx.clock.now();
    await change(ctx, (tx) => actOnCall(tx, ctx, call.id, { kind: "over", at, because: "failed" }));
    await followCall(ctx, call.id);
  }
}

/** A caller who has hung up is nobody to bring anywhere: their end is told by itself. */
function unlessOver(error: unknown): void {
  if (!(error instanceof Rejected)) throw error;
}
