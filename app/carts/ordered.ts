import type { Cart } from "@prisma/client";
import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { record } from "~/events/record";
import { isId } from "~/platform/ids";
import { cartAttribute } from "./cart";

/** What an order says of the cart it came from. */
export interface OrderOfCart {
  /** gid://shopify/Order/… */
  orderId: string;
  /** Shopify's cart token, with or without `?key=`. */
  cartToken: string | null;
  /** The order's note attributes. */
  attributes: readonly { name: string; value: string }[];
}

/**
 * The cart that became this order, found by our id in its attributes, else by its token; null when it was never seen.
 * The first call marks it as ordered and writes the fact, a repeated one only finds it.
 */
export async function ordered(tx: Transaction, ctx: Context, order: OrderOfCart): Promise<Cart | null> {
  const shopId = ctx.shop.id;
  const found = await find(tx, ctx, order);
  if (!found) return null;
  await tx.$queryRaw`SELECT 1 FROM "cart" WHERE "shopId" = ${shopId}::uuid AND "id" = ${found.id}::uuid FOR UPDATE`;
  const cart = await tx.cart.findUniqueOrThrow({ where: { shopId_id: { shopId, id: found.id } } });
  if (cart.orderId) return cart.orderId === order.orderId ? cart : null;
  const now = ctx.clock.now();
  const done = await tx.cart.update({
    where: { shopId_id: { shopId, id: cart.id } },
    data: { status: "ordered", orderId: order.orderId, changedAt: now, emptyRequestedAt: null },
    include: { visitor: { select: { customerId: true } } },
  });
  const subjects = { cartId: cart.id, visitorId: cart.visitorId, customerId: done.visitor?.customerId ?? null };
  await record(tx, ctx, "cart.ordered", { orderId: order.orderId }, subjects);
  return done;
}

async function find(tx: Transaction, ctx: Context, order: OrderOfCart): Promise<{ id: string } | null> {
  const shopId = ctx.shop.id;
  const own = order.attributes.find((each) => each.name === cartAttribute)?.value;
  if (isId(own)) {
    const byAttribute = await tx.cart.findUnique({ where: { shopId_id: { shopId, id: own } }, select: { id: true } });
    if (byAttribute) return byAttribute;
  }
  const token = order.cartToken?.split("?")[0];
  return token ? tx.cart.findUnique({ where: { shopId_token: { shopId, token } }, select: { id: true } }) : null;
}
