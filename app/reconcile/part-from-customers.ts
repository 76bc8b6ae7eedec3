import type { Context } from "~/context";
import type { Transaction } from "~/db.server";

/** Customers whom Shopify has no more: the people stay with what they wrote, and are no longer customers of the shop's. */
export async function partFromCustomers(
  tx: Transaction,
  ctx: Pick<Context, "shop">,
  shopifyCustomerIds: readonly string[],
): Promise<void> {
  const gids = [...shopifyCustomerIds];
  const shopId = ctx.shop.id;
  await tx.identity.deleteMany({ where: { shopId, kind: "shopify-customer", value: { in: gids } } });
  await tx.customer.updateMany({
    where: { shopId, shopifyCustomerId: { in: gids } },
    data: { shopifyCustomerId: null },
  });
}
