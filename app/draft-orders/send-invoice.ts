import type { DraftOrder } from "@prisma/client";
import { audit } from "~/audit/audit";
import type { Context, StaffActor } from "~/context";
import { reply } from "~/conversations/reply";
import type { Transaction } from "~/db.server";
import { change } from "~/events/change";
import { Invalid, NotFound } from "~/http/errors";
import { adminFor } from "~/shopify/admin-for";
import { DraftOrderInvoiceSendDocument } from "~/shopify/queries/generated";
import { findDraft, lockDraft } from "./find";
import { decideFields } from "./form/decide-fields";
import { recordDraft } from "./record";
import { keepReport } from "./reported";
import { reportOf } from "./state";
import { isOpen, NotOpen } from "./update";

export interface ByConversation {
  draftOrderId: string;
  /** What the shopper reads; must hold the invoice's link. */
  text: string;
  clientKey: string;
  /** Up to where the sender has seen the conversation; null to send all the same. */
  seenPosition: number | null;
}

/**
 * Sends the invoice's link as a message into the draft order's conversation. Sending the same `clientKey` twice sends
 * once. Throws Invalid, NotFound, NotOpen and Stale.
 */
export async function sendIntoConversation(ctx: Context<StaffActor>, input: ByConversation): Promise<DraftOrder> {
  const draft = await findDraft(ctx, input.draftOrderId);
  if (!isOpen(draft)) throw new NotOpen();
  if (!draft.conversationId) throw new Invalid([{ field: "text", message: "This draft order has no conversation." }]);
  if (!draft.invoiceUrl || !input.text.includes(draft.invoiceUrl)) {
    throw new Invalid([{ field: "text", message: "Keep the link to the invoice in the message." }]);
  }
  const message = await reply(ctx, {
    conversationId: draft.conversationId,
    text: input.text,
    clientKey: input.clientKey,
    attachmentIds: [],
    seenPosition: input.seenPosition,
  });
  return change(ctx, async (tx) => {
    const now = await lockDraft(tx, ctx, draft.id);
    if (!now) throw new NotFound("This draft order");
    const said = await tx.event.findFirst({
      where: {
        shopId: ctx.shop.id,
        kind: "draft-order.invoice-sent",
        conversationId: draft.conversationId,
        data: { path: ["messageId"], equals: message.id },
      },
      select: { id: true },
    });
    if (said) return now;
    const after = isOpen(now)
      ? await tx.draftOrder.update({
          where: { shopId_id: { shopId: ctx.shop.id, id: draft.id } },
          data: { status: "invoice_sent" },
        })
      : now;
    const data = { draftOrderId: draft.id, name: draft.name, by: "conversation" as const, messageId: message.id };
    await recordDraft(tx, ctx, "draft-order.invoice-sent", after, data);
    await auditSent(tx, ctx, draft.id, "conversation");
    return after;
  });
}

export interface ByEmail {
  draftOrderId: string;
  to: string;
  /** Empty: Shopify's own subject. */
  subject: string;
  /** Stands over the order in Shopify's invoice mail. */
  message: string;
}

/**
 * Has Shopify mail its invoice. Throws Invalid, NotFound, NotOpen, ShopifyDown (the mail may have been sent all the
 * same), ShopifyThrottled and ShopifyDenied.
 */
export async function sendByEmail(ctx: Context<StaffActor>, input: ByEmail): Promise<DraftOrder> {
  const draft = await findDraft(ctx, input.draftOrderId);
  if (!isOpen(draft)) throw new NotOpen();
  const to = input.to.trim();
  if (!/^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+\.[^\s@<>(),;:"]+$/.test(to)) {
    throw new Invalid([{ field: "to", message: "Enter a full e-mail address, such as name@example.com." }]);
  }
  const email = { to, subject: input.subject.trim() || undefined, customMessage: input.message.trim() || undefined };
  const answer = await adminFor(ctx).ask(DraftOrderInvoiceSendDocument, { id: draft.shopifyDraftOrderId, email });
  const sent = answer.draftOrderInvoiceSend;
  if (!sent?.draftOrder || sent.userErrors.length > 0) {
    const problems = decideFields(sent?.userErrors ?? []).map(({ message }) => ({ field: "to", message }));
    throw new Invalid(problems.length > 0 ? problems : [{ field: "to", message: "Shopify did not send the invoice." }]);
  }
  const report = reportOf(sent.draftOrder);
  return change(ctx, async (tx) => {
    const now = await lockDraft(tx, ctx, draft.id);
    if (!now) throw new NotFound("This draft order");
    const after = await keepReport(tx, ctx, now, { ...report, invoiceSent: true });
    await recordDraft(tx, ctx, "draft-order.invoice-sent", after, {
      draftOrderId: draft.id,
      name: draft.name,
      by: "e-mail",
    });
    await auditSent(tx, ctx, draft.id, "e-mail");
    return after;
  });
}

async function auditSent(tx: Transaction, ctx: Context<StaffActor>, id: string, by: string): Promise<void> {
  await audit(tx, ctx, { action: "draft-order.sent", subjectKind: "draft-order", subjectId: id, detail: { by } });
}
