import { z } from "zod";
import type { Context } from "~/context";
import { change } from "~/events/change";
import { markGone } from "~/shopify-data/mark-gone";
import { gid, numericId } from "./shapes";
import type { Told } from "./topics";

const shape = z.object({ id: numericId });

/** customers/delete: the person stays with what they wrote, and is no longer a customer of the shop's. */
export async function customerDeleted(ctx: Context, payload: unknown): Promise<void> {
  const shopifyCustomerId = gid("Customer", shape.parse(payload).id);
  const shopId = ctx.shop.id;
  await ctx.db.prisma.$transaction([
    ctx.db.prisma.identity.deleteMany({ where: { shopId, kind: "shopify-customer", value: shopifyCustomerId } }),
    ctx.db.prisma.customer.updateMany({ where: { shopId, shopifyCustomerId }, data: { shopifyCustomerId: null } }),
  ]);
}

const merge = z.object({
  admin_graphql_api_customer_kept_id: z.string(),
  admin_graphql_api_customer_deleted_id: z.string(),
  status: z.string().nullish(),
});

/** customers/merge: of the two that Shopify made one, the one that is gone is marked. */
export async function customersMerged(ctx: Context, payload: unknown, told: Told): Promise<void> {
  const merged = merge.parse(payload);
  if (merged.status && merged.status !== "completed") return;
  await change(ctx, async (tx) => {
    await markGone(tx, ctx.shop, "customers", [merged.admin_graphql_api_customer_deleted_id], told.at);
  });
}
