import type { Context, StaffActor } from "~/context";
import { change } from "~/events/change";
import { NotFound } from "~/http/errors";
import { isId } from "~/platform/ids";
import { customerPanel } from "~/shopify/customer";
import { meet } from "./meet";

/**
 * Our customer for one that staff open by Shopify's number, met now when they never were in touch. Throws NotFound for a
 * number that is no customer's, and what `customerPanel` throws when Shopify has to be asked.
 */
export async function openShopifyCustomer(ctx: Context<StaffActor>, number: string): Promise<string> {
  if (!/^\d{1,20}$/.test(number)) throw new NotFound("This customer");
  const shopifyCustomerId = `gid://shopify/Customer/${number}`;
  const shopId = ctx.shop.id;
  const known = await ctx.db.prisma.customer.findUnique({
    where: { shopId_shopifyCustomerId: { shopId, shopifyCustomerId } },
    select: { id: true },
  });
  if (known) return known.id;
  const mirrored = await ctx.db.prisma.shopifyCustomer.findUnique({
    where: { shopId_id: { shopId, id: shopifyCustomerId } },
    select: { deletedAt: true },
  });
  const isThere = mirrored ? mirrored.deletedAt === null : (await customerPanel(ctx, shopifyCustomerId)) !== null;
  if (!isThere) throw new NotFound("This customer");
  return change(ctx, (tx) => meet(tx, ctx, shopifyCustomerId));
}

/** The id of who is named as the customers' pages name them: our id, or `shopify/<number>`. Throws NotFound. */
export async function personNamed(ctx: Context<StaffActor>, key: string): Promise<string> {
  const number = /^shopify\/(\d+)$/.exec(key)?.[1];
  if (number) return openShopifyCustomer(ctx, number);
  if (!isId(key)) throw new NotFound("This customer");
  return key;
}
