import type { Context } from "~/context";
import { newId } from "~/platform/ids";
import { type PersonNamed, peopleNamed } from "./people";

/** Everything we keep of a person, in the words of the tables. Times are ISO 8601, money is in minor units. */
export interface CustomerExport {
  customers: object[];
  browsers: object[];
  pageViews: object[];
  carts: object[];
  conversations: object[];
  draftOrders: object[];
  /**
   * Ids of conversations in which somebody typed this person's address without any proof. They are not in here: they may
   * be a stranger's. Staff who know better can read them in the Inbox.
   */
  unprovenConversations: string[];
}

/**
 * Gathers what we keep of a person who asked to see it (customers/data_request) and keeps it for staff, who hand it
 * over: Shopify passes such requests to the merchant and wants an answer within 30 days. A repeated request is one.
 */
export async function exportCustomer(ctx: Context, requestId: string, person: PersonNamed): Promise<void> {
  await ctx.db.prisma.$transaction(
    async (tx) => {
      const shopId = ctx.shop.id;
      const { customerIds: named, provenIds: customerIds } = await peopleNamed(tx, ctx, person);
      const customers = await tx.customer.findMany({
        where: { shopId, id: { in: customerIds } },
        include: { identities: true },
      });
      const browsers = await tx.visitor.findMany({
        where: { shopId, customerId: { in: customerIds } },
        omit: { keyHash: true },
      });
      const visitorId = { in: browsers.map(({ id }) => id) };
      const pageViews = await tx.pageView.findMany({ where: { shopId, visitorId }, orderBy: { at: "asc" } });
      const carts = await tx.cart.findMany({ where: { shopId, visitorId } });
      const conversations = await tx.conversation.findMany({
        where: { shopId, OR: [{ customerId: { in: customerIds } }, { visitorId }] },
        include: {
          messages: {
            orderBy: { position: "asc" },
            include: { attachments: { select: { id: true, name: true, mediaType: true, size: true } } },
          },
          notes: { orderBy: { position: "asc" } },
        },
      });
      const draftOrders = await tx.draftOrder.findMany({
        where: {
          shopId,
          OR: [
            { cartId: { in: carts.map(({ id }) => id) } },
            { conversationId: { in: conversations.map(({ id }) => id) } },
          ],
        },
      });
      const unproven = await tx.conversation.findMany({
        where: { shopId, customerId: { in: named.filter((id) => !customerIds.includes(id)) } },
        select: { id: true },
      });
      const content: CustomerExport = {
        customers,
        browsers,
        pageViews,
        carts,
        conversations,
        draftOrders,
        unprovenConversations: unproven.map(({ id }) => id),
      };
      await tx.dataRequest.upsert({
        where: { shopId_requestId: { shopId, requestId } },
        create: {
          shopId,
          id: newId(ctx.clock.now()),
          requestId,
          shopifyCustomerId: person.shopifyCustomerId,
          content: JSON.parse(JSON.stringify(content)) as object,
          requestedAt: ctx.clock.now(),
        },
        update: {},
      });
    },
    { timeout: 60_000 },
  );
}
