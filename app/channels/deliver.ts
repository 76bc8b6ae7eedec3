import { setTimeout as pause } from "node:timers/promises";
import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { change } from "~/events/change";
import { enqueue } from "~/jobs/enqueue";
import { log } from "~/platform/log";
import { type ChannelAdapter, type Failure, type Part, Rejected, Retryable, type Sent, Unclear } from "./channel";
import { afterFailure, type DeliveryState } from "./decide-delivery";
import { endWindow } from "./end-window";
import { makeRows, type Outgoing, olderThan, outgoing } from "./outgoing";
import { tellDelivery } from "./tell-delivery";

/** The queue in which what goes to one endpoint goes one after another. */
export const queueTo = (endpointId: string): string => `to ${endpointId}`;

/**
 * The one way out: sends a message of ours to its endpoint, part by part, after everything that was written to it before.
 * A part is marked before the provider is called, so that one whose outcome is not known is never simply sent again: the
 * provider is asked first. Harmless when it runs twice or is killed at any point.
 */
export async function deliver(ctx: Context, messageId: string): Promise<void> {
  const sending = await outgoing(ctx, messageId);
  if (!sending) return;
  const tried = new Set<string>();
  const stuck: string[] = [];
  for (;;) {
    const before = await olderThan(ctx, sending, stuck);
    if (!before) return sendParts(ctx, sending);
    if (before.notBefore && before.notBefore > ctx.clock.now()) {
      // It waits for its turn, and this one behind it.
      return later(ctx, sending, new Date(before.notBefore.getTime() + 200));
    }
    if (tried.has(before.messageId)) {
      // It cannot go on by itself, such as behind a part of which nobody knows whether it went out.
      stuck.push(before.messageId);
      continue;
    }
    tried.add(before.messageId);
    const older = await outgoing(ctx, before.messageId);
    if (older) await sendParts(ctx, older);
  }
}

async function sendParts(ctx: Context, sending: Outgoing): Promise<void> {
  const { adapter, outbound, refusal } = sending;
  let parts: Part[];
  try {
    if (!adapter || refusal) throw new Rejected(refusal ?? unknownChannel);
    parts = adapter.parts(outbound);
  } catch (error) {
    if (!(error instanceof Rejected)) {
      const about = { shop: ctx.shop.id, account: sending.account.id, kind: (error as Error).name };
      log.error(about, "a message could not be made ready");
    }
    const { failure, closesEndpoint } = error instanceof Rejected ? error : new Rejected(notReady);
    await leaveBegun(ctx, sending);
    await giveUp(ctx, sending, 0, failure, closesEndpoint);
    return;
  }
  await makeRows(ctx, sending, parts.length);
  for (const part of parts) {
    if (!(await sendPart(ctx, sending, adapter, part))) return;
  }
}

const unknownChannel: Failure = {
  code: "unknown-channel",
  words: "This version of the app cannot send on this channel.",
};

const notReady: Failure = {
  code: "not-ready",
  words: "This could not be made ready for sending. Write it in another way, or use another channel.",
};

/** Sends one part unless it has been. False when the rest has to wait or will not be sent. */
async function sendPart(ctx: Context, sending: Outgoing, adapter: ChannelAdapter, part: Part): Promise<boolean> {
  const { account } = sending;
  const row = await claim(ctx, sending, part.index);
  if (row === "done") return true;
  if (row === "stopped") return false;
  if (row.wasUnclear) {
    const found = await (adapter.find?.(part, account, row.since) ?? Promise.resolve("unknown" as const)).catch(
      () => "unknown" as const,
    );
    if (found === "unknown") {
      await unclear(ctx, sending, part.index, row.since);
      return false;
    }
    if (found !== "not-sent") {
      await sent(ctx, sending, part.index, found);
      return true;
    }
  }
  let answer: Sent;
  try {
    answer = await adapter.send(part, account);
  } catch (error) {
    await failed(ctx, sending, part.index, row, error);
    return false;
  }
  await keepTrying(() => sent(ctx, sending, part.index, answer));
  return true;
}

