import type { Context, StaffActor } from "~/context";
import { NotFound } from "~/http/errors";
import { isId } from "~/platform/ids";

/** The head of a conversation's page. Times are ISO 8601. */
export interface OpenConversation {
  id: string;
  channel: string;
  status: "open" | "snoozed" | "closed";
  customerId: string;
  visitorId: string | null;
  assigneeId: string | null;
  assigneeName: string | null;
  waitingSince: string | null;
  snoozedUntil: string | null;
  /** Up to where the shopper's browser has received and the shopper has seen. */
  delivered: number;
  seen: number;
  /** The conversation that this one was split from, while that can be undone. */
  splitFrom: string | null;
  /** How the shopper found it, one to five, and what they wrote with it. */
  rating: { score: number; comment: string | null } | null;
}

/** One conversation of the shop; throws NotFound for any other id. */
export async function openConversation(ctx: Context<StaffActor>, conversationId: string): Promise<OpenConversation> {
  const found = isId(conversationId)
    ? await ctx.db.prisma.conversation.findUnique({
        where: { shopId_id: { shopId: ctx.shop.id, id: conversationId } },
        include: { rating: { select: { score: true, comment: true } } },
      })
    : null;
  if (!found) throw new NotFound("This conversation");
  const assignee = found.assigneeId
    ? await ctx.db.prisma.staff.findUnique({
        where: { shopId_id: { shopId: ctx.shop.id, id: found.assigneeId } },
        select: { name: true },
      })
    : null;
  const cut = await ctx.db.prisma.conversationSplit.findUnique({
    where: { shopId_intoId: { shopId: ctx.shop.id, intoId: found.id } },
    select: { fromId: true },
  });
  return {
    id: found.id,
    channel: found.channel,
    status: found.status as OpenConversation["status"],
    customerId: found.customerId,
    visitorId: found.visitorId,
    assigneeId: found.assigneeId,
    assigneeName: assignee?.name ?? null,
    waitingSince: found.waitingSince?.toISOString() ?? null,
    snoozedUntil: found.snoozedUntil?.toISOString() ?? null,
    delivered: found.shopperDelivered,
    seen: found.shopperSeen,
    splitFrom: cut?.fromId ?? null,
    rating: found.rating,
  };
}
