import * as twiml from "~/channels/vendors/twilio/voice-twiml";
import { bestOf } from "~/customers/members";
import { callerMembers } from "../caller-members";
import { roomName } from "../follow";
import { findLeg, type LegEnding, legEnded, takeCall } from "../legs";
import { type Asked, stepOf } from "./asked";

type Answer = Promise<string>;

/**
 * A member of staff's phone was picked up. They hear who calls and press a key to take it, so that a voicemail box of
 * theirs does not answer the customer.
 */
export async function agent(asked: Asked): Answer {
  const { ctx, settings, query } = asked;
  const leg = await findLeg(ctx, query.get("leg") ?? "");
  if (!leg || leg.call.accountId !== asked.account.id) return twiml.document(twiml.hangUp());
  const { leaves, probably } = await callerMembers(ctx.db.prisma, leg.call);
  const who = bestOf(leaves).name ?? "a new caller";
  const [verb, key] = leg.call.direction === "out" ? ["to", "call them"] : ["from", "take it"];
  const words = `A call ${verb} ${who}${probably ? ", probably" : ""}. Press 1 to ${key}.`;
  const prompt = twiml.say(words, settings.language);
  return twiml.document(
    twiml.gatherKey(stepOf(asked, "agent-key", { leg: leg.id }), 6, prompt, twiml.pause(2), prompt),
    twiml.hangUp(),
  );
}

/** They pressed a key. */
export async function agentKey(asked: Asked): Answer {
  const legId = asked.query.get("leg") ?? "";
  if (asked.form.get("Digits") === "1") return taken(asked, legId, asked.form.get("CallSid") ?? "");
  await legEnded(asked.ctx, legId, "declined");
  return twiml.document(twiml.hangUp());
}

async function taken(asked: Asked, legId: string, callSid: string): Answer {
  const call = await takeCall(asked.ctx, legId, callSid);
  if (!call) {
    return twiml.document(twiml.say("This call is no longer waiting.", asked.settings.language), twiml.hangUp());
  }
  const about = { call: call.id };
  const room = {
    name: roomName(call.id),
    status: stepOf(asked, "room", about),
    recording: call.recordingConsent ? stepOf(asked, "recording", about) : null,
    endsWithThem: true,
  };
  return twiml.document(twiml.joinRoom(room, stepOf(asked, "agent-left", { leg: legId })));
}

/** They are out of the room. */
export async function agentLeft(asked: Asked): Answer {
  await legEnded(asked.ctx, asked.query.get("leg") ?? "", "completed");
  return twiml.document(twiml.hangUp());
}

/** How their phone's ringing went on. */
export async function agentStatus(asked: Asked): Answer {
  const ending = endings[asked.form.get("CallStatus") ?? ""];
  if (ending) await legEnded(asked.ctx, asked.query.get("leg") ?? "", ending);
  return twiml.document();
}

const endings: Readonly<Record<string, LegEnding>> = {
  completed: "completed",
  busy: "busy",
  failed: "failed",
  "no-answer": "no-answer",
  canceled: "no-answer",
};
