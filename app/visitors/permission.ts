import type { Context, ShopperActor } from "~/context";

/** Keeps whether this browser may be tracked. Taking the permission back also forgets where it is now. */
export async function setPermission(ctx: Context<ShopperActor>, allowed: boolean): Promise<void> {
  await ctx.db.prisma.visitor.updateMany({
    where: { shopId: ctx.shop.id, id: ctx.actor.visitorId },
    data: allowed
      ? { trackingAllowed: true }
      : { trackingAllowed: false, pageUrl: null, pageTitle: null, countryCode: null },
  });
}
