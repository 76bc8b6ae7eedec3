import type { DraftOrder } from "@prisma/client";
import { linesOf, mostOf, unitsOf } from "~/carts/compare";
import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { change } from "~/events/change";
import { enqueue } from "~/jobs/enqueue";
import { type Ties, tiesIn } from "./attributes";
import { lockDraft } from "./find";
import type { DraftLine } from "./form/shape";
import { recordDraft } from "./record";
import { type DraftReport, type DraftStatus, statusAfter } from "./state";

/**
 * Takes what a draft order webhook tells. One of ours whose row was never written, because the answer to its creation
 * was lost, gets its row now; one that became an order is followed up by a job; others are none of ours. A report older
 * than what is known changes nothing.
 */
export async function draftReported(ctx: Context, report: DraftReport): Promise<void> {
  await change(ctx, async (tx) => {
    const draft = (await byShopifyId(tx, ctx, report.shopifyDraftOrderId)) ?? (await adopt(tx, ctx, report));
    if (draft) await follow(tx, ctx, draft, report);
  });
}

/** A draft order was deleted in Shopify. */
export async function draftDeleted(ctx: Context, shopifyDraftOrderId: string): Promise<void> {
  await change(ctx, async (tx) => {
    const draft = await byShopifyId(tx, ctx, shopifyDraftOrderId);
    if (draft) await markVoided(tx, ctx, draft, "deleted-in-shopify");
  });
}

/** Marks a draft as no longer payable, once; a paid one stays paid. The caller holds its row lock. */
export async function markVoided(
  tx: Transaction,
  ctx: Context,
  draft: DraftOrder,
  because: "cart-paid" | "deleted-in-shopify",
): Promise<void> {
  if (draft.status === "paid" || draft.status === "voided") return;
  const where = { shopId_id: { shopId: ctx.shop.id, id: draft.id } };
  await tx.draftOrder.update({ where, data: { status: "voided", invoiceUrl: null } });
  await recordDraft(tx, ctx, "draft-order.voided", draft, { draftOrderId: draft.id, name: draft.name, because });
}

async function byShopifyId(tx: Transaction, ctx: Context, shopifyDraftOrderId: string): Promise<DraftOrder | null> {
  const known = await tx.draftOrder.findUnique({
    where: { shopId_shopifyDraftOrderId: { shopId: ctx.shop.id, shopifyDraftOrderId } },
    select: { id: true },
  });
  return known ? lockDraft(tx, ctx, known.id) : null;
}

async function follow(tx: Transaction, ctx: Context, draft: DraftOrder, report: DraftReport): Promise<void> {
  if (report.completed && draft.status !== "paid") {
    // Whether its order is paid stands in the order: ask for it, in case the order's own webhook was lost or early.
    const job = { shopId: ctx.shop.id, draftOrderId: draft.id };
    await enqueue(tx, "settle-draft", job, { key: `settle-draft:${draft.id}` });
  }
  if (report.updatedAt.getTime() <= draft.updatedAt.getTime()) return;
  const changed = draft.total !== report.total || draft.currency !== report.currency;
  const after = await keepReport(tx, ctx, draft, report);
  if (changed && after.status !== "paid" && after.status !== "voided") {
    const { id, name, total, currency } = after;
    await recordDraft(tx, ctx, "draft-order.updated", after, { draftOrderId: id, name, total, currency });
  }
}

/** Writes what Shopify says into the row. */
export async function keepReport(
  tx: Transaction,
  ctx: Context,
  draft: DraftOrder,
  report: DraftReport,
): Promise<DraftOrder> {
  const status = statusAfter(draft.status as DraftStatus, report);
  return tx.draftOrder.update({
    where: { shopId_id: { shopId: ctx.shop.id, id: draft.id } },
    data: {
      name: report.name,
      currency: report.currency,
      total: report.total,
      status,
      invoiceUrl: status === "voided" ? null : report.invoiceUrl,
      orderId: draft.orderId ?? report.orderId,
      updatedAt: report.updatedAt,
    },
  });
}

/** The row of a draft that carries our id, made now when it is missing; null when the draft is not ours. */
async function adopt(tx: Transaction, ctx: Context, report: DraftReport): Promise<DraftOrder | null> {
  const { draftOrderId } = tiesIn(report.attributes);
  if (!draftOrderId) return null;
  const known = await lockDraft(tx, ctx, draftOrderId);
  // A copy made in the admin keeps the attributes: it is another draft, and not ours.
  if (known) return null;
  return createRow(tx, ctx, { ...tiesIn(report.attributes), draftOrderId }, report, null);
}

/**
 * Writes the row of a draft order that exists in Shopify, and the fact. Ties to what this shop does not have (any more)
 * are left out. `lines` are those it was asked for with: what they and the cart hold now is what its payment settles.
 */
export async function createRow(
  tx: Transaction,
  ctx: Context,
  ties: Ties & { draftOrderId: string },
  report: DraftReport,
  staffId: string | null,
  lines: readonly Pick<DraftLine, "variantId" | "quantity">[] = [],
): Promise<DraftOrder> {
  const shopId = ctx.shop.id;
  const conversation = ties.conversationId
    ? await tx.conversation.findUnique({
        where: { shopId_id: { shopId, id: ties.conversationId } },
        select: { id: true },
      })
    : null;
  const cart = ties.cartId ? await lockCart(tx, ctx, ties.cartId) : null;
  const draft = await tx.draftOrder.create({
    data: {
      shopId,
      id: ties.draftOrderId,
      shopifyDraftOrderId: report.shopifyDraftOrderId,
      name: report.name,
      conversationId: conversation?.id ?? null,
      cartId: cart?.id ?? null,
      staffId,
      ...(cart ? { settles: mostOf(unitsOf(linesOf(cart)), unitsOf(lines)) } : {}),
      status: report.invoiceSent ? "invoice_sent" : "open",
      currency: report.currency,
      total: report.total,
      invoiceUrl: report.invoiceUrl,
      orderId: report.orderId,
      createdAt: report.createdAt,
      updatedAt: report.updatedAt,
    },
  });
  const { id, name, total, currency } = draft;
  await recordDraft(tx, ctx, "draft-order.created", draft, { draftOrderId: id, name, total, currency });
  // Paid while Shopify made the draft: whoever marked the cart found no draft to take back.
  if (cart?.status === "ordered") await enqueueVoid(tx, ctx, id);
  return draft;
}

/** Asks for an open draft order to be taken back because its cart was paid. */
export async function enqueueVoid(tx: Transaction, ctx: Context, draftOrderId: string): Promise<void> {
  await enqueue(tx, "void-draft", { shopId: ctx.shop.id, draftOrderId }, { key: `void-draft:${draftOrderId}` });
}

async function lockCart(tx: Transaction, ctx: Context, id: string) {
  await tx.$queryRaw`SELECT 1 FROM "cart" WHERE "shopId" = ${ctx.shop.id}::uuid AND "id" = ${id}::uuid FOR UPDATE`;
  return tx.cart.findUnique({
    where: { shopId_id: { shopId: ctx.shop.id, id } },
    select: { id: true, status: true, lines: true },
  });
}
