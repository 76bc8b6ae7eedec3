import type { Context, StaffActor } from "~/context";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { Problem } from "~/http/errors";
import type { AttachmentView } from "~/realtime/frames";
import { lockForStaff, subjectsOf } from "./find";
import { lockDeliveries } from "./settle-delivery";
import { preview } from "./text";

/** What goes back into the composer. */
export interface Unsent {
  text: string;
  attachments: AttachmentView[];
}

/**
 * Takes a message back that has not left: its place stays, marked as taken back, and the conversation is as it was
 * before. Throws NotFound, and a Problem (409) once it is on its way.
 */
export async function unsend(
  ctx: Context<StaffActor>,
  { conversationId, messageId }: { conversationId: string; messageId: string },
): Promise<Unsent> {
  const shopId = ctx.shop.id;
  return change(ctx, async (tx) => {
    const conversation = await lockForStaff(tx, ctx, conversationId);
    const rows = await lockDeliveries(tx, ctx, conversation.id, messageId);
    if (rows.some(({ state, attempts }) => state !== "queued" || attempts > 0)) {
      throw new Problem(409, "on-its-way", "This is on its way already.");
    }
    const message = await tx.message.findUniqueOrThrow({
      where: { shopId_id: { shopId, id: messageId } },
      include: { attachments: { orderBy: { id: "asc" } } },
    });
    await tx.delivery.deleteMany({ where: { shopId, messageId } });
    await tx.attachment.updateMany({
      where: { shopId, messageId },
      data: { messageId: null, owner: `staff:${ctx.actor.id}` },
    });
    await tx.message.update({
      where: { shopId_id: { shopId, id: messageId } },
      data: { text: "", deletedAt: ctx.clock.now() },
      select: { id: true },
    });
    const last = await tx.message.findFirst({
      where: { shopId, conversationId: conversation.id, deletedAt: null },
      orderBy: { position: "desc" },
      select: { author: true, text: true, at: true, _count: { select: { attachments: true } } },
    });
    if (last) {
      const fromShopper = last.author === "shopper";
      await tx.conversation.update({
        where: { shopId_id: { shopId, id: conversation.id } },
        data: {
          lastMessageAt: last.at,
          lastMessageText: preview(last.text, last._count.attachments),
          lastMessageFrom: fromShopper ? "shopper" : "staff",
          waitingSince: fromShopper ? (conversation.waitingSince ?? last.at) : conversation.waitingSince,
        },
        select: { id: true },
      });
    }
    const { position: _, ...subjects } = subjectsOf(conversation);
    await record(tx, ctx, "message.changed", { messageId }, subjects);
    return {
      text: message.text,
      attachments: message.attachments.map(({ id, name, mediaType, size, width, height, reason }) => ({
        ...{ id, name, mediaType, size, width, height, reason },
        state: "there" as const,
      })),
    };
  });
}
