import type { Context } from "~/context";
import { enqueue } from "~/jobs/enqueue";
import { writeOwnFields } from "~/shopify/customer-summary";
import { fieldsOf, summaryOf } from "./summary";

/**
 * Takes the summary of an erased person out of the metafields of Shopify's own customer, which stays when staff have asked
 * for the erasure. Ends quietly when Shopify has the customer no more. Whoever came back meanwhile is told anew. Throws
 * what the Admin API throws.
 */
export async function forgetSummary(ctx: Context, shopifyCustomerId: string): Promise<void> {
  const { prisma } = ctx.db;
  const shopId = ctx.shop.id;
  const none = fieldsOf(summaryOf([])).map((field) => ({ ...field, value: null }));
  await writeOwnFields(ctx, shopifyCustomerId, none);
  await prisma.$transaction(async (tx) => {
    await tx.customerSummary.deleteMany({ where: { shopId, shopifyCustomerId } });
    const again = await tx.customer.findFirst({ where: { shopId, shopifyCustomerId }, select: { id: true } });
    if (again) await enqueue(tx, "tell-summary", { shopId, customerId: again.id });
  });
}
