import { tellSeen } from "~/channels/tell-presence";
import type { Context, ShopperActor, StaffActor } from "~/context";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { NotFound } from "~/http/errors";
import { isId } from "~/platform/ids";
import { lockForShopper, subjectsOf } from "./find";
import { withdrawFollowUp } from "./follow-up/withdraw";

/**
 * The shopper's browser has received everything up to `position`, or the shopper has seen it. Positions only go up:
 * a late or repeated receipt changes nothing.
 */
export async function shopperReceipt(
  ctx: Context<ShopperActor>,
  input: { conversationId: string; position: number; what: "delivered" | "seen" },
): Promise<void> {
  await change(ctx, async (tx) => {
    const conversation = await lockForShopper(tx, ctx, input.conversationId);
    const position = Math.min(input.position, conversation.position);
    const delivered = Math.max(conversation.shopperDelivered, position);
    const seen = input.what === "seen" ? Math.max(conversation.shopperSeen, position) : conversation.shopperSeen;
    if (delivered === conversation.shopperDelivered && seen === conversation.shopperSeen) return;
    await tx.conversation.update({
      where: { shopId_id: { shopId: ctx.shop.id, id: conversation.id } },
      data: { shopperDelivered: delivered, shopperSeen: seen },
    });
    if (seen > conversation.shopperSeen) {
      await withdrawFollowUp(tx, ctx, conversation);
      await record(tx, ctx, "conversation.seen", { by: "shopper", position: seen }, subjectsOf(conversation));
    } else {
      await record(tx, ctx, "conversation.delivered", { position: delivered }, subjectsOf(conversation));
    }
  });
}

/**
 * This member of staff has read everything up to `position`. The shopper is told the first time anybody reads, in the chat
 * or by the provider through which they wrote.
 */
export async function staffSeen(
  ctx: Context<StaffActor>,
  input: { conversationId: string; position: number },
): Promise<void> {
  if (!isId(input.conversationId)) throw new NotFound("This conversation");
  const seen = await change(ctx, async (tx) => {
    const conversation = await tx.conversation.findUnique({
      where: { shopId_id: { shopId: ctx.shop.id, id: input.conversationId } },
      include: { reads: { select: { staffId: true, position: true } } },
    });
    if (!conversation) throw new NotFound("This conversation");
    const position = Math.min(input.position, conversation.position);
    const own = conversation.reads.find((read) => read.staffId === ctx.actor.id)?.position ?? 0;
    if (position <= own) return null;
    // Two pages of one person may tell at once: the one that is further on stands.
    await tx.$executeRaw`
      INSERT INTO "conversation_read" AS r ("shopId", "staffId", "conversationId", "position")
      VALUES (${ctx.shop.id}::uuid, ${ctx.actor.id}::uuid, ${conversation.id}::uuid, ${position})
      ON CONFLICT ("shopId", "staffId", "conversationId")
      DO UPDATE SET "position" = GREATEST(r."position", EXCLUDED."position")`;
    const anybody = Math.max(0, ...conversation.reads.map((read) => read.position));
    if (position <= anybody) return null;
    await record(tx, ctx, "conversation.seen", { by: "staff", position }, subjectsOf(conversation));
    return conversation.channel === "chat" ? null : position;
  });
  if (seen !== null) void tellSeen(ctx, input.conversationId, seen);
}

/** Up to where this member of staff has read the conversation; 0 when never. */
export async function readUpTo(ctx: Context<StaffActor>, conversationId: string): Promise<number> {
  const read = await ctx.db.prisma.conversationRead.findUnique({
    where: { shopId_staffId_conversationId: { shopId: ctx.shop.id, staffId: ctx.actor.id, conversationId } },
    select: { position: true },
  });
  return read?.position ?? 0;
}
