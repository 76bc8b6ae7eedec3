import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { change } from "~/events/change";
import { join } from "./join";
import { Erased, meet } from "./meet";

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
    const intoId = await metNow(tx, ctx, into);
    if (intoId) await join(tx, ctx, { fromId: gone.id, intoId, evidence: "shopify" });
  });
}

/** Null for somebody who was erased here: nothing is kept of them that another could be one with. */
async function metNow(tx: Transaction, ctx: Context, gid: string): Promise<string | null> {
  try {
    return await meet(tx, ctx, gid);
  } catch (error) {
    if (error instanceof Erased) return null;
    throw error;
  }
}
