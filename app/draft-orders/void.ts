import type { Context } from "~/context";
import { change } from "~/events/change";
import { refuse } from "~/shopify/admin-errors";
import { adminFor } from "~/shopify/admin-for";
import { DraftOrderDeleteDocument, DraftOrderNowDocument } from "~/shopify/queries/generated";
import { lockDraft } from "./find";
import { markVoided } from "./reported";
import { settleDraft } from "./settle";

/**
 * The shopper paid the cart, so its open draft order must not be paid as well: deletes it in Shopify, which ends its
 * invoice link, and says so in the conversation. One that was paid in the meantime is settled instead.
 */
export async function voidDraft(ctx: Context, draftOrderId: string): Promise<void> {
  const draft = await ctx.db.prisma.draftOrder.findUnique({
    where: { shopId_id: { shopId: ctx.shop.id, id: draftOrderId } },
  });
  if (!draft || draft.status === "paid" || draft.status === "voided") return;
  const admin = adminFor(ctx, "background");
  const { draftOrder } = await admin.ask(DraftOrderNowDocument, { id: draft.shopifyDraftOrderId });
  if (draftOrder?.status === "COMPLETED") return settleDraft(ctx, draftOrderId);
  if (draftOrder) {
    const { draftOrderDelete } = await admin.ask(DraftOrderDeleteDocument, {
      input: { id: draft.shopifyDraftOrderId },
    });
    refuse(draftOrderDelete?.userErrors ?? []);
  }
  await change(ctx, async (tx) => {
    const now = await lockDraft(tx, ctx, draftOrderId);
    if (now) await markVoided(tx, ctx, now, "cart-paid");
  });
}
