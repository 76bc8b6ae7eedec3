import type { Context, ShopperActor } from "~/context";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { cleanLine } from "~/platform/clean-line";
import type { Told } from "~/timeline/catalogue";
import { entryId } from "~/timeline/subject";
import { tell } from "~/timeline/tell";
import { pathOf } from "./view-page";

/** A step of a shopper's way as the web pixel told it: `extensions/storefront-pixel/src/signals.ts` sends these. */
export type Signal = {
  /** Shopify's id of the event: the same signal twice is one. */
  id: string;
  at: Date;
} & (
  | { kind: "search"; query: string }
  | { kind: "collection"; title: string; path: string }
  | { kind: "checkout"; step: "started" | "contact" | "shipping" | "payment" | "completed" }
);

/** A browser's clock may be wrong: what it says is taken when it lies within these milliseconds before now. */
const believable = 15 * 60_000;

/**
 * Puts what the pixel told into this browser's story, and marks its cart when the shopper goes on to the checkout. A
 * visitor whose row says that tracking is not allowed is left alone.
 */
export async function tellJourney(ctx: Context<ShopperActor>, signals: readonly Signal[]): Promise<void> {
  const shopId = ctx.shop.id;
  const { visitorId } = ctx.actor;
  await change(ctx, async (tx) => {
    const now = ctx.clock.now();
    const { count } = await tx.visitor.updateMany({
      where: { shopId, id: visitorId, trackingAllowed: true },
      data: { lastSeenAt: now },
    });
    if (count === 0) return;
    const entries = signals.flatMap((signal) => entryOf(visitorId, { ...signal, at: near(signal.at, now) }));
    await tell(tx, shopId, entries);
    const onTheWay = signals.find((signal) => signal.kind === "checkout" && signal.step !== "completed");
    if (!onTheWay) return;
    const where = { shopId, visitorId, status: "active", itemCount: { gt: 0 } };
    const cart = await tx.cart.findFirst({ where, orderBy: { changedAt: "desc" }, select: { id: true } });
    if (!cart) return;
    const marked = await tx.cart.updateMany({
      where: { ...where, id: cart.id, checkoutAt: null },
      data: { checkoutAt: near(onTheWay.at, now) },
    });
    if (marked.count === 1) await record(tx, ctx, "cart.checkout-started", {}, { cartId: cart.id, visitorId });
  });
}

function entryOf(visitorId: string, signal: Signal): Told[] {
  const key = { subjectId: visitorId, at: signal.at, id: entryId("pixel", `${visitorId} ${signal.id}`) };
  switch (signal.kind) {
    case "search": {
      const query = cleanLine(signal.query, 200);
      return query ? [{ ...key, kind: "storefront.searched", ref: null, data: { query, results: null } }] : [];
    }
    case "collection": {
      const path = pathOf(signal.path);
      const title = cleanLine(signal.title, 200) || null;
      return path ? [{ ...key, kind: "page.viewed", ref: null, data: { path, title } }] : [];
    }
    case "checkout":
      // The cart's own fact stands in the story; the later steps only say that the shopper is still on the way.
      return [];
  }
}

function near(at: Date, now: Date): Date {
  const off = now.getTime() - at.getTime();
  return off >= 0 && off <= believable ? at : now;
}
