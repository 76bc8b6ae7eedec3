import type { Conversation } from "@prisma/client";
import type { Context, ShopperActor } from "~/context";
import type { Transaction } from "~/db.server";
import { record } from "~/events/record";
import { NotFound } from "~/http/errors";
import { newId } from "~/platform/ids";
import { readSettings } from "~/settings/settings";
import { reachable, subjectsOf } from "./find";

/**
 * The matter that this shopper's next message belongs to, whatever the channel it was last on: the open one, or one
 * closed within the time that the merchant set; null when there is none.
 */
export async function currentConversation(ctx: Context<ShopperActor>, tx?: Transaction): Promise<Conversation | null> {
  // All of it on the one connection: a transaction that waits for a second one can wait for itself.
  const db = tx ?? ctx.db.prisma;
  const shop = await db.shop.findUniqueOrThrow({ where: { id: ctx.shop.id }, select: { settings: true } });
  const { continueDays } = readSettings(shop);
  const since = new Date(ctx.clock.now().getTime() - continueDays * 86_400_000);
  return db.conversation.findFirst({
    where: { ...reachable(ctx), AND: { OR: [{ closedAt: null }, { closedAt: { gte: since } }] } },
    orderBy: [{ lastMessageAt: "desc" }, { id: "desc" }],
  });
}

/**
 * The current chat of this browser, opened now when there is none. Two tabs at once get the same one, and so do two
 * devices of one signed-in customer.
 */
export async function findOrOpen(tx: Transaction, ctx: Context<ShopperActor>): Promise<Conversation> {
  const { visitorId, customerId } = ctx.actor;
  await tx.$queryRaw`SELECT 1 FROM "visitor" WHERE "shopId" = ${ctx.shop.id}::uuid AND "id" = ${visitorId}::uuid FOR UPDATE`;
  if (customerId) {
    // The leaf that stands for all that is proven to be theirs, so that two devices meet at one row. Not FOR UPDATE: rows
    // that name the customer may be written meanwhile.
    await tx.$queryRaw`
      SELECT 1 FROM "customer" WHERE "shopId" = ${ctx.shop.id}::uuid AND "id" = (
        SELECT "provenId" FROM "customer" WHERE "shopId" = ${ctx.shop.id}::uuid AND "id" = ${customerId}::uuid)
         FOR NO KEY UPDATE`;
  }
  const current = await currentConversation(ctx, tx);
  if (current) return current;
  const visitor = await tx.visitor.findUnique({ where: { shopId_id: { shopId: ctx.shop.id, id: visitorId } } });
  if (!visitor) throw new NotFound("This session");
  return open(tx, ctx, { visitorId, customerId: visitor.customerId ?? (await newPerson(tx, ctx, visitorId)) });
}

/** Opens a chat with this browser. */
export async function open(
  tx: Transaction,
  ctx: Context,
  input: { visitorId: string; customerId: string },
): Promise<Conversation> {
  const now = ctx.clock.now();
  const conversation = await tx.conversation.create({
    data: {
      shopId: ctx.shop.id,
      id: newId(now),
      customerId: input.customerId,
      visitorId: input.visitorId,
      channel: "chat",
      status: "open",
      lastMessageAt: now,
      openedAt: now,
    },
  });
  await record(tx, ctx, "conversation.opened", { channel: "chat" }, subjectsOf(conversation));
  return conversation;
}

/** A person of whom nothing is known yet but this browser. */
export async function newPerson(tx: Transaction, ctx: Context, visitorId: string): Promise<string> {
  const now = ctx.clock.now();
  const customer = await tx.customer.create({
    data: { shopId: ctx.shop.id, id: newId(now), createdAt: now, updatedAt: now },
  });
  await tx.visitor.update({
    where: { shopId_id: { shopId: ctx.shop.id, id: visitorId } },
    data: { customerId: customer.id },
  });
  return customer.id;
}
