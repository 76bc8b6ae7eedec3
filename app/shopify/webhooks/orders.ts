import { z } from "zod";
import type { Context } from "~/context";
import { toMinor } from "~/platform/money";
import { orderReported } from "~/selling/order-reported";
import { amount, gid, instant, noteAttributes, numericId } from "./shapes";

const shape = z.object({
  id: numericId,
  name: z.string(),
  currency: z.string().length(3),
  total_price: amount,
  financial_status: z.string().nullish(),
  cancelled_at: z.string().nullish(),
  processed_at: instant.nullish(),
  created_at: instant,
  source_name: z.string().nullish(),
  cart_token: z.string().nullish(),
  note_attributes: noteAttributes,
});

/** orders/create, orders/updated, orders/paid: the cart or the draft order behind it is settled. */
export async function orderChanged(ctx: Context, payload: unknown): Promise<void> {
  const order = shape.parse(payload);
  if (order.cancelled_at) return;
  await orderReported(ctx, {
    orderId: gid("Order", order.id),
    name: order.name,
    currency: order.currency,
    total: toMinor(order.total_price, order.currency),
    paid: order.financial_status === "paid",
    at: order.processed_at ?? order.created_at,
    fromDraft: order.source_name === "shopify_draft_order",
    cartToken: order.cart_token ?? null,
    attributes: order.note_attributes,
  });
}
