import { auditRead } from "~/audit/audit-read";
import type { Context, StaffActor } from "~/context";
import { type CustomerPanel, customerPanel, statusWords } from "~/shopify/customer";
import { membersOf } from "./members";

export type { CustomerPanel };

/**
 * What Shopify knows of a person who is tied to a Shopify customer; null when they are to none, or Shopify no longer has
 * them. Statuses are in words. Throws NotFound, and what `customerPanel` throws.
 */
export async function shopifyBeside(ctx: Context<StaffActor>, customerId: string): Promise<CustomerPanel | null> {
  const { personId, shopifyCustomerIds } = await membersOf(ctx.db.prisma, ctx.shop.id, customerId);
  const [shopifyCustomerId] = shopifyCustomerIds;
  if (!shopifyCustomerId) return null;
  const [panel] = await Promise.all([
    customerPanel(ctx, shopifyCustomerId),
    auditRead(ctx, { action: "customer.read", subjectKind: "customer", subjectId: personId }),
  ]);
  return panel && inWords(panel);
}

function inWords(panel: CustomerPanel): CustomerPanel {
  const { orders } = panel;
  if (!orders.permitted || !orders.value) return panel;
  const value = orders.value.map((order) => ({
    ...order,
    payment: order.payment && statusWords(order.payment),
    fulfillment: statusWords(order.fulfillment),
    shipments: order.shipments.map((one) => ({ ...one, status: one.status && statusWords(one.status) })),
  }));
  return { ...panel, orders: { permitted: true, value } };
}
