import type { Context } from "~/context";
import { change } from "~/events/change";
import { enqueue } from "~/jobs/enqueue";
import type { AppContext } from "~/jobs/run";
import { toMinor } from "~/platform/money";
import { draftOrdered } from "~/selling/order-reported";
import { adminFor } from "~/shopify/admin-for";
import { DraftOrderNowDocument } from "~/shopify/queries/generated";
import { lockDraft } from "./find";
import { keepReport, markVoided } from "./reported";
import { reportOf } from "./state";

/**
 * Asks Shopify where a draft order stands and takes it over: the backstop for webhooks that were lost. Harmless when
 * repeated.
 */
export async function settleDraft(ctx: Context, draftOrderId: string): Promise<void> {
  const known = await ctx.db.prisma.draftOrder.findUnique({
    where: { shopId_id: { shopId: ctx.shop.id, id: draftOrderId } },
    select: { shopifyDraftOrderId: true },
  });
  if (!known) return;
  const answer = await adminFor(ctx, "background").ask(DraftOrderNowDocument, { id: known.shopifyDraftOrderId });
  const { draftOrder } = answer;
  await change(ctx, async (tx) => {
    const draft = await lockDraft(tx, ctx, draftOrderId);
    if (!draft) return;
    if (!draftOrder) return markVoided(tx, ctx, draft, "deleted-in-shopify");
    const kept = await keepReport(tx, ctx, draft, reportOf(draftOrder));
    const { order } = draftOrder;
    if (!order) return;
    const { amount, currencyCode } = order.totalPriceSet.shopMoney;
    await draftOrdered(tx, ctx, kept, {
      orderId: order.id,
      name: order.name,
      currency: currencyCode,
      total: toMinor(amount, currencyCode),
      paid: order.displayFinancialStatus === "PAID",
      at: new Date(order.processedAt),
    });
  });
}

/** A draft order that nothing was heard of for longer is no longer asked for by itself, in milliseconds. */
const askedFor = 30 * 86_400_000;
/** The most that one turn asks for. */
const atOnce = 500;

/** Asks again for every draft order that can still be paid: webhooks may be lost for good. Hourly. */
export async function settleOpenDrafts(app: AppContext): Promise<void> {
  const drafts = await app.db.prisma.draftOrder.findMany({
    where: {
      status: { in: ["open", "invoice_sent"] },
      updatedAt: { gt: new Date(app.clock.now().getTime() - askedFor) },
    },
    orderBy: { updatedAt: "desc" },
    take: atOnce,
    select: { shopId: true, id: true },
  });
  await app.db.prisma.$transaction(async (tx) => {
    for (const { shopId, id } of drafts) {
      await enqueue(tx, "settle-draft", { shopId, draftOrderId: id }, { key: `settle-draft:${id}` });
    }
  });
}
