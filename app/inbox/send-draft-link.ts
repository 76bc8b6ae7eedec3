import type { Context, StaffActor } from "~/context";
import { sendIntoConversation } from "~/draft-orders/send-invoice";
import { Invalid, NotFound } from "~/http/errors";
import { isId } from "~/platform/ids";

interface DraftLink {
  conversationId: string;
  draftOrderId: string;
  clientKey: string;
  /** Up to where the sender has seen the conversation. */
  seenPosition: number;
}

/** Sends the payment link of a draft order into its conversation, in the usual words. Throws as `sendIntoConversation`. */
export async function sendDraftLink(ctx: Context<StaffActor>, input: DraftLink): Promise<void> {
  const draft = isId(input.draftOrderId)
    ? await ctx.db.prisma.draftOrder.findUnique({
        where: { shopId_id: { shopId: ctx.shop.id, id: input.draftOrderId } },
        select: { name: true, invoiceUrl: true, conversationId: true },
      })
    : null;
  if (!draft || draft.conversationId !== input.conversationId) throw new NotFound("This draft order");
  if (!draft.invoiceUrl) {
    throw new Invalid([{ field: "draftOrderId", message: "Shopify has no payment link for it yet. Try again soon." }]);
  }
  const text = `Your order ${draft.name} is ready. You can check it and pay here: ${draft.invoiceUrl}`;
  const { draftOrderId, clientKey, seenPosition } = input;
  await sendIntoConversation(ctx, { draftOrderId, text, clientKey, seenPosition });
}
