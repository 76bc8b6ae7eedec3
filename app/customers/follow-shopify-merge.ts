import type { Context } from "~/context";
import { change } from "~/events/change";
import { join } from "./join";
import { meet } from "./meet";

/**
 * Shopify has made two customers one (`customers/merge`): who they are here is one person too, whom the customer that
 * stays stands for. Of a customer who never was in touch nothing is here to be merged. Harmless when repeated.
 * `from` and `into` are gids.
 */
export async function followShopifyMerge(ctx: Context, { from, into }: { from: string; into: string }): Promise<void> {
  if (from === into) return;
  await change(ctx, async (tx) => {
    const where = { shopId_shopifyCustomerId: { shopId: ctx.shop.id, shopifyCustomerId: from } };
    const gone = await tx.customer.findUnique({ where, select: { id: true } });
    if (!gone) return;
    await join(tx, ctx, { fromId: gone.id, intoId: await meet(tx, ctx, into), evidence: "shopify" });
  });
}
