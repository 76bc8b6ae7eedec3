import type { Conversation, Prisma } from "@prisma/client";
import type { Context, ShopperActor, StaffActor } from "~/context";
import type { Transaction } from "~/db.server";
import { NotFound } from "~/http/errors";
import { isId } from "~/platform/ids";

/** The leaves whose chats open to this shopper: the proven customer and what they have shown to be the same person. */
export function leavesOf({ customerId, alsoProven = [] }: Pick<ShopperActor, "customerId" | "alsoProven">): string[] {
  return customerId ? [customerId, ...alsoProven] : [];
}

/**
 * What a shopper may reach, on whatever channel it began: conversations of this browser, and of the customer that they are
 * proven to be. Which of the messages in there they may see is another question: `shown-to-shopper.ts`.
 */
export function reachable(ctx: Context<ShopperActor>): Prisma.ConversationWhereInput {
  return { shopId: ctx.shop.id, ...isOf(ctx.actor) };
}

/** Conversations of this browser or of the proven customer. */
export function isOf(actor: ShopperActor): Prisma.ConversationWhereInput {
  const { visitorId } = actor;
  const leaves = leavesOf(actor);
  return { OR: leaves.length > 0 ? [{ visitorId }, { customerId: { in: leaves } }] : [{ visitorId }] };
}

/** A conversation of the shop, its row locked until the transaction ends; NotFound for any other id. */
export async function lockForStaff(
  tx: Transaction,
  ctx: Context<StaffActor> | Context,
  conversationId: string,
): Promise<Conversation> {
  if (!isId(conversationId)) throw new NotFound("This conversation");
  const [found] = await tx.$queryRaw<Conversation[]>`
    SELECT * FROM "conversation" WHERE "shopId" = ${ctx.shop.id}::uuid AND "id" = ${conversationId}::uuid FOR UPDATE`;
  if (!found) throw new NotFound("This conversation");
  return found;
}

/** A conversation that this shopper may reach, its row locked; NotFound for any other id. */
export async function lockForShopper(
  tx: Transaction,
  ctx: Context<ShopperActor>,
  conversationId: string,
): Promise<Conversation> {
  const found = await lockForStaff(tx, ctx, conversationId);
  const isTheirs = found.visitorId === ctx.actor.visitorId || leavesOf(ctx.actor).includes(found.customerId);
  if (!isTheirs) throw new NotFound("This conversation");
  return found;
}

/** The subjects of a fact about this conversation. */
export function subjectsOf(conversation: Conversation, position?: number) {
  return {
    conversationId: conversation.id,
    customerId: conversation.customerId,
    visitorId: conversation.visitorId,
    position: position ?? null,
  };
}
