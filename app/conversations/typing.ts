import { tellTyping } from "~/channels/tell-presence";
import type { Context, ShopperActor, StaffActor } from "~/context";
import { NotFound } from "~/http/errors";
import { isId } from "~/platform/ids";
import { reachable } from "./find";

/** Tells staff that the shopper is writing. Unknown conversations are passed over: nothing hangs on it. */
export async function shopperTyping(ctx: Context<ShopperActor>, conversationId: string): Promise<void> {
  if (!isId(conversationId)) throw new NotFound("This conversation");
  const found = await ctx.db.prisma.conversation.findFirst({
    where: { ...reachable(ctx), id: conversationId },
    select: { id: true },
  });
  if (found) ctx.signals.send({ kind: "typing", shopId: ctx.shop.id, conversationId, by: "shopper" });
}

/** Tells the shopper, and the others on the team, that this member of staff is writing. */
export async function staffTyping(ctx: Context<StaffActor>, conversationId: string): Promise<void> {
  if (!isId(conversationId)) throw new NotFound("This conversation");
  const found = await ctx.db.prisma.conversation.findUnique({
    where: { shopId_id: { shopId: ctx.shop.id, id: conversationId } },
    select: { visitorId: true, customerId: true, channel: true },
  });
  if (!found) return;
  const told = { shopId: ctx.shop.id, conversationId, staffName: ctx.actor.name };
  ctx.signals.send({ kind: "typing", by: "staff", ...told });
  // While it goes on elsewhere, what staff write may be for somebody else.
  if (found.channel !== "chat") {
    void tellTyping(ctx, conversationId);
    return;
  }
  ctx.signals.send({ kind: "typing-to-shopper", ...told, visitorId: found.visitorId, customerId: found.customerId });
}
