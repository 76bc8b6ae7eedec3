import type { Context } from "~/context";
import { membersOf } from "~/customers/members";
import { enqueue } from "~/jobs/enqueue";
import { writeOwnFields } from "~/shopify/customer-summary";
import { fieldsOf, type Summary, summaryOf } from "./summary";

/** Conversations of one person that the summary looks at, newest first: nobody's figure turns on the next one. */
const most = 500;

/**
 * Writes the summary of a person's conversations into the metafields of each Shopify customer that they are, if it says
 * something else than what was written last. A person without a proven Shopify customer has nowhere to write it to.
 * Throws what the Admin API throws.
 */
export async function tellSummary(ctx: Context, customerId: string): Promise<void> {
  const { prisma } = ctx.db;
  const shopId = ctx.shop.id;
  const known = await prisma.customer.findUnique({
    where: { shopId_id: { shopId, id: customerId } },
    select: { id: true },
  });
  // Erased meanwhile.
  if (!known) return;
  const { customerIds, shopifyCustomerIds } = await membersOf(prisma, shopId, customerId);
  if (shopifyCustomerIds.length === 0) return;
  const conversations = await prisma.conversation.findMany({
    where: { shopId, customerId: { in: customerIds } },
    orderBy: { lastMessageAt: "desc" },
    take: most,
    select: {
      channel: true,
      status: true,
      lastMessageAt: true,
      waitingSince: true,
      rating: { select: { score: true } },
    },
  });
  const summary = summaryOf(conversations.map((one) => ({ ...one, score: one.rating?.score ?? null })));
  for (const gid of shopifyCustomerIds) await write(ctx, gid, summary);
}

async function write(ctx: Context, shopifyCustomerId: string, summary: Summary): Promise<void> {
  const where = { shopId_shopifyCustomerId: { shopId: ctx.shop.id, shopifyCustomerId } };
  const before = await ctx.db.prisma.customerSummary.findUnique({ where, select: { told: true } });
  if (before && isSame(before.told as unknown as Summary, summary)) return;
  if (!(await writeOwnFields(ctx, shopifyCustomerId, fieldsOf(summary)))) return;
  const now = { told: { ...summary }, toldAt: ctx.clock.now() };
  const shopId = ctx.shop.id;
  await ctx.db.prisma.$transaction(async (tx) => {
    await tx.customerSummary.upsert({ where, create: { shopId, shopifyCustomerId, ...now }, update: now });
    const there = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM "customer" WHERE "shopId" = ${shopId}::uuid AND "shopifyCustomerId" = ${shopifyCustomerId}
         FOR KEY SHARE`;
    // Erased between the look and the word to Shopify: it is taken back.
    if (there.length === 0) await enqueue(tx, "forget-summary", { shopId, shopifyCustomerId });
  });
}

function isSame(one: Summary, other: Summary): boolean {
  return JSON.stringify(fieldsOf(one)) === JSON.stringify(fieldsOf(other));
}
