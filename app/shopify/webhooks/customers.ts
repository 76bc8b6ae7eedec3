import { z } from "zod";
import type { Context } from "~/context";
import { adminFor } from "../admin-for";
import { CustomerNowDocument } from "../queries/generated";
import { gid, numericId } from "./shapes";

const shape = z.object({ id: numericId });

/**
 * customers/update: name, e-mail and phone of a person we know as this customer follow. They are asked for now instead
 * of read from the payload, so that a late delivery cannot bring back what was changed since.
 */
export async function customerUpdated(ctx: Context, payload: unknown): Promise<void> {
  const shopifyCustomerId = gid("Customer", shape.parse(payload).id);
  const where = { shopId_shopifyCustomerId: { shopId: ctx.shop.id, shopifyCustomerId } };
  const known = await ctx.db.prisma.customer.findUnique({ where, select: { id: true } });
  if (!known) return;
  const { data, denied } = await adminFor(ctx, "background").askPartly(CustomerNowDocument, { id: shopifyCustomerId });
  const { customer } = data;
  if (!customer) return;
  const hidden = (field: string) => denied.some((path) => path.startsWith(`customer.${field}`));
  const name = [customer.firstName, customer.lastName].filter(Boolean).join(" ");
  await ctx.db.prisma.customer.updateMany({
    where: { shopId: ctx.shop.id, shopifyCustomerId },
    data: {
      ...(name ? { name } : {}),
      ...(hidden("defaultEmailAddress") ? {} : { email: customer.defaultEmailAddress?.emailAddress ?? null }),
      ...(hidden("defaultPhoneNumber") ? {} : { phone: customer.defaultPhoneNumber?.phoneNumber ?? null }),
      updatedAt: ctx.clock.now(),
    },
  });
}

/** customers/delete: the person stays with what they wrote, and is no longer a customer of the shop's. */
export async function customerDeleted(ctx: Context, payload: unknown): Promise<void> {
  const shopifyCustomerId = gid("Customer", shape.parse(payload).id);
  const shopId = ctx.shop.id;
  await ctx.db.prisma.$transaction([
    ctx.db.prisma.identity.deleteMany({ where: { shopId, kind: "shopify-customer", value: shopifyCustomerId } }),
    ctx.db.prisma.customer.updateMany({ where: { shopId, shopifyCustomerId }, data: { shopifyCustomerId: null } }),
  ]);
}
