import type { CallLeg } from "@prisma/client";
import { openAccount } from "~/channels/accounts";
import { type Account, Unclear } from "~/channels/channel";
import { endCall, ring as ringAt } from "~/channels/vendors/twilio/voice-calls";
import { addressOf } from "~/channels/voice/connector";
import { readVoiceSettings } from "~/channels/voice/settings";
import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { change } from "~/events/change";
import { enqueue } from "~/jobs/enqueue";
import { newId } from "~/platform/ids";
import { lockCall, tellChange } from "./act-on-call";
import { presentAgents } from "./agents";
import { decideRing, isOverdue } from "./decide-ring";

/** Rings whoever is to be rung now for a call that waits. Harmless when it runs twice: nobody is rung twice for a call. */
export async function ringAgents(ctx: Context, callId: string): Promise<void> {
  const legs = await change(ctx, (tx) => chooseWhom(tx, ctx, callId));
  await ringLegs(ctx, legs);
}

async function chooseWhom(tx: Transaction, ctx: Context, callId: string): Promise<CallLeg[]> {
  const call = await lockCall(tx, ctx, callId);
  if (call.state !== "queued" || call.outcome) return [];
  const now = ctx.clock.now();
  const shopId = ctx.shop.id;
  const account = await tx.channelAccount.findUnique({ where: { shopId_id: { shopId, id: call.accountId } } });
  const settings = readVoiceSettings((account?.settings ?? {}) as Record<string, unknown>);
  const rung = await tx.callLeg.findMany({ where: { shopId, callId } });
  for (const leg of rung.filter((one) => isOverdue(one, now, settings.ringSeconds))) {
    await tx.callLeg.update({
      where: { shopId_id: { shopId, id: leg.id } },
      data: { state: "no-answer", endedAt: now },
    });
  }
  const agents = await presentAgents(tx, ctx);
  const { ring } = decideRing({ agents, rung, now, queuedAt: call.queuedAt ?? now, ...settings });
  const legs: CallLeg[] = [];
  for (const staffId of ring) {
    const agent = agents.find((one) => one.staffId === staffId);
    if (agent) legs.push(await addLeg(tx, ctx, callId, agent));
  }
  if (legs.length > 0) await tellChange(tx, ctx, call);
  return legs;
}

/** A ringing that is about to begin. It is written first: one that the process dies in is not begun a second time. */
export function addLeg(
  tx: Transaction,
  ctx: Context,
  callId: string,
  agent: { staffId: string },
  transfer = false,
): Promise<CallLeg> {
  const at = ctx.clock.now();
  return tx.callLeg.create({
    data: {
      shopId: ctx.shop.id,
      id: newId(at),
      callId,
      staffId: agent.staffId,
      device: "phone",
      state: "ringing",
      transfer,
      at,
    },
  });
}

/** Rings the phones of these. What cannot be rung is noted, and the next are tried. */
export async function ringLegs(ctx: Context, legs: readonly CallLeg[]): Promise<void> {
  await Promise.all(legs.map((leg) => ringLeg(ctx, leg)));
}

async function ringLeg(ctx: Context, leg: CallLeg): Promise<void> {
  const shopId = ctx.shop.id;
  const call = await ctx.db.prisma.call.findUnique({ where: { shopId_id: { shopId, id: leg.callId } } });
  const account = call && (await openAccount(ctx, call.accountId));
  if (!account) return;
  const agent = await ctx.db.prisma.callAgent.findUnique({
    where: { shopId_staffId: { shopId, staffId: leg.staffId } },
  });
  try {
    const providerId = await ringAt(account, {
      to: agent?.phone ?? "",
      from: account.externalId,
      url: addressOf(account.id, "agent", { leg: leg.id }),
      status: addressOf(account.id, "agent-status", { leg: leg.id }),
      seconds: readVoiceSettings(account.settings).ringSeconds,
    });
    await rung(ctx, account, leg, providerId);
  } catch (error) {
    // It may ring: then it is heard of by itself, or counted as not answered.
    if (error instanceof Unclear) return;
    await change(ctx, async (tx) => {
      const failed = await tx.callLeg.updateMany({
        where: { shopId, id: leg.id, state: "ringing" },
        data: { state: "failed", endedAt: ctx.clock.now() },
      });
      if (failed.count === 0) return;
      await enqueue(tx, "follow-call", { shopId, callId: leg.callId }, { key: `follow ${leg.callId}` });
    });
  }
}

/** Notes the provider's id, and ends what was answered elsewhere or given up while it was being made. */
async function rung(ctx: Context, account: Account, leg: CallLeg, providerId: string): Promise<void> {
  const found = await ctx.db.prisma.callLeg.update({
    where: { shopId_id: { shopId: ctx.shop.id, id: leg.id } },
    data: { providerId },
  });
  if (found.state !== "ringing" && found.state !== "answered") await endCall(account, providerId);
}
