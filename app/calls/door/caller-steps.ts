import type { Call } from "@prisma/client";
import * as twiml from "~/channels/vendors/twilio/voice-twiml";
import { isOpen } from "~/channels/voice/hours";
import { keepConsent } from "~/consent/keep";
import { mayContact } from "~/consent/may-contact";
import { change } from "~/events/change";
import { enqueue } from "~/jobs/enqueue";
import { isId } from "~/platform/ids";
import { lockCall } from "../act-on-call";
import { presentAgents } from "../agents";
import { arrive } from "../arrive";
import { decideRing } from "../decide-ring";
import { endOfCall, hear } from "../end-call";
import { roomName } from "../follow";
import { type Asked, stepOf } from "./asked";

type Answer = Promise<string>;

/** The call that the address names; null for one of another shop or account. */
export async function callOf({ ctx, account, query }: Asked): Promise<Call | null> {
  const id = query.get("call");
  if (!isId(id)) return null;
  return ctx.db.prisma.call.findFirst({ where: { shopId: ctx.shop.id, id, accountId: account.id } });
}

/** Somebody calls: they are greeted, asked whether the call may be recorded, and wait; or leave a message while it is closed. */
export async function incoming(asked: Asked): Answer {
  const { ctx, account, settings, form } = asked;
  const callSid = form.get("CallSid") ?? "";
  if (!/^CA[0-9a-f]{32}$/i.test(callSid)) return twiml.document(twiml.hangUp());
  const call = await arrive(ctx, account, {
    callSid,
    from: form.get("From") ?? "",
    to: form.get("To") ?? account.externalId,
    verstat: form.get("StirVerstat"),
  });
  if (call.state === "ended") return twiml.document(twiml.hangUp());
  const shop = await ctx.db.prisma.shop.findUniqueOrThrow({ where: { id: ctx.shop.id }, select: { timezone: true } });
  const open = isOpen(settings.hours, ctx.clock.now(), shop.timezone ?? "UTC");
  const greeting = twiml.say(settings.greeting || `Thank you for calling ${ctx.shop.name}.`, settings.language);
  if (!open) return messageInstead(asked, call, "We are closed right now.", [greeting]);
  if (!(await asksForRecording(asked, call))) return twiml.document(greeting, ...(await intoQueue(asked, call)));
  return twiml.document(
    greeting,
    twiml.gatherKey(
      stepOf(asked, "consent", { call: call.id }),
      5,
      twiml.say(`${recordingWording} Otherwise, please hold.`, settings.language),
    ),
    twiml.redirect(stepOf(asked, "queue", { call: call.id })),
  );
}

const recordingWording = "If we may record this call, press 1.";

async function asksForRecording({ ctx, settings }: Asked, call: Call): Promise<boolean> {
  if (settings.recording !== "ask" || call.recordingConsent) return false;
  // Whoever's number is not proven is asked every time: the yes of somebody else is not theirs.
  if (call.caller !== "verified") return true;
  const said = await ctx.db.prisma.$transaction((tx) =>
    mayContact(tx, ctx, { customerId: call.customerId, channel: "voice", purpose: "recording", endpoint: null }),
  );
  if (!said.allowed) return true;
  await ctx.db.prisma.call.updateMany({
    where: { shopId: ctx.shop.id, id: call.id },
    data: { recordingConsent: true },
  });
  return false;
}

/** They pressed a key when they were asked: only 1 is a yes. Whoever says nothing has not withdrawn anything. */
export async function consent(asked: Asked): Answer {
  const call = await callOf(asked);
  if (!call) return twiml.document(twiml.hangUp());
  if (asked.form.get("Digits") === "1") await allowRecording(asked, call);
  return call.direction === "out" ? intoRoom(asked) : twiml.document(...(await intoQueue(asked, call)));
}

async function allowRecording({ ctx, settings }: Asked, call: Call): Promise<void> {
  await change(ctx, async (tx) => {
    const locked = await lockCall(tx, ctx, call.id);
    if (locked.recordingConsent) return;
    await tx.call.update({
      where: { shopId_id: { shopId: ctx.shop.id, id: call.id } },
      data: { recordingConsent: true },
    });
    await keepConsent(tx, ctx, {
      customerId: call.customerId,
      visitorId: null,
      channel: "voice",
      purpose: "recording",
      state: "given",
      at: ctx.clock.now(),
      touchpoint: "Pressed 1 in a call",
      wording: recordingWording,
      language: settings.language,
      source: "channel",
      endpoint: null,
    });
  });
}

/** From the greeting into the queue. */
export async function queue(asked: Asked): Answer {
  const call = await callOf(asked);
  return call ? twiml.document(...(await intoQueue(asked, call))) : twiml.document(twiml.hangUp());
}

async function intoQueue(asked: Asked, call: Call): Promise<string[]> {
  const { ctx, account, settings } = asked;
  if (call.state === "ended") return [twiml.hangUp()];
  const agents = await ctx.db.prisma.$transaction((tx) => presentAgents(tx, ctx));
  if (agents.length === 0) return takeMessage(asked, call, "Nobody can take your call right now.");
  await hear(ctx, call.id, { kind: "queued", at: ctx.clock.now() });
  const about = { call: call.id };
  return [
    twiml.say("Please hold. You can press star at any time to leave a message.", settings.language),
    twiml.enqueue(`throughline-${account.id}`, stepOf(asked, "wait", about), stepOf(asked, "left-queue", about)),
  ];
}

