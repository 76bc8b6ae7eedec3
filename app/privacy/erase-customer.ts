import type { Context } from "~/context";
import { leavePeople } from "~/customers/settle";
import type { Transaction } from "~/db.server";
import { log } from "~/platform/log";
import { type PersonNamed, peopleNamed } from "./people";

/** How many rows of each kind are gone. */
export type Erased = Record<string, number>;

/**
 * Removes a person from this shop (customers/redact): who they are, what they and staff wrote, their browsers, pages,
 * carts and draft orders, and the facts about them. A sale stays as a number with an order id, which names nobody.
 * Harmless when repeated.
 */
export async function eraseCustomer(ctx: Context, person: PersonNamed): Promise<Erased> {
  const erased = await ctx.db.prisma.$transaction(
    async (tx) => {
      const found = await peopleNamed(tx, ctx, person);
      const gone = await eraseCustomers(tx, ctx, found.customerIds);
      const shopId = ctx.shop.id;
      gone.identity = (gone.identity ?? 0) + (await eraseStray(tx, ctx, found.strayIdentityIds));
      const requests = { shopId, shopifyCustomerId: person.shopifyCustomerId };
      gone.data_request = (await tx.dataRequest.deleteMany({ where: requests })).count;
      return gone;
    },
    { timeout: 60_000 },
  );
  log.info({ shop: ctx.shop.id, erased }, "a customer was erased");
  return erased;
}

async function eraseStray(tx: Transaction, ctx: Context, ids: string[]): Promise<number> {
  const where = { shopId: ctx.shop.id, id: { in: ids } };
  for (const { customerId, kind, value } of await tx.identity.findMany({ where })) {
    if (kind !== "email" && kind !== "phone") continue;
    await tx.customer.updateMany({
      where: { shopId: ctx.shop.id, id: customerId, [kind]: value },
      data: { [kind]: null },
    });
  }
  return (await tx.identity.deleteMany({ where })).count;
}

async function eraseCustomers(tx: Transaction, ctx: Context, customerIds: string[]): Promise<Erased> {
  const shopId = ctx.shop.id;
  const customerId = { in: customerIds };
  const visitors = await tx.visitor.findMany({ where: { shopId, customerId }, select: { id: true } });
  const visitorIds = visitors.map(({ id }) => id);
  const visitorId = { in: visitorIds };
  const conversations = await tx.conversation.findMany({
    where: { shopId, OR: [{ customerId }, { visitorId }] },
    select: { id: true },
  });
  const conversationId = { in: conversations.map(({ id }) => id) };
  const carts = await tx.cart.findMany({ where: { shopId, visitorId }, select: { id: true } });
  const cartId = { in: carts.map(({ id }) => id) };

  const about = [{ conversationId }, { customerId }, { visitorId }, { cartId }];
  const event = await tx.event.deleteMany({ where: { shopId, OR: about } });
  const owner = { in: visitorIds.map((id) => `visitor:${id}`) };
  const messages = await tx.message.findMany({ where: { shopId, conversationId }, select: { id: true } });
  const messageId = { in: messages.map(({ id }) => id) };
  const attachment = await tx.attachment.deleteMany({ where: { shopId, OR: [{ owner }, { messageId }] } });
  const draftOrder = await tx.draftOrder.deleteMany({ where: { shopId, OR: [{ conversationId }, { cartId }] } });
  const message = await tx.message.deleteMany({ where: { shopId, conversationId } });
  const note = await tx.note.deleteMany({ where: { shopId, conversationId } });
  const conversation = await tx.conversation.deleteMany({ where: { shopId, id: conversationId } });
  const cart = await tx.cart.deleteMany({ where: { shopId, id: cartId } });
  const pageView = await tx.pageView.deleteMany({ where: { shopId, visitorId } });
  const visitor = await tx.visitor.deleteMany({ where: { shopId, id: visitorId } });
  const identity = await tx.identity.deleteMany({ where: { shopId, customerId } });
  await leavePeople(tx, ctx, customerIds);
  const customer = await tx.customer.deleteMany({ where: { shopId, id: customerId } });
  return {
    customer: customer.count,
    identity: identity.count,
    visitor: visitor.count,
    page_view: pageView.count,
    cart: cart.count,
    conversation: conversation.count,
    message: message.count,
    note: note.count,
    attachment: attachment.count,
    draft_order: draftOrder.count,
    event: event.count,
  };
}
