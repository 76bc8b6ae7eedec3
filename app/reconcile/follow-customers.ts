import { consentFromShopify } from "~/consent/from-shopify";
import type { Context } from "~/context";
import type { Transaction } from "~/db.server";

/**
 * The people whom we have met follow what Shopify now says of them as its customers: name, address and number where the
 * app may see them, and their consent to marketing. `asked` is when Shopify was asked: a row that says the same as before
 * keeps the time of its last change. `denied` are the paths of the answer that the app may not see.
 */
export async function followCustomers(
  tx: Transaction,
  ctx: Context,
  ids: readonly string[],
  asked: Date,
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
  // Another reading, of a later moment, may have written the row.
  const toldAt = (row: { toldAt: Date }) => (row.toldAt > asked ? row.toldAt : asked);
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
        toldAt: toldAt(row),
      },
      {
        shopifyCustomerId: row.id,
        channel: "sms" as const,
        address: row.phoneKey,
        state: row.smsMarketing,
        updatedAt: row.smsMarketingUpdatedAt,
        toldAt: toldAt(row),
      },
    ]),
  );
}
