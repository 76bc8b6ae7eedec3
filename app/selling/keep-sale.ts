import type { Context } from "~/context";
import { takePosition } from "~/conversations/take-position";
import type { Transaction } from "~/db.server";
import { record } from "~/events/record";
import { decideSale, type Evidence } from "./decide-sale";

export interface SaleToKeep {
  /** gid://shopify/Order/… */
  orderId: string;
  /** `#1001` */
  orderName: string;
  currency: string;
  /** Minor units. */
  total: number;
  at: Date;
  evidence: Evidence;
  conversationId: string;
  draftOrderId: string | null;
  cartId: string | null;
}

/**
 * Writes the sale of a paid order, once: a repeated report changes nothing, and of two paid orders of one cart only the
 * one that `decideSale` chooses stays. A sale by evidence of the cart is shown in the conversation; one of a draft order
 * is shown there by the draft's own payment. The caller holds the cart's row lock.
 */
export async function keepSale(tx: Transaction, ctx: Context, sale: SaleToKeep): Promise<void> {
  const shopId = ctx.shop.id;
  const known = await tx.sale.findUnique({ where: { shopId_orderId: { shopId, orderId: sale.orderId } } });
  if (known) return;
  const rival = sale.cartId
    ? await tx.sale.findUnique({ where: { shopId_cartId: { shopId, cartId: sale.cartId } } })
    : null;
  if (rival) {
    const stays = decideSale({ ...rival, evidence: rival.evidence as Evidence }, sale).orderId === rival.orderId;
    await recordDoubled(tx, ctx, sale.conversationId, sale.cartId, stays ? [rival, sale] : [sale, rival]);
    if (stays) return;
    await tx.sale.delete({ where: { shopId_orderId: { shopId, orderId: rival.orderId } } });
  }
  await tx.sale.create({ data: { shopId, ...sale } });
  const { orderId, orderName, total, currency, evidence, conversationId, cartId } = sale;
  const position = evidence === "cart" ? await takePosition(tx, ctx, conversationId) : null;
  const subjects = { conversationId, cartId, position };
  await record(tx, ctx, "sale.recorded", { orderId, orderName, total, currency, evidence }, subjects);
}

/** Says in the conversation that both orders were paid, once: somebody may want their money back. */
async function recordDoubled(
  tx: Transaction,
  ctx: Context,
  conversationId: string,
  cartId: string | null,
  [one, other]: [{ orderName: string }, { orderName: string }],
): Promise<void> {
  const where = { shopId: ctx.shop.id, kind: "sale.doubled", conversationId, cartId };
  if (await tx.event.findFirst({ where, select: { id: true } })) return;
  const position = await takePosition(tx, ctx, conversationId);
  const data = { orderName: one.orderName, otherOrderName: other.orderName };
  await record(tx, ctx, "sale.doubled", data, { conversationId, cartId, position });
}
