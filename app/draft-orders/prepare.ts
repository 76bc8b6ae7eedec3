import { linesOf } from "~/carts/compare";
import type { Context, StaffActor } from "~/context";
import { bestOf, membersOf } from "~/customers/members";
import { NotFound, Problem } from "~/http/errors";
import { isId, newId } from "~/platform/ids";
import { adminFor } from "~/shopify/admin-for";
import { readVariants, type VariantNow } from "~/shopify/variants";
import { decideForm, type Filled } from "./form/decide-form";

export interface Prepared extends Filled {
  /** The cart behind it was paid already. */
  cartPaid: boolean;
  /** Open draft orders that were made of this cart before. */
  earlier: { id: string; name: string }[];
  /** Why the products could not be looked up; the cart's own words and prices stand then. */
  problem: { code: string; message: string } | null;
}

/**
 * A form for a new draft order, filled from a cart or a conversation (whose shopper's cart is taken), or empty. Throws
 * NotFound for ids that are not this shop's.
 */
export async function prepareDraft(
  ctx: Context<StaffActor>,
  from: { cartId: string | null; conversationId: string | null },
): Promise<Prepared> {
  const shopId = ctx.shop.id;
  const conversation = from.conversationId ? await findConversation(ctx, from.conversationId) : null;
  const cart = from.cartId
    ? await findCart(ctx, from.cartId)
    : conversation?.visitorId
      ? await ctx.db.prisma.cart.findFirst({
          where: { shopId, visitorId: conversation.visitorId, status: "active" },
          orderBy: { changedAt: "desc" },
        })
      : null;
  const lines = cart ? linesOf(cart) : [];
  const looked = await lookUp(
    ctx,
    lines.map((line) => line.variantId),
  );
  const person = conversation?.customer ?? (cart?.visitorId ? await personOf(ctx, cart.visitorId) : null);
  const filled = decideForm({
    id: newId(ctx.clock.now()),
    conversationId: conversation?.id ?? null,
    person,
    cart: cart && { ...cart, lines },
    variants: looked.variants,
    currency: ctx.shop.currency,
  });
  const earlier = cart
    ? await ctx.db.prisma.draftOrder.findMany({
        where: { shopId, cartId: cart.id, status: { in: ["open", "invoice_sent"] }, orderId: null },
        select: { id: true, name: true },
      })
    : [];
  return { ...filled, cartPaid: cart?.status === "ordered", earlier, problem: looked.problem };
}

async function findConversation(ctx: Context, id: string) {
  const found = isId(id)
    ? await ctx.db.prisma.conversation.findUnique({
        where: { shopId_id: { shopId: ctx.shop.id, id } },
        select: { id: true, visitorId: true, customerId: true },
      })
    : null;
  if (!found) throw new NotFound("This conversation");
  return { ...found, customer: await bestKnown(ctx, found.customerId) };
}

async function findCart(ctx: Context, id: string) {
  const found = isId(id)
    ? await ctx.db.prisma.cart.findUnique({ where: { shopId_id: { shopId: ctx.shop.id, id } } })
    : null;
  if (!found) throw new NotFound("This cart");
  return found;
}

async function personOf(ctx: Context, visitorId: string) {
  const visitor = await ctx.db.prisma.visitor.findUnique({
    where: { shopId_id: { shopId: ctx.shop.id, id: visitorId } },
    select: { customerId: true },
  });
  return visitor?.customerId ? bestKnown(ctx, visitor.customerId) : null;
}

async function bestKnown(ctx: Context, customerId: string) {
  const { leaves } = await membersOf(ctx.db.prisma, ctx.shop.id, customerId);
  const { email, shopifyCustomerId } = bestOf(leaves);
  return { email, shopifyCustomerId };
}

async function lookUp(
  ctx: Context,
  ids: string[],
): Promise<{ variants: Map<string, VariantNow> | null; problem: Prepared["problem"] }> {
  try {
    return { variants: await readVariants(adminFor(ctx), ids, ctx.shop.currency), problem: null };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { variants: null, problem: { code: error.code, message: error.message } };
  }
}