/** Only this process knows the provider's answer: a database that is away for a moment must not make it unclear. */
async function keepTrying(write: () => Promise<void>): Promise<void> {
  for (const milliseconds of [200, 1_500]) {
    try {
      return await write();
    } catch {
      await pause(milliseconds);
    }
  }
  return write();
}

interface Claimed {
  attempts: number;
  /** An earlier try was begun, and nobody knows how it ended. */
  wasUnclear: boolean;
  since: Date;
}

/** Marks a part as being sent, in a transaction of its own, before the provider hears of it. */
async function claim(ctx: Context, { message }: Outgoing, part: number): Promise<Claimed | "done" | "stopped"> {
  const shopId = ctx.shop.id;
  const now = ctx.clock.now();
  return change(ctx, async (tx) => {
    await tx.$queryRaw`
      SELECT 1 FROM "delivery" WHERE "shopId" = ${shopId}::uuid AND "messageId" = ${message.id}::uuid AND "part" = ${part} FOR UPDATE`;
    const where = { shopId_messageId_part: { shopId, messageId: message.id, part } };
    const row = await tx.delivery.findUnique({ where });
    const state = row?.state as DeliveryState | undefined;
    if (!row || state === "failed") return "stopped";
    if (state === "sent" || state === "delivered" || state === "read") return "done";
    if (row.notBefore && row.notBefore > now) {
      await enqueueAt(tx, ctx, message.id, row.endpointId, row.notBefore);
      return "stopped";
    }
    const wasUnclear = state === "sending" || state === "unclear";
    const since = (wasUnclear ? row.sendingAt : now) ?? row.queuedAt;
    const attempts = row.attempts + 1;
    await tx.delivery.update({
      where,
      data: { state: "sending", attempts, notBefore: null, ...(wasUnclear ? {} : { sendingAt: now }) },
      select: { part: true },
    });
    await tellDelivery(tx, ctx, message.id);
    return { attempts, wasUnclear, since };
  });
}

async function sent(
  ctx: Context,
  { message, endpoint, account }: Outgoing,
  part: number,
  { externalId, state, note }: Sent,
): Promise<void> {
  const shopId = ctx.shop.id;
  const now = ctx.clock.now();
  await change(ctx, async (tx) => {
    // A receipt may have been faster than the provider's own answer.
    await tx.delivery.updateMany({
      where: { shopId, messageId: message.id, part, state: { in: ["sending", "unclear"] } },
      data: {
        state,
        sentAt: now,
        ...(state === "delivered" ? { deliveredAt: now } : {}),
        error: null,
        errorCode: null,
      },
    });
    await tx.delivery.updateMany({
      where: { shopId, messageId: message.id, part },
      data: { externalId, ...(note === undefined ? {} : { note }) },
    });
    await tx.endpoint.updateMany({ where: { shopId, id: endpoint.id }, data: { lastOutAt: now } });
    await tx.channelAccount.updateMany({ where: { shopId, id: account.id }, data: { lastOutAt: now } });
    await tellDelivery(tx, ctx, message.id);
  });
}

async function failed(
  ctx: Context,
  sending: Outgoing,
  part: number,
  { attempts, since }: Claimed,
  error: unknown,
): Promise<void> {
  const { message, account } = sending;
  const shopId = ctx.shop.id;
  if (error instanceof Rejected) return giveUp(ctx, sending, part, error.failure, error.closesEndpoint);
  if (!(error instanceof Retryable)) {
    const { name, code } = error as { name?: string; code?: string };
    if (!(error instanceof Unclear)) log.error({ shop: shopId, account: account.id, kind: name, code }, "a send broke");
    return unclear(ctx, sending, part, since);
  }
  const now = ctx.clock.now();
  const next = afterFailure(attempts, now, error.after);
  if (!next) return giveUp(ctx, sending, part, error.failure, false, true);
  await change(ctx, async (tx) => {
    // A receipt that says that it is there knows more than an answer that never came.
    const { count } = await tx.delivery.updateMany({
      where: { shopId, messageId: message.id, part, state: { in: ["sending", "unclear"] } },
      data: { state: "queued", notBefore: next, error: error.failure.words, errorCode: error.failure.code },
    });
    if (count === 0) return;
    await noteError(tx, sending, now, error.failure.words);
    await enqueueAt(tx, ctx, message.id, sending.endpoint.id, next);
    await tellDelivery(tx, ctx, message.id);
  });
}

