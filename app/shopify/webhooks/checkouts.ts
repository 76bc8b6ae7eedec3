import { z } from "zod";
import { checkoutStarted } from "~/carts/checkout-started";
import type { Context } from "~/context";
import { instant, noteAttributes } from "./shapes";

const shape = z.object({
  cart_token: z.string().nullish(),
  completed_at: z.string().nullish(),
  updated_at: instant,
  note_attributes: noteAttributes,
});

/** checkouts/create, checkouts/update: the cart is on its way to payment, which Live view shows. */
export async function checkoutChanged(ctx: Context, payload: unknown): Promise<void> {
  const checkout = shape.parse(payload);
  if (checkout.completed_at) return;
  await checkoutStarted(ctx, {
    cartToken: checkout.cart_token ?? null,
    attributes: checkout.note_attributes,
    at: checkout.updated_at,
  });
}
