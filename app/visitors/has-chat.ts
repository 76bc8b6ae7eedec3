import type { Context, ShopperActor } from "~/context";
import { reachable } from "~/conversations/find";

/**
 * Whether a chat with this shopper is open: their page then loads the chat by itself, also when it was staff who
 * started it and this browser has never opened one. A matter that was never on the storefront waits until they open it.
 */
export async function hasChat(ctx: Context<ShopperActor>): Promise<boolean> {
  const found = await ctx.db.prisma.conversation.findFirst({
    where: { ...reachable(ctx), status: "open", AND: { OR: [{ channel: "chat" }, { visitorId: { not: null } }] } },
    select: { id: true },
  });
  return found !== null;
}
