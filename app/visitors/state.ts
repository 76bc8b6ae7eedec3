import type { Visitor } from "@prisma/client";
import type { Context, ShopperActor } from "~/context";
import { reachable } from "~/conversations/find";
import { currentConversation } from "~/conversations/open";
import { NotFound } from "~/http/errors";
import { canMail } from "~/mail/send";
import { isId } from "~/platform/ids";
import { currentPlace, toCursor } from "~/realtime/cursor";
import { someoneThere } from "~/team/presence";
import type { ConversationAnswer, StateAnswer, VisitorAnswer } from "./answers";
import { provenCustomer } from "./proven";
import { shopperMessages } from "./shopper-messages";

/** Messages of one page of a chat. */
const pageSize = 30;

/** Which messages: those after a place (what a page missed), those before one (scrolled up to), or the newest. */
export type Wanted = { after: number } | { before: number } | null;

/**
 * The chat of this shopper: the one named, or the one their next message belongs to. The cursor is taken first, so
 * nothing can fall between this answer and the socket. Throws NotFound for a chat that is not theirs.
 */
export async function chatState(
  ctx: Context<ShopperActor>,
  wanted: Wanted = null,
  conversationId: string | null = null,
): Promise<StateAnswer> {
  const cursor = toCursor(await currentPlace(ctx.db.sql));
  const [found, there, visitor] = await Promise.all([
    conversationId ? named(ctx, conversationId) : currentConversation(ctx),
    someoneThere(ctx),
    ctx.db.prisma.visitor.findUnique({
      where: { shopId_id: { shopId: ctx.shop.id, id: ctx.actor.visitorId } },
      include: { customer: { select: { name: true, email: true, shopifyCustomerId: true } } },
    }),
  ]);
  if (!visitor) throw new NotFound("This session");
  return {
    cursor,
    someoneThere: there,
    visitor: visitorAnswer(visitor, ctx.clock.now()),
    conversation: found ? await conversationAnswer(ctx, found, wanted) : null,
  };
}

async function named(ctx: Context<ShopperActor>, id: string) {
  const found = isId(id) ? await ctx.db.prisma.conversation.findFirst({ where: { ...reachable(ctx), id } }) : null;
  if (!found) throw new NotFound("This conversation");
  return found;
}

type Known = Visitor & {
  customer: { name: string | null; email: string | null; shopifyCustomerId: string | null } | null;
};

function visitorAnswer(visitor: Known, now: Date): VisitorAnswer {
  const { customer } = visitor;
  const signedIn = visitor.signedInAs !== null;
  const isProven = provenCustomer(visitor, now) !== null;
  return {
    name: isProven || !customer?.shopifyCustomerId ? (customer?.name ?? null) : null,
    hasEmail: Boolean(customer?.email),
    signedIn,
    confirmed: isProven && !signedIn,
    canConfirm: canMail() && !isProven,
    consented: visitor.consentedAt !== null,
  };
}

async function conversationAnswer(
  ctx: Context<ShopperActor>,
  conversation: { id: string; status: string; position: number; shopperSeen: number },
  wanted: Wanted,
): Promise<ConversationAnswer> {
  const page =
    wanted && "after" in wanted ? wanted : { before: wanted?.before ?? conversation.position + 1, limit: pageSize + 1 };
  const [messages, reads, rating] = await Promise.all([
    shopperMessages(ctx.db.sql, { shopId: ctx.shop.id, conversationId: conversation.id, actor: ctx.actor }, page),
    ctx.db.prisma.conversationRead.aggregate({
      where: { shopId: ctx.shop.id, conversationId: conversation.id },
      _max: { position: true },
    }),
    ctx.db.prisma.rating.findUnique({
      where: { shopId_conversationId: { shopId: ctx.shop.id, conversationId: conversation.id } },
      select: { score: true },
    }),
  ]);
  const older = "before" in page && messages.length > pageSize;
  return {
    id: conversation.id,
    status: conversation.status === "closed" ? "closed" : "open",
    position: conversation.position,
    shopperSeen: conversation.shopperSeen,
    staffSeen: reads._max.position ?? 0,
    messages: older ? messages.slice(1) : messages,
    older,
    rating: rating?.score ?? null,
  };
}
