import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { enqueue } from "~/jobs/enqueue";
import { newId } from "~/platform/ids";

/**
 * Our customer for one of Shopify's, made at first sight: at their first contact, or when staff open them. Gives our id.
 * What Shopify knows of a new one is asked for in a job.
 */
export async function meet(tx: Transaction, ctx: Context, shopifyCustomerId: string): Promise<string> {
  const now = ctx.clock.now();
  const shopId = ctx.shop.id;
  const where = { shopId_shopifyCustomerId: { shopId, shopifyCustomerId } };
  const known = await tx.customer.findUnique({ where, select: { id: true } });
  if (known) return known.id;
  // Two may meet the same one at once: the row is made by one of them and found by the other.
  const made = await tx.$executeRaw`
    INSERT INTO "customer" ("shopId", "id", "shopifyCustomerId", "createdAt", "updatedAt")
    VALUES (${shopId}::uuid, ${newId(now)}::uuid, ${shopifyCustomerId}, ${now}, ${now})
    ON CONFLICT ("shopId", "shopifyCustomerId") DO NOTHING`;
  if (made > 0) await enqueue(tx, "know-customer", { shopId, shopifyCustomerId });
  const { id } = await tx.customer.findUniqueOrThrow({ where, select: { id: true } });
  return id;
}
