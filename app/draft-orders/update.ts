import type { DraftOrder } from "@prisma/client";
import { audit } from "~/audit/audit";
import { mostOf, type Units, unitsOf } from "~/carts/compare";
import type { Context, StaffActor } from "~/context";
import { change } from "~/events/change";
import { Invalid, NotFound, Problem } from "~/http/errors";
import { adminFor } from "~/shopify/admin-for";
import { DraftOrderUpdateDocument } from "~/shopify/queries/generated";
import { findDraft, lockDraft } from "./find";
import { decideFields } from "./form/decide-fields";
import { decideInput } from "./form/decide-input";
import type { DraftForm } from "./form/shape";
import { recordDraft } from "./record";
import { keepReport } from "./reported";
import { reportOf } from "./state";

/** The draft order is paid, void or has become an order: 409, nothing was changed. */
export class NotOpen extends Problem {
  constructor() {
    super(409, "not-open", "This draft order can no longer be changed. Reload the page to see where it stands.");
  }
}

/**
 * Writes the form over an open draft order, in Shopify and in our row. What it belongs to (conversation, cart) stays.
 * Throws Invalid, NotFound, NotOpen, ShopifyDown, ShopifyThrottled and ShopifyDenied.
 */
export async function updateDraft(ctx: Context<StaffActor>, given: DraftForm): Promise<DraftOrder> {
  const draft = await findDraft(ctx, given.id);
  if (!isOpen(draft)) throw new NotOpen();
  const form = { ...given, conversationId: draft.conversationId, cartId: draft.cartId };
  const decided = decideInput(form, ctx.shop.currency, ctx.clock.now());
  if ("problems" in decided) throw new Invalid(decided.problems);
  const variables = { id: draft.shopifyDraftOrderId, input: decided.input };
  const { draftOrderUpdate } = await adminFor(ctx).ask(DraftOrderUpdateDocument, variables);
  const updated = draftOrderUpdate?.draftOrder;
  if (!updated || draftOrderUpdate.userErrors.length > 0) {
    const problems = decideFields(draftOrderUpdate?.userErrors ?? [], form.lines);
    throw new Invalid(
      problems.length > 0 ? problems : [{ field: "", message: "Shopify did not save the draft order." }],
    );
  }
  return change(ctx, async (tx) => {
    const before = await lockDraft(tx, ctx, draft.id);
    if (!before) throw new NotFound("This draft order");
    const after = await keepReport(tx, ctx, before, reportOf(updated));
    if (before.settles) {
      // What staff put in after the shopper did is paid with it; what they took out still leaves the cart.
      const settles = mostOf(before.settles as Units, unitsOf(form.lines));
      await tx.draftOrder.update({ where: { shopId_id: { shopId: ctx.shop.id, id: draft.id } }, data: { settles } });
    }
    const { id, name, total, currency } = after;
    await recordDraft(tx, ctx, "draft-order.updated", after, { draftOrderId: id, name, total, currency });
    await audit(tx, ctx, { action: "draft-order.changed", subjectKind: "draft-order", subjectId: id });
    return after;
  });
}

/** Whether it can still be changed, sent and paid. */
export function isOpen(draft: Pick<DraftOrder, "status" | "orderId">): boolean {
  return (draft.status === "open" || draft.status === "invoice_sent") && draft.orderId === null;
}
