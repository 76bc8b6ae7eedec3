import type { Conversation } from "@prisma/client";
import type { MessageContent } from "~/channels/content";
import { enqueueAt } from "~/channels/deliver";
import type { Context, StaffActor } from "~/context";
import type { Transaction } from "~/db.server";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { Invalid, Stale } from "~/http/errors";
import { isId } from "~/platform/ids";
import { maskReply } from "~/privacy/mask";
import type { MessageView } from "~/realtime/frames";
import { append } from "./append";
import { lockForStaff, subjectsOf } from "./find";
import { askFollowUp } from "./follow-up/follow-up";
import { messageView } from "./message-view";
import { isRepeat } from "./receive";
import { destinationOf, type To } from "./reply-destination";
import { cleanText } from "./text";

export interface Reply {
  conversationId: string;
  text: string;
  clientKey: string;
  attachmentIds: string[];
  /** Up to where the sender has seen the conversation; null to send all the same. */
  seenPosition: number | null;
  /** Where it goes; left out: where the shopper wrote last. */
  to?: To | undefined;
  /** A template of the provider's instead of free words; `text` is what it says. */
  template?: MessageContent["template"] | undefined;
  /** Of a mail: a subject of its own, and who gets a copy. */
  subject?: string | undefined;
  cc?: { name: string | null; address: string }[] | undefined;
}

/**
 * Writes a reply into the conversation it belongs to and sends it to one endpoint, opens the conversation when it was not,
 * and gives it to the sender when it was nobody's. Throws Stale when the shopper or a colleague wrote something that the
 * sender has not seen, Invalid (also when nothing may be sent there now) and NotFound.
 */
export async function reply(ctx: Context<StaffActor>, input: Reply): Promise<MessageView> {
  // A mail may be long; what a channel takes is checked once it is known where it goes.
  const text = maskReply(cleanText(input.text, input.attachmentIds.length, 50_000));
  if (!isId(input.clientKey)) throw new Invalid([{ field: "text", message: "Reload the page and send again." }]);
  try {
    return await messageView(ctx, await change(ctx, (tx) => write(tx, ctx, text, input)));
  } catch (error) {
    if (!isRepeat(error)) throw error;
    const found = await ctx.db.prisma.message.findFirst({
      where: { shopId: ctx.shop.id, conversationId: input.conversationId, clientKey: input.clientKey },
      select: { id: true },
    });
    return messageView(ctx, found?.id ?? "");
  }
}

async function write(tx: Transaction, ctx: Context<StaffActor>, text: string, input: Reply): Promise<string> {
  const shopId = ctx.shop.id;
  const locked = await lockForStaff(tx, ctx, input.conversationId);
  const repeated = await tx.message.findFirst({
    where: { shopId, conversationId: locked.id, clientKey: input.clientKey },
    select: { id: true },
  });
  if (repeated) return repeated.id;
  const own = {
    shopId,
    id: { in: input.attachmentIds.filter(isId) },
    owner: `staff:${ctx.actor.id}`,
    messageId: null,
  };
  const files = await tx.attachment.findMany({ where: own, select: { mediaType: true, size: true } });
  if (files.length !== new Set(input.attachmentIds).size) {
    throw new Invalid([{ field: "text", message: "An attachment is missing. Attach it again." }]);
  }
  const to = await destinationOf(tx, ctx, locked, { ...input, text, files });
  await checkSeen(tx, ctx, locked, input.seenPosition);
  const before = await give(tx, ctx, locked);
  const { id, position } = await append(tx, ctx, before, {
    author: "staff",
    staffId: ctx.actor.id,
    channel: to.channel,
    accountId: to.endpoint?.accountId ?? null,
    endpointId: to.endpoint?.id ?? null,
    replyToId: to.replyToId,
    content: to.content,
    text,
    clientKey: input.clientKey,
    files: files.length,
  });
  await tx.attachment.updateMany({ where: own, data: { messageId: id } });
  if (to.endpoint) await queue(tx, ctx, id, to.endpoint, to.notBefore);
  else await askFollowUp(tx, ctx, before.id);
  const staffId = ctx.actor.id;
  await tx.conversationRead.upsert({
    where: { shopId_staffId_conversationId: { shopId, staffId, conversationId: before.id } },
    create: { shopId, staffId, conversationId: before.id, position },
    update: { position },
  });
  return id;
}

async function checkSeen(
  tx: Transaction,
  ctx: Context<StaffActor>,
  conversation: Conversation,
  seenPosition: number | null,
): Promise<void> {
  if (seenPosition === null) return;
  const newer = await tx.message.findFirst({
    where: {
      shopId: ctx.shop.id,
      conversationId: conversation.id,
      position: { gt: seenPosition },
      OR: [{ author: "shopper" }, { author: "staff", OR: [{ staffId: null }, { staffId: { not: ctx.actor.id } }] }],
    },
    orderBy: { position: "desc" },
    select: { position: true },
  });
  if (newer) throw new Stale(newer.position);
}

/** Whoever answers what was nobody's has it from now on. */
async function give(tx: Transaction, ctx: Context<StaffActor>, before: Conversation): Promise<Conversation> {
  if (before.assigneeId !== null) return before;
  const position = before.position + 1;
  const data = { staffId: ctx.actor.id, staffName: ctx.actor.name };
  await record(tx, ctx, "conversation.assigned", data, subjectsOf(before, position));
  return tx.conversation.update({
    where: { shopId_id: { shopId: ctx.shop.id, id: before.id } },
    data: { position, assigneeId: ctx.actor.id },
  });
}

async function queue(
  tx: Transaction,
  ctx: Context,
  messageId: string,
  endpoint: { id: string; accountId: string },
  notBefore: Date | null,
): Promise<void> {
  const { id: endpointId, accountId } = endpoint;
  await tx.delivery.create({
    data: { shopId: ctx.shop.id, messageId, accountId, endpointId, queuedAt: ctx.clock.now(), notBefore },
    select: { part: true },
  });
  await enqueueAt(tx, ctx, messageId, endpointId, notBefore ?? undefined);
}
