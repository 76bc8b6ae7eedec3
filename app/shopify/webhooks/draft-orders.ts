import { z } from "zod";
import type { Context } from "~/context";
import { draftDeleted, draftReported } from "~/draft-orders/reported";
import { toMinor } from "~/platform/money";
import { amount, gid, instant, noteAttributes, numericId } from "./shapes";

const shape = z.object({
  id: numericId,
  name: z.string(),
  status: z.string(),
  currency: z.string().length(3),
  total_price: amount,
  invoice_url: z.string().nullish(),
  invoice_sent_at: z.string().nullish(),
  order_id: numericId.nullish(),
  created_at: instant,
  updated_at: instant,
  note_attributes: noteAttributes,
});

/** draft_orders/create, draft_orders/update. */
export async function draftOrderChanged(ctx: Context, payload: unknown): Promise<void> {
  const draft = shape.parse(payload);
  await draftReported(ctx, {
    shopifyDraftOrderId: gid("DraftOrder", draft.id),
    name: draft.name,
    invoiceSent: draft.status === "invoice_sent" || Boolean(draft.invoice_sent_at),
    completed: draft.status === "completed",
    currency: draft.currency,
    total: toMinor(draft.total_price, draft.currency),
    invoiceUrl: draft.invoice_url ?? null,
    orderId: draft.order_id ? gid("Order", draft.order_id) : null,
    createdAt: draft.created_at,
    updatedAt: draft.updated_at,
    attributes: draft.note_attributes.map(({ name, value }) => ({ key: name, value })),
  });
}

const deletion = z.object({ id: numericId });

/** draft_orders/delete carries the id and nothing else. */
export async function draftOrderDeleted(ctx: Context, payload: unknown): Promise<void> {
  await draftDeleted(ctx, gid("DraftOrder", deletion.parse(payload).id));
}
