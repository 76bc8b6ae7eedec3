import type { Context, ShopperActor } from "~/context";

/**
 * Keeps whether this browser may be tracked, and with it that it is here now. Taking the permission back also forgets
 * where it is.
 */
export async function setPermission(ctx: Context<ShopperActor>, allowed: boolean): Promise<void> {
  await ctx.db.prisma.visitor.updateMany({
    where: { shopId: ctx.shop.id, id: ctx.actor.visitorId },
    data: allowed
      ? { trackingAllowed: true, lastSeenAt: ctx.clock.now() }
      : { trackingAllowed: false, pageUrl: null, pageTitle: null, countryCode: null },
  });
}
