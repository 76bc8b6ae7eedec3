import type { Conversation } from "@prisma/client";
import type { MessageContent } from "~/channels/content";
import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { record } from "~/events/record";
import { newId } from "~/platform/ids";
import { subjectsOf } from "./find";
import { preview } from "./text";

/** A message that takes the next place of a conversation. */
export interface Appended {
  author: "shopper" | "staff" | "app";
  staffId?: string | null;
  /** Whose words they are, of a shopper's. */
  customerId?: string | null;
  visitorId?: string | null;
  /** `app/channels/kinds.ts` */
  channel: string;
  accountId?: string | null;
  endpointId?: string | null;
  externalId?: string | null;
  replyToId?: string | null;
  content?: MessageContent | null;
  text: string;
  clientKey: string;
  files: number;
  /** When it was written, where that is not now. */
  at?: Date;
  /** A machine's words: nobody waits for an answer to them, and nothing opens again. */
  automatic?: boolean;
}

/** An answer given elsewhere that is told late answers nothing that was written after it. */
async function isOvertaken(
  tx: Transaction,
  { shopId, id, waitingSince }: Conversation,
  { at }: Appended,
): Promise<boolean> {
  if (!at || !waitingSince) return false;
  const last = await tx.message.findFirst({
    where: { shopId, conversationId: id, author: "shopper", deletedAt: null },
    orderBy: { position: "desc" },
    select: { at: true },
  });
  return last !== null && last.at > at;
}

/**
 * Writes a message at the end of a conversation whose row is locked (`lockForStaff`), opens the conversation when it was
 * not, and records the fact. Gives the message's id and its place.
 */
export async function append(
  tx: Transaction,
  ctx: Context,
  before: Conversation,
  message: Appended,
): Promise<{ id: string; position: number }> {
  const now = ctx.clock.now();
  const shopId = ctx.shop.id;
  const fromShopper = message.author === "shopper";
  let position = before.position;
  if (before.status !== "open" && !message.automatic) {
    position += 1;
    const because = fromShopper ? "message" : "staff";
    await record(tx, ctx, "conversation.reopened", { because }, subjectsOf(before, position));
  }
  position += 1;
  const keeps = fromShopper ? message.automatic : await isOvertaken(tx, before, message);
  const waits = keeps ? before.waitingSince : fromShopper ? (before.waitingSince ?? now) : null;
  const opens = !message.automatic;
  const id = newId(now);
  // Plain SQL in one statement: it is done for every mail of a mailbox that is read for the first time.
  await tx.$executeRaw`
    WITH placed AS (
      UPDATE "conversation" SET "position" = ${position}::int, "lastMessageAt" = ${now}::timestamptz,
             "lastMessageText" = ${preview(message.text, message.files, message.content)},
             "lastMessageFrom" = ${fromShopper ? "shopper" : "staff"}, "waitingSince" = ${waits ?? null}::timestamptz,
             "status" = CASE WHEN ${opens} THEN 'open' ELSE "status" END,
             "closedAt" = CASE WHEN ${opens} THEN NULL ELSE "closedAt" END,
             "snoozedUntil" = CASE WHEN ${opens} THEN NULL ELSE "snoozedUntil" END,
             "channel" = CASE WHEN ${opens && fromShopper} THEN ${message.channel} ELSE "channel" END
       WHERE "shopId" = ${shopId}::uuid AND "id" = ${before.id}::uuid
    )
    INSERT INTO "message" ("shopId", "id", "conversationId", "position", "author", "staffId", "customerId", "visitorId",
           "channel", "text", "clientKey", "at", "accountId", "endpointId", "externalId", "replyToId", "content")
    VALUES (${shopId}::uuid, ${id}::uuid, ${before.id}::uuid, ${position}::int, ${message.author},
            ${message.staffId ?? null}::uuid, ${message.customerId ?? null}::uuid, ${message.visitorId ?? null}::uuid,
            ${message.channel}, ${message.text}, ${message.clientKey}, ${message.at ?? now}::timestamptz,
            ${message.accountId ?? null}::uuid, ${message.endpointId ?? null}::uuid, ${message.externalId ?? null},
            ${message.replyToId ?? null}::uuid, ${message.content ? JSON.stringify(message.content) : null}::jsonb)`;
  const kind = fromShopper ? "message.received" : "message.sent";
  await record(tx, ctx, kind, { messageId: id }, subjectsOf(before, position));
  return { id, position };
}
