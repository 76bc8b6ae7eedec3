import { z } from "zod";
import type { Context } from "~/context";
import { noteDue } from "~/reconcile/due";
import { adminFor } from "../admin-for";
import { OrderOfReturnDocument } from "../queries/generated";

const shape = z.object({ admin_graphql_api_id: z.string().startsWith("gid://shopify/Return/") });

/** returns/decline, returns/update: they do not say of which order, so Shopify is asked, and the order is read again. */
export async function returnChanged(ctx: Context, payload: unknown): Promise<void> {
  const { admin_graphql_api_id: id } = shape.parse(payload);
  const { data } = await adminFor(ctx, "background").askPartly(OrderOfReturnDocument, { id });
  const orderId = data.return?.order.id;
  if (orderId) await ctx.db.prisma.$transaction((tx) => noteDue(tx, ctx, [{ kind: "orders", id: orderId }]));
}
