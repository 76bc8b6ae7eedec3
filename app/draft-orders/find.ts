import type { DraftOrder } from "@prisma/client";
import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { NotFound } from "~/http/errors";
import { isId } from "~/platform/ids";

/** Our row of a draft order; NotFound for an id that is not this shop's. */
export async function findDraft(ctx: Context, id: string): Promise<DraftOrder> {
  const found = isId(id)
    ? await ctx.db.prisma.draftOrder.findUnique({ where: { shopId_id: { shopId: ctx.shop.id, id } } })
    : null;
  if (!found) throw new NotFound("This draft order");
  return found;
}

/** The row locked until the transaction ends; null when this shop has none of the id. */
export async function lockDraft(tx: Transaction, ctx: Context, id: string): Promise<DraftOrder | null> {
  await tx.$queryRaw`SELECT 1 FROM "draft_order" WHERE "shopId" = ${ctx.shop.id}::uuid AND "id" = ${id}::uuid FOR UPDATE`;
  return tx.draftOrder.findUnique({ where: { shopId_id: { shopId: ctx.shop.id, id } } });
}
