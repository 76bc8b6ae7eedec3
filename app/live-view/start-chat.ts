import type { Context, ShopperActor, StaffActor } from "~/context";
import { currentConversation, newPerson, open } from "~/conversations/open";
import { change } from "~/events/change";
import { NotFound } from "~/http/errors";
import { isId } from "~/platform/ids";
import { proofOf } from "~/visitors/proven";

/**
 * The conversation in which staff write to this browser's shopper first: the one that goes on, or one opened now. The
 * shopper sees nothing of it until something is written. Two members of staff at once get the same one. Throws NotFound.
 */
export async function startChat(ctx: Context<StaffActor>, visitorId: string): Promise<{ conversationId: string }> {
  if (!isId(visitorId)) throw new NotFound("This shopper");
  return change(ctx, async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "visitor" WHERE "shopId" = ${ctx.shop.id}::uuid AND "id" = ${visitorId}::uuid FOR UPDATE`;
    const visitor = await tx.visitor.findUnique({ where: { shopId_id: { shopId: ctx.shop.id, id: visitorId } } });
    if (!visitor) throw new NotFound("This shopper");
    const shopper: Context<ShopperActor> = {
      ...ctx,
      // A customer's other chats only count when it is proven that this browser is theirs.
      actor: { kind: "shopper", visitorId, ...(await proofOf(tx, ctx.shop.id, visitor, ctx.clock.now())) },
    };
    const current = await currentConversation(shopper, tx);
    if (current) {
      // One that was never on the storefront gets there with what staff write now.
      if (current.visitorId === null) {
        const where = { shopId_id: { shopId: ctx.shop.id, id: current.id } };
        await tx.conversation.update({ where, data: { visitorId }, select: { id: true } });
      }
      return { conversationId: current.id };
    }
    const customerId = visitor.customerId ?? (await newPerson(tx, ctx, visitorId));
    const opened = await open(tx, ctx, { visitorId, customerId });
    return { conversationId: opened.id };
  });
}
