import { keepFile } from "~/attachments/keep";
import { openAccount } from "~/channels/accounts";
import { Rejected } from "~/channels/channel";
import { recordingOf, removeRecording } from "~/channels/vendors/twilio/voice-recordings";
import { readVoiceSettings } from "~/channels/voice/settings";
import type { Context } from "~/context";
import { lockForStaff, subjectsOf } from "~/conversations/find";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { enqueue } from "~/jobs/enqueue";
import { log } from "~/platform/log";
import { maskShopperText } from "~/privacy/mask";
import { lockCall } from "./act-on-call";
import { retellCall } from "./finish-call";

/** Bytes of one recording: about 40 minutes of telephone sound. */
const largest = 40 * 1024 * 1024;

/** The provider has a recording ready. @param seconds its length, as the provider says */
export async function hearRecording(
  ctx: Context,
  callId: string,
  recording: { recordingSid: string; seconds: number },
): Promise<void> {
  const { recordingSid } = recording;
  if (!/^RE[0-9a-f]{32}$/i.test(recordingSid)) return;
  await change(ctx, async (tx) => {
    const call = await lockCall(tx, ctx, callId);
    if (call.recordedAt && call.recordingId === recordingSid) return;
    const recordingSeconds = Math.max(0, Math.round(recording.seconds)) || call.recordingSeconds;
    const after = await tx.call.update({
      where: { shopId_id: { shopId: ctx.shop.id, id: callId } },
      data: { recordingId: recordingSid, recordingSeconds },
    });
    if (after.outcome === "voicemail") await retellCall(tx, ctx, after);
    const payload = { shopId: ctx.shop.id, callId, recordingId: recordingSid };
    await enqueue(tx, "keep-recording", payload, { key: `recording ${recordingSid}` });
  });
}

/**
 * Takes a recording over from the provider and puts it with the call's message, and removes it there when the merchant
 * wants so. One to which nobody consented is removed unheard. Throws Retryable, so that the job is tried again.
 */
export async function keepRecording(ctx: Context, callId: string, recordingId: string): Promise<void> {
  const shopId = ctx.shop.id;
  const call = await ctx.db.prisma.call.findUnique({ where: { shopId_id: { shopId, id: callId } } });
  const account = call && (await openAccount(ctx, call.accountId));
  if (!call || !account) return;
  const isMessage = call.outcome === "voicemail" || (!call.answeredAt && call.direction === "in");
  if (!isMessage && !call.recordingConsent) return removeRecording(account, recordingId);
  if (!call.attachmentId) {
    // The end of the call asks for it once more.
    if (!call.messageId) return;
    const kept = await keep(ctx, callId, () => recordingOf(account, recordingId, largest));
    if (!kept) return;
  }
  if (readVoiceSettings(account.settings).deleteRecordings === "yes") await removeRecording(account, recordingId);
}

async function keep(ctx: Context, callId: string, read: () => Promise<Uint8Array>): Promise<boolean> {
  let content: Uint8Array;
  try {
    content = await read();
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
    log.warn({ shopId: ctx.shop.id, callId, code: error.failure.code }, "a recording is not there");
    return false;
  }
  await change(ctx, async (tx) => {
    const call = await lockCall(tx, ctx, callId);
    if (call.attachmentId || !call.messageId) return;
    const conversation = await lockForStaff(tx, ctx, call.conversationId);
    const name = call.outcome === "voicemail" ? "voicemail" : "call";
    const attachmentId = await keepFile(tx, ctx, { messageId: call.messageId, name, content });
    await tx.call.update({
      where: { shopId_id: { shopId: ctx.shop.id, id: callId } },
      data: { attachmentId, recordedAt: ctx.clock.now() },
    });
    await record(tx, ctx, "message.changed", { messageId: call.messageId }, subjectsOf(conversation));
  });
  return true;
}

/** What was said in a message that was left, without card numbers and other secrets, as far as the provider understood it. */
export async function hearTranscript(ctx: Context, callId: string, text: string): Promise<void> {
  const transcript = maskShopperText(text.trim().slice(0, 5_000).toWellFormed());
  if (transcript === "") return;
  await change(ctx, async (tx) => {
    const call = await lockCall(tx, ctx, callId);
    if (call.transcript === transcript) return;
    const after = await tx.call.update({
      where: { shopId_id: { shopId: ctx.shop.id, id: callId } },
      data: { transcript },
    });
    if (after.outcome === "voicemail") await retellCall(tx, ctx, after);
  });
}
