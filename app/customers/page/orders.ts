import type { Context } from "~/context";

/** An order of Shopify's as one line. Money in minor units, times ISO 8601. */
export interface OrderRow {
  /** gid://shopify/Order/… */
  id: string;
  name: string;
  at: string;
  total: number;
  currency: string;
  /** Shopify's words in lower case: paid, partially_refunded, … */
  payment: string | null;
  fulfillment: string;
  cancelled: boolean;
}

const most = 20;

/** The last orders of these customers of Shopify's, from the mirror. */
export async function listOrders(ctx: Context, shopifyCustomerIds: readonly string[]): Promise<OrderRow[]> {
  if (shopifyCustomerIds.length === 0) return [];
  const found = await ctx.db.prisma.shopifyOrder.findMany({
    where: { shopId: ctx.shop.id, customerId: { in: [...shopifyCustomerIds] }, deletedAt: null },
    orderBy: { processedAt: "desc" },
    take: most,
    select: {
      ...{ id: true, name: true, processedAt: true, currentTotal: true, currency: true },
      ...{ financialStatus: true, fulfillmentStatus: true, cancelledAt: true },
    },
  });
  return found.map((order) => ({
    id: order.id,
    name: order.name,
    at: order.processedAt.toISOString(),
    total: order.currentTotal,
    currency: order.currency,
    payment: order.financialStatus,
    fulfillment: order.fulfillmentStatus,
    cancelled: order.cancelledAt !== null,
  }));
}
