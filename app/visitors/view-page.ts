import { productGid } from "~/carts/cart";
import type { Context, ShopperActor } from "~/context";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { cleanLine } from "~/platform/clean-line";
import { newId } from "~/platform/ids";

export interface PageViewed {
  /** Path with or without the query; what follows `?` is not kept, it can hold addresses and secrets. */
  url: string;
  title: string | null;
  /** Shopify's number of the product, on a product page. */
  productId: number | null;
}

/**
 * The address without its query and hash; null when it is none of a page. Staff follow it behind the shop's own host, so
 * it must begin with a slash: the path of "x:.evil.example/login" does not, and would become another host.
 */
export function pathOf(url: string): string | null {
  try {
    const { pathname } = new URL(url, "https://shop.invalid");
    return pathname.startsWith("/") ? pathname.slice(0, 500) : null;
  } catch {
    return null;
  }
}

/**
 * Notes that this shopper looks at a page now. Call it only with permission: nothing here asks again, but a visitor
 * whose row says that tracking is not allowed is left alone.
 */
export async function viewPage(ctx: Context<ShopperActor>, page: PageViewed): Promise<void> {
  const path = pathOf(page.url);
  if (!path) return;
  const title = cleanLine(page.title ?? "", 200) || null;
  const productId = page.productId === null ? null : productGid(page.productId);
  await change(ctx, async (tx) => {
    const { visitorId } = ctx.actor;
    const now = ctx.clock.now();
    const { count } = await tx.visitor.updateMany({
      where: { shopId: ctx.shop.id, id: visitorId, trackingAllowed: true },
      data: { pageUrl: path, pageTitle: title, lastSeenAt: now },
    });
    if (count === 0) return;
    await tx.pageView.create({
      data: { shopId: ctx.shop.id, id: newId(now), at: now, visitorId, path, title, productId },
    });
    await record(
      tx,
      ctx,
      "visitor.viewed",
      { path, title, productId },
      { visitorId, customerId: ctx.actor.customerId },
    );
  });
}