/** Seconds after a send was begun at which the provider is asked what became of it. */
const asked = [5, 35, 215];

/** Nobody knows whether it went out: the provider is asked again by and by, and nothing is sent meanwhile. */
async function unclear(ctx: Context, sending: Outgoing, part: number, since: Date): Promise<void> {
  const shopId = ctx.shop.id;
  const now = ctx.clock.now();
  await change(ctx, async (tx) => {
    await tx.delivery.updateMany({
      where: { shopId, messageId: sending.message.id, part, state: { in: ["sending", "unclear"] } },
      data: isUnclear,
    });
    const runAt = asked.map((seconds) => new Date(since.getTime() + seconds * 1_000)).find((at) => at > now);
    if (runAt && sending.adapter?.find) await enqueueAt(tx, ctx, sending.message.id, sending.endpoint.id, runAt);
    await tellDelivery(tx, ctx, sending.message.id);
  });
}

const isUnclear = {
  state: "unclear",
  error:
    "The connection broke while this was being sent, so it may or may not have arrived. Ask or look there before you send it again.",
  errorCode: "unclear",
};

/** What was begun before the channel was paused or closed may have arrived: it has not failed. */
async function leaveBegun(ctx: Context, { message }: Outgoing): Promise<void> {
  await change(ctx, async (tx) => {
    const where = { shopId: ctx.shop.id, messageId: message.id, state: "sending" };
    const { count } = await tx.delivery.updateMany({ where, data: isUnclear });
    if (count > 0) await tellDelivery(tx, ctx, message.id);
  });
}

async function giveUp(
  ctx: Context,
  sending: Outgoing,
  part: number,
  failure: Failure,
  closesEndpoint: boolean,
  /** The provider was away until nobody tried any more. */
  isDown = false,
): Promise<void> {
  const shopId = ctx.shop.id;
  const now = ctx.clock.now();
  const { message, endpoint } = sending;
  await change(ctx, async (tx) => {
    // What comes after a part that was refused would make no sense alone.
    await tx.delivery.updateMany({
      where: { shopId, messageId: message.id, part: { gte: part }, state: { in: ["queued", "sending"] } },
      data: { state: "failed", failedAt: now, error: failure.words, errorCode: failure.code },
    });
    if (closesEndpoint) {
      const data = { closedAt: now, closedBecause: failure.words };
      await tx.endpoint.updateMany({ where: { shopId, id: endpoint.id }, data });
    }
    // They have to write again before anything free can be sent to them.
    if (failure.isOf === "window") await endWindow(tx, ctx, endpoint.id);
    if (failure.isOf === "account" || isDown) await noteError(tx, sending, now, failure.words);
    await tellDelivery(tx, ctx, message.id);
  });
}

/** For the account's health in Settings: what one person's message met is shown at that message. */
async function noteError(tx: Transaction, { account }: Outgoing, at: Date, words: string): Promise<void> {
  await tx.channelAccount.updateMany({
    where: { shopId: account.shopId, id: account.id },
    data: { lastErrorAt: at, lastError: words },
  });
}

async function later(ctx: Context, { message, endpoint }: Outgoing, at: Date): Promise<void> {
  await change(ctx, (tx) => enqueueAt(tx, ctx, message.id, endpoint.id, at));
}

/** Asks for a message to be sent, not before `runAt`, after what goes to the same endpoint. */
export async function enqueueAt(
  tx: Transaction,
  ctx: Pick<Context, "shop">,
  messageId: string,
  endpointId: string,
  runAt?: Date,
): Promise<void> {
  const when = runAt ? { runAt } : {};
  await enqueue(tx, "deliver-message", { shopId: ctx.shop.id, messageId }, { ...when, queue: queueTo(endpointId) });
}
