import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { linesOf, settleAll } from "./compare";

/**
 * A draft order made of this cart was paid: what is in the cart now is to leave it on the shopper's next page. Repeating
 * it changes nothing; a cart that is not active any more is left as it is.
 */
export async function requestEmpty(tx: Transaction, ctx: Context, cartId: string): Promise<void> {
  const shopId = ctx.shop.id;
  await tx.$queryRaw`SELECT 1 FROM "cart" WHERE "shopId" = ${shopId}::uuid AND "id" = ${cartId}::uuid FOR UPDATE`;
  const cart = await tx.cart.findUnique({ where: { shopId_id: { shopId, id: cartId } } });
  if (cart?.status !== "active" || cart.emptyRequestedAt) return;
  await tx.cart.update({
    where: { shopId_id: { shopId, id: cartId } },
    data: { emptyRequestedAt: ctx.clock.now(), lines: settleAll(linesOf(cart)) as object[] },
  });
}
