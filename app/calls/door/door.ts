import { opened } from "~/channels/accounts";
import type { Account } from "~/channels/channel";
import { isFromTwilio } from "~/channels/vendors/twilio/signature";
import * as twiml from "~/channels/vendors/twilio/voice-twiml";
import type { AppContext } from "~/context";
import { env } from "~/env.server";
import { NotFound, Problem } from "~/http/errors";
import { isId } from "~/platform/ids";
import { log } from "~/platform/log";
import { contextOf } from "~/shop/context-of";
import { arrive, findCall } from "../arrive";
import { endOfCall } from "../end-call";
import { hearRecording, hearTranscript } from "../recordings";
import { endingOf } from "../settle-calls";
import { agent, agentKey, agentLeft, agentStatus } from "./agent-steps";
import { type Asked, askedOf } from "./asked";
import { callOf, consent, customer, incoming, intoRoom, leftMessage, leftQueue, queue, wait } from "./caller-steps";

/** Every step of a call at which the provider asks what to do, or tells what happened. */
const steps: Readonly<Record<string, (asked: Asked) => Promise<string>>> = {
  incoming,
  status,
  consent,
  queue,
  wait,
  "left-queue": leftQueue,
  "left-message": leftMessage,
  join: intoRoom,
  "left-room": leftRoom,
  room: told,
  recording,
  transcription,
  agent,
  "agent-key": agentKey,
  "agent-left": agentLeft,
  "agent-status": agentStatus,
  customer,
  "customer-status": status,
};

/** A request at the door of calls, as it came. */
export interface Knock {
  accountId: string;
  step: string;
  /** The path and query that were asked for; the provider signed them with the app's public address before them. */
  path: string;
  contentType: string | null;
  body: Uint8Array;
  signature: string | null;
}

/**
 * Answers the provider at one step of a call, in TwiML. Throws NotFound for an account that is not connected and a Problem
 * (403) for what the provider did not sign. When the database is away, callers hear that they should call again.
 */
export async function answerVoice(app: AppContext, knock: Knock): Promise<string> {
  const step = Object.hasOwn(steps, knock.step) ? steps[knock.step] : undefined;
  if (!step || !isId(knock.accountId)) throw new NotFound("This address");
  try {
    return await step(await prove(app, knock));
  } catch (error) {
    if (error instanceof Problem) throw error;
    log.error({ step: knock.step, error: (error as Error).message }, "a step of a call failed");
    return sorry();
  }
}

async function prove(app: AppContext, knock: Knock): Promise<Asked> {
  const account = await accountOf(app, knock.accountId);
  if (!account) throw new NotFound("This address");
  const url = new URL(env().SHOPIFY_APP_URL).origin + knock.path;
  const { contentType, body, signature } = knock;
  if (!isFromTwilio({ url, contentType, body, signature }, account.credentials.authToken ?? "")) {
    throw new Problem(403, "signature", "This was not signed by Twilio.");
  }
  const ctx = await contextOf(app, account.shopId);
  if (!ctx) throw new NotFound("This address");
  const form = new URLSearchParams(new TextDecoder().decode(body));
  return askedOf(ctx, account, form, new URL(url).searchParams);
}

/** Which shop it is of is known from the account only. */
async function accountOf(app: AppContext, id: string): Promise<Account | null> {
  const row = await app.db.prisma.channelAccount.findFirst({
    where: { id, kind: "voice", state: { not: "disconnected" } },
  });
  return row ? opened(row) : null;
}

function sorry(): string {
  return twiml.document(
    twiml.say("We are sorry, something went wrong. Please call again in a few minutes.", "en-US"),
    twiml.hangUp(),
  );
}

/** The person's end of the call, at the number itself or at the call that we made. One we never heard of was missed. */
async function status(asked: Asked): Promise<string> {
  const { ctx, account, form } = asked;
  const ending = endingOf(form.get("CallStatus") ?? "");
  const callSid = form.get("CallSid") ?? "";
  if (!ending || callSid === "") return told();
  const known = asked.query.has("call") ? await callOf(asked) : await findCall(ctx, account, callSid);
  const call = known ?? (asked.query.has("call") ? null : await unheard(asked, callSid));
  if (call) await endOfCall(ctx, call.id, ending);
  return told();
}

/** It came while nobody answered at our door. */
function unheard({ ctx, account, form }: Asked, callSid: string) {
  if (form.get("Direction") !== "inbound") return null;
  const [from, to] = [form.get("From") ?? "", form.get("To") ?? ""];
  return arrive(ctx, account, { callSid, from, to, verstat: form.get("StirVerstat") });
}

/** The person is out of the room: for them it is over. */
async function leftRoom(asked: Asked): Promise<string> {
  const call = await callOf(asked);
  if (call) await endOfCall(asked.ctx, call.id, "hung-up");
  return twiml.document(twiml.hangUp());
}

async function recording(asked: Asked): Promise<string> {
  const { ctx, form } = asked;
  const call = await callOf(asked);
  if (!call || (form.get("RecordingStatus") ?? "completed") !== "completed") return told();
  const seconds = Number(form.get("RecordingDuration") ?? 0) || 0;
  await hearRecording(ctx, call.id, { recordingSid: form.get("RecordingSid") ?? "", seconds });
  return told();
}

async function transcription(asked: Asked): Promise<string> {
  const { ctx, form } = asked;
  const call = await callOf(asked);
  if (call && form.get("TranscriptionStatus") === "completed") {
    await hearTranscript(ctx, call.id, form.get("TranscriptionText") ?? "");
  }
  return told();
}

/** Nothing more to do: an answer that the provider takes for heard. */
async function told(): Promise<string> {
  return twiml.document();
}
