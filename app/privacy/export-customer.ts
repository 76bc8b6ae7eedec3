import type { Context } from "~/context";
import { newId } from "~/platform/ids";
import { type PersonNamed, peopleNamed } from "./people";

/**
 * Keeps that a person asked to see what is kept of them (customers/data_request), for staff, who hand them the file:
 * Shopify passes such requests to the merchant and wants an answer within 30 days. A repeated request is one.
 */
export async function exportCustomer(ctx: Context, requestId: string, person: PersonNamed): Promise<void> {
  const shopId = ctx.shop.id;
  await ctx.db.prisma.$transaction(async (tx) => {
    const { customerIds, provenIds } = await peopleNamed(tx, ctx, person);
    const unproven = await tx.conversation.findMany({
      where: { shopId, customerId: { in: customerIds.filter((id) => !provenIds.includes(id)) } },
      orderBy: { lastMessageAt: "desc" },
      take: 100,
      select: { id: true },
    });
    await tx.dataRequest.upsert({
      where: { shopId_requestId: { shopId, requestId } },
      create: {
        shopId,
        id: newId(ctx.clock.now()),
        requestId,
        shopifyCustomerId: person.shopifyCustomerId,
        email: person.email,
        phone: person.phone,
        unprovenConversationIds: unproven.map(({ id }) => id),
        requestedAt: ctx.clock.now(),
      },
      update: {},
    });
  });
}
