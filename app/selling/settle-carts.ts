import { cartAttribute } from "~/carts/cart";
import type { AppContext, Context } from "~/context";
import { enqueue } from "~/jobs/enqueue";
import { toMinor } from "~/platform/money";
import { walkShops } from "~/shop/walk-shops";
import { adminFor } from "~/shopify/admin-for";
import { OrdersOfCartDocument } from "~/shopify/queries/generated";
import { orderReported } from "./order-reported";

/** The most that one turn asks for in one shop. */
const atOnce = 50;

/**
 * Asks for the orders of carts that may have been paid without our hearing of it: webhooks may be lost for good, and
 * then the sale would not count and the cart's draft order would stay payable. These are carts of someone who chats or
 * has an open draft order, or that went to the checkout, whose storefront has told nothing for 15 minutes. Hourly; in each
 * shop those come first that were not asked for the longest, and a cart is let go of after two weeks. An order without a
 * sale may have been paid since: its cart is asked for twice a day.
 */
export async function settleSilentCarts(app: AppContext): Promise<void> {
  await walkShops(app, async (tx, shopId, at) => {
    const now = at.toISOString();
    const asked = await tx.$queryRaw<{ id: string }[]>`
      WITH due AS MATERIALIZED (
         SELECT c."id" FROM "cart" c
          WHERE c."shopId" = ${shopId}::uuid AND c."token" IS NOT NULL
            AND c."changedAt" > ${now}::timestamptz - interval '14 days'
            AND c."snapshotAt" < ${now}::timestamptz - interval '15 minutes'
            AND (c."askedAt" IS NULL OR c."askedAt" < ${now}::timestamptz - CASE c."status"
                   WHEN 'active' THEN interval '30 minutes' ELSE interval '11 hours' END)
            AND (c."status" = 'active' AND (c."checkoutAt" IS NOT NULL OR EXISTS (
                   SELECT 1 FROM "draft_order" d WHERE d."shopId" = c."shopId" AND d."cartId" = c."id"
                      AND d."status" IN ('open', 'invoice_sent')))
              OR (c."status" = 'active' OR c."status" = 'ordered' AND NOT EXISTS (
                   SELECT 1 FROM "sale" s WHERE s."shopId" = c."shopId" AND s."orderId" = c."orderId"))
             AND EXISTS (SELECT 1 FROM "conversation" t WHERE t."shopId" = c."shopId" AND t."visitorId" = c."visitorId"))
          ORDER BY c."askedAt" NULLS FIRST, c."id" LIMIT ${atOnce} FOR UPDATE SKIP LOCKED)
      UPDATE "cart" c SET "askedAt" = ${now}::timestamptz FROM due
       WHERE c."shopId" = ${shopId}::uuid AND c."id" = due."id" RETURNING c."id"`;
    for (const { id } of asked) {
      await enqueue(tx, "settle-cart", { shopId, cartId: id }, { key: `settle-cart:${id}` });
    }
  });
}

/**
 * Asks Shopify for the order that a cart became and takes it over as its webhook would have. Harmless when repeated.
 * `cart_token` is a filter of https://shopify.dev/docs/api/admin-graphql/latest/queries/orders
 */
export async function settleCart(ctx: Context, cartId: string): Promise<void> {
  const cart = await ctx.db.prisma.cart.findUnique({
    where: { shopId_id: { shopId: ctx.shop.id, id: cartId } },
    select: { token: true, status: true },
  });
  if (!cart?.token || cart.status === "emptied") return;
  const query = `cart_token:"${cart.token.replace(/["\\]/g, "\\$&")}"`;
  const { orders } = await adminFor(ctx, "background").ask(OrdersOfCartDocument, { query });
  for (const order of orders.nodes) {
    // The word of a search alone is not enough: an index may be behind, or not know the filter and answer with anything.
    const isOurs = order.customAttributes.some((one) => one.key === cartAttribute && one.value === cartId);
    if (!isOurs || order.cancelledAt || order.sourceName === "shopify_draft_order") continue;
    const { amount, currencyCode } = order.totalPriceSet.shopMoney;
    await orderReported(ctx, {
      orderId: order.id,
      name: order.name,
      currency: currencyCode,
      total: toMinor(amount, currencyCode),
      paid: order.displayFinancialStatus === "PAID",
      at: new Date(order.processedAt),
      fromDraft: false,
      cartToken: cart.token,
      attributes: order.customAttributes.map(({ key, value }) => ({ name: key, value: value ?? "" })),
    });
  }
}
