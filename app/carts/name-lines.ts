import type { Context } from "~/context";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { Problem } from "~/http/errors";
import { adminFor } from "~/shopify/admin-for";
import { readVariants, type VariantNow } from "~/shopify/variants";
import type { CartLine } from "./cart";
import { linesOf } from "./compare";

/**
 * Gives the lines of a cart that only webhooks told of what those do not say: the picture, and product and variant
 * apart. Left as it is when Shopify cannot be asked: the cart is shown without.
 */
export async function nameLines(ctx: Context, cartToken: string): Promise<void> {
  const where = { shopId_token: { shopId: ctx.shop.id, token: cartToken.split("?")[0] ?? "" } };
  const cart = await ctx.db.prisma.cart.findUnique({ where });
  if (cart?.status !== "active" || cart.visitorId !== null) return;
  const bare = linesOf(cart).filter(isBare);
  if (bare.length === 0) return;
  let variants: Map<string, VariantNow>;
  try {
    const ids = bare.map((line) => line.variantId);
    variants = await readVariants(adminFor(ctx, "background"), ids, ctx.shop.currency);
  } catch (error) {
    if (error instanceof Problem) return;
    throw error;
  }
  await change(ctx, async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "cart" WHERE "shopId" = ${ctx.shop.id}::uuid AND "id" = ${cart.id}::uuid FOR UPDATE`;
    const now = await tx.cart.findUniqueOrThrow({ where });
    const lines = linesOf(now).map((line) => (isBare(line) ? named(line, variants.get(line.variantId)) : line));
    await tx.cart.update({ where, data: { lines: lines as object[] } });
    const { total, itemCount, currency } = now;
    await record(tx, ctx, "cart.changed", { total, itemCount, currency }, { cartId: now.id, visitorId: now.visitorId });
  });
}

function isBare(line: CartLine): boolean {
  return line.image === null && line.variantTitle === null;
}

function named(line: CartLine, variant: VariantNow | undefined): CartLine {
  if (!variant) return line;
  return { ...line, title: variant.productTitle, variantTitle: variant.variantTitle, image: variant.image };
}
