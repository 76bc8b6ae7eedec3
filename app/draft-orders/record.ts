import type { DraftOrder } from "@prisma/client";
import type { Context } from "~/context";
import { takePosition } from "~/conversations/take-position";
import type { Transaction } from "~/db.server";
import type { EventData, EventKind } from "~/events/catalogue";
import { record } from "~/events/record";

type DraftEvent = Extract<EventKind, `draft-order.${string}`>;

/** Writes a fact about a draft order; one made in a conversation is shown there, at the next place. */
export async function recordDraft<Kind extends DraftEvent>(
  tx: Transaction,
  ctx: Context,
  kind: Kind,
  draft: Pick<DraftOrder, "conversationId" | "cartId">,
  data: EventData[Kind],
): Promise<void> {
  const { conversationId, cartId } = draft;
  const conversation = conversationId
    ? await tx.conversation.findUnique({
        where: { shopId_id: { shopId: ctx.shop.id, id: conversationId } },
        select: { customerId: true, visitorId: true },
      })
    : null;
  const cart =
    !conversation && cartId
      ? await tx.cart.findUnique({
          where: { shopId_id: { shopId: ctx.shop.id, id: cartId } },
          select: { visitorId: true },
        })
      : null;
  const position = conversation && conversationId ? await takePosition(tx, ctx, conversationId) : null;
  await record(tx, ctx, kind, data, {
    conversationId: conversation ? conversationId : null,
    customerId: conversation?.customerId ?? null,
    visitorId: conversation?.visitorId ?? cart?.visitorId ?? null,
    cartId,
    position,
  });
}
