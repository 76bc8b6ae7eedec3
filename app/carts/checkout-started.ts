import type { Context } from "~/context";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { isId } from "~/platform/ids";
import { cartAttribute } from "./cart";

export interface CheckoutOfCart {
  cartToken: string | null;
  attributes: readonly { name: string; value: string }[];
  at: Date;
}

/** The shopper went on to the checkout with this cart. Known at most once a cart; a cart that is over stays as it is. */
export async function checkoutStarted(ctx: Context, checkout: CheckoutOfCart): Promise<void> {
  const own = checkout.attributes.find((one) => one.name === cartAttribute)?.value;
  const token = checkout.cartToken?.split("?")[0];
  const names = [...(isId(own) ? [{ id: own }] : []), ...(token ? [{ token }] : [])];
  if (names.length === 0) return;
  await change(ctx, async (tx) => {
    const where = { shopId: ctx.shop.id, status: "active", checkoutAt: null, OR: names };
    const cart = await tx.cart.findFirst({ where, select: { id: true, visitorId: true } });
    if (!cart) return;
    const { count } = await tx.cart.updateMany({ where: { ...where, id: cart.id }, data: { checkoutAt: checkout.at } });
    if (count === 1) await record(tx, ctx, "cart.checkout-started", {}, { cartId: cart.id, visitorId: cart.visitorId });
  });
}
