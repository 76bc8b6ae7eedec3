import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import type { Kind } from "~/shopify-data/kinds";
import { markGone } from "~/shopify-data/mark-gone";
import { noteDue } from "./due";

/**
 * Marks what Shopify has deleted by `at`. Whoever had bought what is gone is read again, because how much they bought
 * changes with it. Answers the ids that were here and not marked. The caller has written nothing yet that others wait for.
 */
export async function markDeleted(
  tx: Transaction,
  ctx: Context,
  kind: Kind,
  ids: readonly string[],
  at: Date,
): Promise<string[]> {
  const gone = await markGone(tx, ctx.shop, kind, ids, at);
  if (kind !== "orders" || gone.length === 0) return gone;
  const orders = await tx.shopifyOrder.findMany({
    where: { shopId: ctx.shop.id, id: { in: gone } },
    select: { customerId: true },
  });
  await noteDue(
    tx,
    ctx,
    orders.flatMap(({ customerId }) => (customerId ? [{ kind: "customers" as const, id: customerId }] : [])),
  );
  return gone;
}
