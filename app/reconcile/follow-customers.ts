import { consentFromShopify } from "~/consent/from-shopify";
import type { Context } from "~/context";
import type { Transaction } from "~/db.server";

/**
 * The people whom we have met follow what Shopify now says of them as its customers: name, address and number where the
 * app may see them, and their consent to marketing. `denied` are the paths of the answer that it may not.
 */
export async function followCustomers(
  tx: Transaction,
  ctx: Context,
  ids: readonly string[],
  denied: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  const shopId = ctx.shop.id;
  const met = await tx.customer.findMany({
    where: { shopId, shopifyCustomerId: { in: [...ids] } },
    select: { shopifyCustomerId: true },
  });
  if (met.length === 0) return;
  const rows = await tx.shopifyCustomer.findMany({
    where: { shopId, id: { in: met.flatMap((one) => one.shopifyCustomerId ?? []) }, deletedAt: null },
  });
  const hidden = (field: string) => denied.some((path) => path.startsWith(`nodes.${field}`));
  for (const row of rows) {
    const name = [row.firstName, row.lastName].filter(Boolean).join(" ");
    await tx.customer.updateMany({
      where: { shopId, shopifyCustomerId: row.id },
      data: {
        ...(name ? { name } : {}),
        ...(hidden("defaultEmailAddress") ? {} : { email: row.email }),
        ...(hidden("defaultPhoneNumber") ? {} : { phone: row.phone }),
        updatedAt: ctx.clock.now(),
      },
    });
  }
  const { toldAt } = rows[0] ?? { toldAt: ctx.clock.now() };
  await consentFromShopify(
    tx,
    ctx,
    rows.flatMap((row) => [
      {
        shopifyCustomerId: row.id,
        channel: "email" as const,
        address: row.emailKey,
        state: row.emailMarketing,
        updatedAt: row.emailMarketingUpdatedAt,
        toldAt,
      },
      {
        shopifyCustomerId: row.id,
        channel: "sms" as const,
        address: row.phoneKey,
        state: row.smsMarketing,
        updatedAt: row.smsMarketingUpdatedAt,
        toldAt,
      },
    ]),
  );
}
