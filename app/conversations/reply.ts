import type { Context, StaffActor } from "~/context";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { Invalid, Stale } from "~/http/errors";
import { isId, newId } from "~/platform/ids";
import { maskReply } from "~/privacy/mask";
import type { MessageView } from "~/realtime/frames";
import { lockForStaff, subjectsOf } from "./find";
import { messageView } from "./message-view";
import { isRepeat } from "./receive";
import { cleanText, preview } from "./text";

export interface Reply {
  conversationId: string;
  text: string;
  clientKey: string;
  attachmentIds: string[];
  /** Up to where the sender has seen the conversation; null to send all the same. */
  seenPosition: number | null;
}

/**
 * Sends a reply into the conversation it belongs to, opens it when it was not, and gives it to the sender when it was
 * nobody's. Throws Stale when the shopper or a colleague wrote something that the sender has not seen, Invalid and NotFound.
 */
export async function reply(ctx: Context<StaffActor>, input: Reply): Promise<MessageView> {
  const text = maskReply(cleanText(input.text, input.attachmentIds.length));
  if (!isId(input.clientKey)) throw new Invalid([{ field: "text", message: "Reload the page and send again." }]);
  try {
    return await messageView(ctx, await append(ctx, text, input));
  } catch (error) {
    if (!isRepeat(error)) throw error;
    const found = await ctx.db.prisma.message.findFirst({
      where: { shopId: ctx.shop.id, conversationId: input.conversationId, clientKey: input.clientKey },
      select: { id: true },
    });
    return messageView(ctx, found?.id ?? "");
  }
}

async function append(ctx: Context<StaffActor>, text: string, input: Reply): Promise<string> {
  return change(ctx, async (tx) => {
    const before = await lockForStaff(tx, ctx, input.conversationId);
    const repeated = await tx.message.findFirst({
      where: { shopId: ctx.shop.id, conversationId: before.id, clientKey: input.clientKey },
      select: { id: true },
    });
    if (repeated) return repeated.id;
    if (input.seenPosition !== null) {
      const newer = await tx.message.findFirst({
        where: {
          shopId: ctx.shop.id,
          conversationId: before.id,
          position: { gt: input.seenPosition },
          OR: [{ author: "shopper" }, { author: "staff", staffId: { not: ctx.actor.id } }],
        },
        orderBy: { position: "desc" },
        select: { position: true },
      });
      if (newer) throw new Stale(newer.position);
    }
    const own = {
      shopId: ctx.shop.id,
      id: { in: input.attachmentIds.filter(isId) },
      owner: `staff:${ctx.actor.id}`,
      messageId: null,
    };
    if ((await tx.attachment.count({ where: own })) !== new Set(input.attachmentIds).size) {
      throw new Invalid([{ field: "text", message: "An attachment is missing. Attach it again." }]);
    }
    const now = ctx.clock.now();
    let position = before.position;
    if (before.status !== "open") {
      position += 1;
      await record(tx, ctx, "conversation.reopened", { because: "staff" }, subjectsOf(before, position));
    }
    if (before.assigneeId === null) {
      position += 1;
      const data = { staffId: ctx.actor.id, staffName: ctx.actor.name };
      await record(tx, ctx, "conversation.assigned", data, subjectsOf(before, position));
    }
    position += 1;
    await tx.conversation.update({
      where: { shopId_id: { shopId: ctx.shop.id, id: before.id } },
      data: {
        position,
        status: "open",
        closedAt: null,
        snoozedUntil: null,
        assigneeId: before.assigneeId ?? ctx.actor.id,
        lastMessageAt: now,
        lastMessageText: preview(text, input.attachmentIds.length),
        lastMessageFrom: "staff",
        waitingSince: null,
      },
    });
    const message = await tx.message.create({
      data: {
        shopId: ctx.shop.id,
        id: newId(now),
        conversationId: before.id,
        position,
        author: "staff",
        staffId: ctx.actor.id,
        channel: before.channel,
        text,
        clientKey: input.clientKey,
        at: now,
      },
    });
    await tx.attachment.updateMany({ where: own, data: { messageId: message.id } });
    await tx.conversationRead.upsert({
      where: {
        shopId_staffId_conversationId: { shopId: ctx.shop.id, staffId: ctx.actor.id, conversationId: before.id },
      },
      create: { shopId: ctx.shop.id, staffId: ctx.actor.id, conversationId: before.id, position },
      update: { position },
    });
    await record(tx, ctx, "message.sent", { messageId: message.id }, subjectsOf(before, position));
    return message.id;
  });
}
