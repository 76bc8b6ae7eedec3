import type { Call } from "@prisma/client";
import type { MessageContent } from "~/channels/content";
import type { Context } from "~/context";
import { append } from "~/conversations/append";
import { lockForStaff, subjectsOf } from "~/conversations/find";
import { preview } from "~/conversations/text";
import type { Transaction } from "~/db.server";
import { record } from "~/events/record";
import { enqueue } from "~/jobs/enqueue";
import { untell } from "~/timeline/untell";
import { talked } from "./decide-call";

/**
 * Puts a call that is over into its conversation as a message, and into the story. One that nobody took is the customer's
 * word that they want something: the conversation is open and waits, until somebody calls back or writes.
 */
export async function finishCall(tx: Transaction, running: Context, call: Call): Promise<Call> {
  const at = running.clock.now();
  // One moment for all of it: the entry that is taken back is found by its time.
  const ctx = { ...running, clock: { now: () => at } };
  const before = await lockForStaff(tx, ctx, call.conversationId);
  const incoming = call.direction === "in";
  const isTask = incoming && call.outcome !== "answered";
  const { id: messageId } = await append(tx, ctx, before, {
    author: incoming ? "shopper" : "staff",
    ...(incoming ? { customerId: call.customerId } : { staffId: call.staffId }),
    channel: "voice",
    accountId: call.accountId,
    endpointId: call.endpointId,
    content: contentOf(call),
    text: textOf(call),
    // One message a call, however often its end is told.
    clientKey: call.id,
    files: 0,
    // A talk asks for no answer: it was one.
    automatic: !isTask,
  });
  if (!isTask) {
    // Whoever could not be reached still waits; whoever was talked with does not.
    const waitingSince = call.outcome === "answered" ? null : before.waitingSince;
    await tx.conversation.update({
      where: { shopId_id: { shopId: ctx.shop.id, id: before.id } },
      data: { waitingSince },
    });
  }
  // It stands in the story as what it is, in place of the message.
  await untell(tx, ctx.shop.id, [{ subjectId: before.customerId, at, id: messageId }]);
  await record(
    tx,
    ctx,
    "call.ended",
    {
      callId: call.id,
      direction: call.direction,
      outcome: call.outcome ?? "failed",
      seconds: talked(call),
      takenBy: call.staffId,
      messageId,
    },
    subjectsOf(before),
  );
  const { recordingId } = call;
  if (recordingId && !call.attachmentId) {
    const payload = { shopId: ctx.shop.id, callId: call.id, recordingId };
    await enqueue(tx, "keep-recording", payload, { key: `recording ${recordingId}` });
  }
  return tx.call.update({ where: { shopId_id: { shopId: ctx.shop.id, id: call.id } }, data: { messageId } });
}

/** Writes the message of a call that is over anew: what was left, or what was said in it, became known afterwards. */
export async function retellCall(tx: Transaction, ctx: Context, call: Call): Promise<void> {
  if (!call.messageId) return;
  const conversation = await lockForStaff(tx, ctx, call.conversationId);
  const text = textOf(call);
  const changed = await tx.message.updateMany({
    where: { shopId: ctx.shop.id, id: call.messageId },
    data: { text, content: contentOf(call) as object },
  });
  if (changed.count === 0) return;
  // The list shows the last message, and this may be it.
  await tx.$executeRaw`
    UPDATE "conversation" SET "lastMessageText" = ${preview(text, 0)}
     WHERE "shopId" = ${ctx.shop.id}::uuid AND "id" = ${conversation.id}::uuid
       AND NOT EXISTS (SELECT 1 FROM "message" m, "message" ours
                        WHERE ours."shopId" = "conversation"."shopId" AND ours."id" = ${call.messageId}::uuid
                          AND m."shopId" = ours."shopId" AND m."conversationId" = ours."conversationId"
                          AND m."position" > ours."position")`;
  await tx.$executeRaw`
    UPDATE "timeline_entry" SET "data" = "data" || ${JSON.stringify({ outcome: call.outcome })}::jsonb
     WHERE "shopId" = ${ctx.shop.id}::uuid AND "subjectId" = ${conversation.customerId}::uuid
       AND "id" = ${call.messageId}::uuid AND "kind" = 'call.ended'`;
  await record(tx, ctx, "message.changed", { messageId: call.messageId }, subjectsOf(conversation));
}

function contentOf(call: Call): MessageContent {
  const seconds = call.outcome === "voicemail" ? (call.recordingSeconds ?? 0) : talked(call);
  const direction = call.direction === "out" ? "out" : "in";
  return { call: { callId: call.id, direction, outcome: call.outcome ?? "failed", seconds } };
}

/** What lists and searches show; the page itself says it from the content. */
function textOf(call: Call): string {
  if (call.outcome === "voicemail") return call.transcript ?? "Voicemail";
  if (call.outcome === "answered") return "Phone call";
  if (call.direction === "in") return "Missed call · call back";
  return call.outcome === "declined" ? "Called, the line was busy" : "Called, no answer";
}
