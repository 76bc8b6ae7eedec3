import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { record } from "~/events/record";
import { type DeliveryState, together } from "./decide-delivery";

/**
 * Tells the open pages how far a message has come, in the transaction that made it so. One that failed brings its
 * conversation back to whoever looks after it: it waits again. Not without `wentWrong`, which is false for what says
 * something good of one part while another has failed before.
 */
export async function tellDelivery(
  tx: Transaction,
  ctx: Context,
  messageId: string,
  { wentWrong = true }: { wentWrong?: boolean } = {},
): Promise<void> {
  const shopId = ctx.shop.id;
  const message = await tx.message.findUnique({
    where: { shopId_id: { shopId, id: messageId } },
    select: {
      conversation: { select: { id: true, customerId: true, visitorId: true } },
      deliveries: { select: { state: true } },
    },
  });
  if (!message) return;
  const state = together(message.deliveries.map((one) => one.state as DeliveryState));
  const { id, customerId, visitorId } = message.conversation;
  if (wentWrong && (state === "failed" || state === "unclear")) {
    await tx.conversation.updateMany({
      where: { shopId, id, waitingSince: null },
      data: { waitingSince: ctx.clock.now(), status: "open", closedAt: null, snoozedUntil: null },
    });
  }
  await record(tx, ctx, "message.delivery", { messageId, state }, { conversationId: id, customerId, visitorId });
}
