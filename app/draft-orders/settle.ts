import type { AppContext, Context } from "~/context";
import { change } from "~/events/change";
import { enqueue } from "~/jobs/enqueue";
import { toMinor } from "~/platform/money";
import { draftOrdered } from "~/selling/order-reported";
import { walkShops } from "~/shop/walk-shops";
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

/** The most that one turn asks for in one shop. */
const atOnce = 100;

/**
 * Asks again for the draft orders that can still be paid: webhooks may be lost for good. Hourly; in each shop those come
 * first that were not asked for the longest. One that nothing was heard of for a month is asked for once a day.
 */
export async function settleOpenDrafts(app: AppContext): Promise<void> {
  await walkShops(app, async (tx, shopId, at) => {
    const now = at.toISOString();
    const asked = await tx.$queryRaw<{ id: string }[]>`
      WITH due AS MATERIALIZED (
         SELECT "id" FROM "draft_order"
          WHERE "shopId" = ${shopId}::uuid AND "status" IN ('open', 'invoice_sent')
            AND ("askedAt" IS NULL OR "askedAt" < ${now}::timestamptz - CASE
                   WHEN "updatedAt" > ${now}::timestamptz - interval '30 days' THEN interval '30 minutes'
                   ELSE interval '23 hours' END)
          ORDER BY "askedAt" NULLS FIRST, "id" LIMIT ${atOnce} FOR UPDATE SKIP LOCKED)
      UPDATE "draft_order" d SET "askedAt" = ${now}::timestamptz FROM due
       WHERE d."shopId" = ${shopId}::uuid AND d."id" = due."id" RETURNING d."id"`;
    for (const { id } of asked) {
      await enqueue(tx, "settle-draft", { shopId, draftOrderId: id }, { key: `settle-draft:${id}` });
    }
  });
}
