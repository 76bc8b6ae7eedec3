import { placeOrder } from "../../commerce/place-order";
import { type DraftOrderRecord, gid } from "../../records";
import type { ShopStore } from "../../store";
import { draftOrderDeletedPayload, draftOrderPayload } from "../../webhooks/payloads";
import { publish } from "../../webhooks/publish";
import type { AdminContext, Arguments, Fields } from "../engine/context";
import { notImplemented } from "../engine/errors";
import { requireId } from "../resolvers/node";
import { blankDraft } from "./blank-draft";
import { applyDraftInput } from "./draft-input";
import { draftOrderInvoicePreview, draftOrderInvoiceSend } from "./draft-invoice";
import { type UserError, userError } from "./user-errors";

export const draftOrderMutations: Fields<unknown> = {
  draftOrderCreate: (_root, args, context) => {
    const { draft, userErrors } = applyDraftInput(context, blankDraft(context), args.input as Arguments);
    if (userErrors.length > 0) return refused(userErrors);
    const number = nextDraftNumber(context.shop);
    const created: DraftOrderRecord = { ...draft, id: context.shop.newId("draftOrder"), name: `#D${number}` };
    context.shop.put("draftOrder", created.id, created);
    publish(context.world, context.shop, "draft_orders/create", draftOrderPayload(context.shop, created));
    return { draftOrder: created, userErrors: [] };
  },

  draftOrderUpdate: (_root, args, context) => {
    const before = context.shop.get("draftOrder", requireId("DraftOrder", args.id));
    if (!before) return refused([doesNotExist()]);
    if (before.status === "COMPLETED") return refused([alreadyCompleted()]);
    const { draft, userErrors } = applyDraftInput(context, before, args.input as Arguments);
    if (userErrors.length > 0) return refused(userErrors);
    return { draftOrder: saveDraft(context, draft), userErrors: [] };
  },

  draftOrderCalculate: (_root, args, context) => {
    const { draft, userErrors } = applyDraftInput(context, blankDraft(context), args.input as Arguments);
    return userErrors.length > 0
      ? { calculatedDraftOrder: null, userErrors }
      : { calculatedDraftOrder: draft, userErrors: [] };
  },

  draftOrderComplete: (_root, args, context) => {
    if (args.paymentGatewayId) throw notImplemented("Mutation.draftOrderComplete(paymentGatewayId)");
    const draft = context.shop.get("draftOrder", requireId("DraftOrder", args.id));
    if (!draft) return refused([doesNotExist()]);
    if (draft.status === "COMPLETED") return refused([alreadyCompleted()]);
    const order = placeOrder(context.world, context.shop, {
      from: draft,
      paymentPending: args.paymentPending === true,
    });
    const sourceName = args.sourceName;
    if (typeof sourceName === "string" && sourceName) context.shop.put("order", order.id, { ...order, sourceName });
    return { draftOrder: context.shop.get("draftOrder", draft.id), userErrors: [] };
  },

  draftOrderDelete: (_root, args, context) => {
    const id = requireId("DraftOrder", (args.input as Arguments).id);
    const draft = context.shop.get("draftOrder", id);
    if (!draft) return { deletedId: null, userErrors: [doesNotExist()] };
    if (draft.status === "COMPLETED") return { deletedId: null, userErrors: [alreadyCompleted()] };
    context.shop.delete("draftOrder", id);
    publish(context.world, context.shop, "draft_orders/delete", draftOrderDeletedPayload(draft));
    return { deletedId: gid("DraftOrder", id), userErrors: [] };
  },

  draftOrderInvoiceSend,
  draftOrderInvoicePreview,
};

/** Stores a changed draft and announces it. */
export function saveDraft(context: AdminContext, draft: DraftOrderRecord): DraftOrderRecord {
  const saved = { ...draft, updatedAt: context.now.toISOString() };
  context.shop.put("draftOrder", saved.id, saved);
  publish(context.world, context.shop, "draft_orders/update", draftOrderPayload(context.shop, saved));
  return saved;
}

/** The next number of `#D…`; the counter catches up with drafts that were written without it. */
export function nextDraftNumber(shop: ShopStore): number {
  const highest = shop.all("draftOrder").reduce((most, draft) => Math.max(most, Number(draft.name.slice(2)) || 0), 0);
  let number = shop.next("draftNumber", 1);
  while (number <= highest) number = shop.next("draftNumber", 1);
  return number;
}

function refused(userErrors: UserError[]) {
  return { draftOrder: null, userErrors };
}

function doesNotExist(): UserError {
  return userError(["id"], "Draft order does not exist");
}

function alreadyCompleted(): UserError {
  return userError(null, "Draft order has already been completed");
}