/** The provider asks this again and again while somebody waits, which makes it the clock of their waiting. */
export async function wait(asked: Asked): Answer {
  const { ctx, settings, form } = asked;
  const call = await callOf(asked);
  if (call?.state !== "queued" || form.get("Digits") === "*") return twiml.document(twiml.leave());
  const now = ctx.clock.now();
  const [agents, rung] = await ctx.db.prisma.$transaction(async (tx) => [
    await presentAgents(tx, ctx),
    await tx.callLeg.findMany({ where: { shopId: ctx.shop.id, callId: call.id } }),
  ]);
  const { ring, givesUp } = decideRing({ agents, rung, now, queuedAt: call.queuedAt ?? now, ...settings });
  if (givesUp) return twiml.document(twiml.leave());
  await change(ctx, async (tx) => {
    await tx.call.updateMany({ where: { shopId: ctx.shop.id, id: call.id }, data: { heardAt: now } });
    const payload = { shopId: ctx.shop.id, callId: call.id };
    if (ring.length > 0) await enqueue(tx, "follow-call", payload, { key: `follow ${call.id}` });
  });
  const place = Number(form.get("QueuePosition") ?? "1");
  const words = place > 1 ? `You are number ${place} in the queue.` : "You are next.";
  const asking = twiml.gatherKey(stepOf(asked, "wait", { call: call.id }), 8, twiml.say(words, settings.language));
  return twiml.document(asking, twiml.pause(2));
}

/** Out of the queue: joined with somebody, gone, or to leave a message. */
export async function leftQueue(asked: Asked): Answer {
  const call = await callOf(asked);
  if (!call) return twiml.document(twiml.hangUp());
  switch (asked.form.get("QueueResult")) {
    // Brought into the room by us: what comes next was told then.
    case "redirected":
    case "redirected-from-bridged":
    case "bridged":
      return twiml.document();
    case "hangup":
      await endOfCall(asked.ctx, call.id, "hung-up");
      return twiml.document(twiml.hangUp());
    default: {
      // Somebody took it in the same moment.
      const now = await callOf(asked);
      if (now?.answeredAt && now.state !== "ended") return intoRoom(asked);
      return twiml.document(...(await takeMessage(asked, call, "Nobody could take your call.")));
    }
  }
}

async function messageInstead(asked: Asked, call: Call, why: string, before: string[]): Answer {
  return twiml.document(...before, ...(await takeMessage(asked, call, why)));
}

async function takeMessage(asked: Asked, call: Call, why: string): Promise<string[]> {
  const { ctx, settings } = asked;
  await hear(ctx, call.id, { kind: "sent-away", at: ctx.clock.now() });
  const words = settings.closedGreeting || `${why} Please leave a message after the tone. We will call you back.`;
  const about = { call: call.id };
  return [
    twiml.say(words, settings.language),
    twiml.takeMessage({
      action: stepOf(asked, "left-message", about),
      recording: stepOf(asked, "recording", about),
      transcription: stepOf(asked, "transcription", about),
    }),
    twiml.hangUp(),
  ];
}

/** They have left a message. */
export async function leftMessage(asked: Asked): Answer {
  const call = await callOf(asked);
  if (call && Number(asked.form.get("RecordingDuration") ?? 0) > 0) {
    await hear(asked.ctx, call.id, { kind: "left-message", at: asked.ctx.clock.now() });
  }
  return twiml.document(twiml.say("Thank you. Goodbye.", asked.settings.language), twiml.hangUp());
}

/** Into the room with whoever took the call. */
export async function intoRoom(asked: Asked): Answer {
  const call = await callOf(asked);
  if (!call || call.state === "ended") return twiml.document(twiml.hangUp());
  const about = { call: call.id };
  const room = {
    name: roomName(call.id),
    status: stepOf(asked, "room", about),
    recording: call.recordingConsent ? stepOf(asked, "recording", about) : null,
    endsWithThem: true,
  };
  return twiml.document(twiml.joinRoom(room, stepOf(asked, "left-room", about)));
}

/** The customer of an outgoing call has answered. */
export async function customer(asked: Asked): Answer {
  const { ctx, settings, form } = asked;
  const call = await callOf(asked);
  if (!call?.staffId || call.state === "ended") return twiml.document(twiml.hangUp());
  const { staffId } = call;
  const providerId = form.get("CallSid") ?? call.providerId;
  await ctx.db.prisma.call.updateMany({
    where: { shopId: ctx.shop.id, id: call.id, providerId: null },
    data: { providerId },
  });
  await hear(ctx, call.id, { kind: "answered", at: ctx.clock.now(), staffId });
  if (!(await asksForRecording(asked, call))) return intoRoom(asked);
  const hello = `This is ${ctx.shop.name}. ${recordingWording} Otherwise, please hold the line.`;
  return twiml.document(
    twiml.gatherKey(stepOf(asked, "consent", { call: call.id }), 3, twiml.say(hello, settings.language)),
    twiml.redirect(stepOf(asked, "join", { call: call.id })),
  );
}
