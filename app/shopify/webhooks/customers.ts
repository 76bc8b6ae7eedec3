import { z } from "zod";
import type { Context } from "~/context";
import { followShopifyMerge } from "~/customers/follow-shopify-merge";
import { change } from "~/events/change";
import { noteDue } from "~/reconcile/due";
import { askForKnown } from "~/reconcile/mark-deleted";
import { partFromCustomers } from "~/reconcile/part-from-customers";
import { markGone } from "~/shopify-data/mark-gone";
import { gid, numericId } from "./shapes";
import type { Told } from "./topics";

const shape = z.object({ id: numericId });

/** customers/delete: the person stays with what they wrote, and is no longer a customer of the shop's. */
export async function customerDeleted(ctx: Context, payload: unknown): Promise<void> {
  const shopifyCustomerId = gid("Customer", shape.parse(payload).id);
  await ctx.db.prisma.$transaction((tx) => partFromCustomers(tx, ctx, [shopifyCustomerId]));
}

const merge = z.object({
  admin_graphql_api_customer_kept_id: z.string(),
  admin_graphql_api_customer_deleted_id: z.string(),
  status: z.string().nullish(),
});

/**
 * customers/merge: of the two that Shopify made one, the one that is gone is marked, what they bought is read again
 * because it is somebody else's now, and who they are here is one person too.
 */
export async function customersMerged(ctx: Context, payload: unknown, told: Told): Promise<void> {
  const merged = merge.parse(payload);
  if (merged.status && merged.status !== "completed") return;
  const from = merged.admin_graphql_api_customer_deleted_id;
  const into = merged.admin_graphql_api_customer_kept_id;
  await change(ctx, async (tx) => {
    // Not parted from who they are here: that follows the merge below.
    await markGone(tx, ctx.shop, "customers", [from], told.at);
    await askForKnown(tx, ctx, "customers", [from]);
    const where = { shopId: ctx.shop.id, customerId: from };
    const select = { id: true } as const;
    const orders = await tx.shopifyOrder.findMany({ where, select });
    const drafts = await tx.shopifyDraftOrder.findMany({ where, select });
    const checkouts = await tx.shopifyCheckout.findMany({ where, select });
    await noteDue(tx, ctx, [
      ...orders.map(({ id }) => ({ kind: "orders" as const, id })),
      ...drafts.map(({ id }) => ({ kind: "draft-orders" as const, id })),
      ...checkouts.map(({ id }) => ({ kind: "checkouts" as const, id })),
    ]);
    await tx.shopifyCustomer.updateMany({ where: { shopId: ctx.shop.id, id: from }, data: { mergedInto: into } });
  });
  await followShopifyMerge(ctx, { from, into });
}
