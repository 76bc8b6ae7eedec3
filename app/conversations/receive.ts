import type { Context, ShopperActor } from "~/context";
import type { Transaction } from "~/db.server";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { Invalid, NotFound } from "~/http/errors";
import { isId, newId } from "~/platform/ids";
import { maskShopperText } from "~/privacy/mask";
import type { MessageView } from "~/realtime/frames";
import { appendOpen } from "./append-open";
import { isOf, lockForShopper, subjectsOf } from "./find";
import { messageView, untouched } from "./message-view";
import { findOrOpen } from "./open";
import { cleanText, preview } from "./text";

export interface Received {
  /** Null for the first message of a browser; the conversation is then opened. */
  conversationId: string | null;
  text: string;
  /** Made by the sender's device, one for each message: a second arrival of it is the same message. */
  clientKey: string;
  attachmentIds: string[];
  /** What is to be kept with the message or not at all; runs in its transaction, before the conversation is locked. */
  along?: (tx: Transaction) => Promise<void>;
}

/**
 * Keeps a shopper's message, without card numbers and other secrets, and puts it at the end of its conversation, which
 * is opened or reopened as needed. Answers with the message as kept, also when it had arrived before. Throws Invalid and NotFound.
 */
export async function receive(ctx: Context<ShopperActor>, input: Received): Promise<MessageView> {
  const text = maskShopperText(cleanText(input.text, input.attachmentIds.length));
  if (!isId(input.clientKey)) throw new Invalid([{ field: "clientKey", message: "This must be a UUID." }]);
  await checkAttachments(ctx, input);
  const conversationId =
    input.conversationId ??
    (await conversationOf(ctx, input.clientKey)) ??
    (await change(ctx, async (tx) => (await findOrOpen(tx, ctx)).id));
  if (!isId(conversationId)) throw new NotFound("This conversation");
  try {
    return (
      (input.along ? null : await appendToOpen(ctx, conversationId, text, input)) ??
      (await messageView(ctx, await appendStepwise(ctx, conversationId, text, input)))
    );
  } catch (error) {
    if (!isRepeat(error)) throw error;
    return existing(ctx, conversationId, input.clientKey);
  }
}

/** The usual case. Null when the conversation is not open or not this shopper's. */
async function appendToOpen(
  ctx: Context<ShopperActor>,
  conversationId: string,
  text: string,
  input: Received,
): Promise<MessageView | null> {
  const at = ctx.clock.now();
  const { clientKey, attachmentIds } = input;
  const id = newId(at);
  const position = await appendOpen(ctx.db.sql, {
    shopId: ctx.shop.id,
    conversationId,
    id,
    at,
    text,
    preview: preview(text, attachmentIds.length),
    clientKey,
    visitorId: ctx.actor.visitorId,
    customerId: ctx.actor.customerId,
    alsoProven: ctx.actor.alsoProven ?? [],
    attachmentIds,
  });
  if (position === null) return null;
  ctx.signals.logGrew();
  if (attachmentIds.length > 0) return messageView(ctx, id);
  // As it would be read from its row, without reading it.
  return {
    id,
    conversationId,
    position,
    author: "shopper",
    staffName: null,
    channel: "chat",
    text,
    clientKey,
    at: at.toISOString(),
    ...untouched,
  };
}

/** Into a snoozed or closed conversation, which the message opens again, or with something else beside the message. */
async function appendStepwise(
  ctx: Context<ShopperActor>,
  conversationId: string,
  text: string,
  input: Received,
): Promise<string> {
  return change(ctx, async (tx) => {
    await input.along?.(tx);
    const found = await lockForShopper(tx, ctx, conversationId);
    // One that began elsewhere goes on in this browser.
    const before = { ...found, visitorId: found.visitorId ?? ctx.actor.visitorId };
    const now = ctx.clock.now();
    let position = before.position;
    // Another message may have opened it a moment ago.
    if (before.status !== "open") {
      position += 1;
      await record(tx, ctx, "conversation.reopened", { because: "message" }, subjectsOf(before, position));
    }
    position += 1;
    await tx.conversation.update({
      where: { shopId_id: { shopId: ctx.shop.id, id: before.id } },
      data: {
        position,
        channel: "chat",
        visitorId: before.visitorId,
        status: "open",
        closedAt: null,
        snoozedUntil: null,
        lastMessageAt: now,
        lastMessageText: preview(text, input.attachmentIds.length),
        lastMessageFrom: "shopper",
        waitingSince: before.waitingSince ?? now,
      },
    });
    const message = await tx.message.create({
      data: {
        shopId: ctx.shop.id,
        id: newId(now),
        conversationId: before.id,
        position,
        author: "shopper",
        customerId: ctx.actor.customerId ?? before.customerId,
        visitorId: ctx.actor.visitorId,
        channel: "chat",
        text,
        clientKey: input.clientKey,
        at: now,
      },
    });
    await tx.attachment.updateMany({
      where: { shopId: ctx.shop.id, id: { in: input.attachmentIds }, messageId: null },
      data: { messageId: message.id },
    });
    await record(tx, ctx, "message.received", { messageId: message.id }, subjectsOf(before, position));
    return message.id;
  });
}

/** Each is this browser's own and in no message yet, unless this very message is what arrives once more. */
async function checkAttachments(ctx: Context<ShopperActor>, input: Received): Promise<void> {
  if (input.attachmentIds.length === 0) return;
  const ids = [...new Set(input.attachmentIds)];
  const own = ids.every(isId)
    ? await ctx.db.prisma.attachment.count({
        where: {
          shopId: ctx.shop.id,
          id: { in: ids },
          owner: `visitor:${ctx.actor.visitorId}`,
          OR: [{ messageId: null }, { message: { clientKey: input.clientKey } }],
        },
      })
    : 0;
  if (own !== ids.length || ids.length > 10) {
    throw new Invalid([{ field: "attachmentIds", message: "An attachment is missing. Attach it again." }]);
  }
}

/** 23505 on the client key: this message arrived before (another device's turn at the same moment included). */
export function isRepeat(error: unknown): boolean {
  const { code, constraint, meta } = error as { code?: string; constraint?: string; meta?: { target?: unknown } };
  if (code === "23505") return constraint?.includes("clientKey") ?? false;
  return code === "P2002" && JSON.stringify(meta ?? {}).includes("clientKey");
}

/**
 * Where this browser's message of this key is already. Without it, a first message that is sent again after its
 * conversation was closed for good would open a second one.
 */
async function conversationOf(ctx: Context<ShopperActor>, clientKey: string): Promise<string | null> {
  const found = await ctx.db.prisma.message.findFirst({
    where: { shopId: ctx.shop.id, clientKey, conversation: { visitorId: ctx.actor.visitorId } },
    select: { conversationId: true },
  });
  return found?.conversationId ?? null;
}

async function existing(ctx: Context<ShopperActor>, conversationId: string, clientKey: string): Promise<MessageView> {
  const found = await ctx.db.prisma.message.findFirst({
    where: {
      shopId: ctx.shop.id,
      conversationId,
      clientKey,
      // A key that a provider gave must not lead to somebody else's words.
      author: "shopper",
      channel: "chat",
      conversation: isOf(ctx.actor),
    },
    select: { id: true },
  });
  if (!found) throw new NotFound("This message");
  return messageView(ctx, found.id);
}
