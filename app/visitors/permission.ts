import { keepConsent } from "~/consent/keep";
import type { Context, ShopperActor } from "~/context";
import type { Transaction } from "~/db.server";
import { change } from "~/events/change";

/**
 * Keeps whether this browser may be tracked, and with it that it is here now. Taking the permission back acts at once: it
 * also forgets where the browser is, and `viewPage` keeps nothing more of it. A change is kept as a consent, with where
 * it was said; the banner's wording is the merchant's and is not told to apps.
 */
export async function setPermission(ctx: Context<ShopperActor>, allowed: boolean): Promise<void> {
  const where = { shopId: ctx.shop.id, id: ctx.actor.visitorId };
  const now = ctx.clock.now();
  // Almost every call is the same answer again: one statement, as before.
  const same = await ctx.db.prisma.visitor.updateMany({
    where: { ...where, trackingAllowed: allowed },
    data: allowed ? { lastSeenAt: now } : forgotten,
  });
  if (same.count > 0) return;
  await change(ctx, async (tx) => {
    const { count } = await tx.visitor.updateMany({
      where: { ...where, trackingAllowed: !allowed },
      data: allowed ? { trackingAllowed: true, lastSeenAt: now } : { trackingAllowed: false, ...forgotten },
    });
    if (count > 0) await trackingSaid(tx, ctx, ctx.actor.visitorId, allowed);
  });
}

const forgotten = { pageUrl: null, pageTitle: null, countryCode: null };

/** Keeps what a browser said of being tracked, in a transaction that is under way. */
export async function trackingSaid(tx: Transaction, ctx: Context, visitorId: string, allowed: boolean): Promise<void> {
  const visitor = await tx.visitor.findUnique({
    where: { shopId_id: { shopId: ctx.shop.id, id: visitorId } },
    select: { locale: true },
  });
  await keepConsent(tx, ctx, {
    customerId: null,
    visitorId,
    channel: "browser",
    purpose: "tracking",
    state: allowed ? "given" : "withdrawn",
    at: ctx.clock.now(),
    touchpoint: "Storefront: Shopify's privacy setting",
    wording: null,
    language: visitor?.locale ?? null,
    source: "widget",
    endpoint: null,
  });
}
