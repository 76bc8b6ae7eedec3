import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { linesOf, settle, type Units } from "./compare";

/**
 * A draft order made of this cart was paid: `units` (null: everything) are to leave it on the shopper's next page. What
 * the shopper put in beside them stays. A cart that is not active any more is left as it is. Call it once a payment.
 */
export async function requestEmpty(tx: Transaction, ctx: Context, cartId: string, units: Units | null): Promise<void> {
  const shopId = ctx.shop.id;
  await tx.$queryRaw`SELECT 1 FROM "cart" WHERE "shopId" = ${shopId}::uuid AND "id" = ${cartId}::uuid FOR UPDATE`;
  const cart = await tx.cart.findUnique({ where: { shopId_id: { shopId, id: cartId } } });
  if (cart?.status !== "active") return;
  const lines = settle(linesOf(cart), units);
  if (!lines.some((line) => line.settled)) return;
  await tx.cart.update({
    where: { shopId_id: { shopId, id: cartId } },
    data: { emptyRequestedAt: cart.emptyRequestedAt ?? ctx.clock.now(), lines: lines as object[] },
  });
}
