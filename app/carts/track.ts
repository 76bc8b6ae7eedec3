import type { Cart } from "@prisma/client";
import type { Context, ShopperActor } from "~/context";
import type { Transaction } from "~/db.server";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { newId } from "~/platform/ids";
import type { CartAnswer } from "~/visitors/answers";
import { type CartLine, type CartSnapshot, cartAttribute } from "./cart";
import { isSameCart, linesOf, settledUpdates, withSettled } from "./compare";
import { isOnCdn, ownPicture } from "./picture";

/**
 * Takes what a browser tells of its cart. A snapshot older than what is known changes nothing, and one that says the
 * same as before makes no fact. A browser has one cart at a time: when it shows another, the one before is over.
 * Answers with our id for the cart's attribute, and with what is to leave the cart because a draft order has paid it.
 */
export async function track(ctx: Context<ShopperActor>, snapshot: CartSnapshot): Promise<CartAnswer> {
  const now = ctx.clock.now();
  const at = snapshot.at.getTime() > now.getTime() ? now : snapshot.at;
  const told = { ...snapshot, at, lines: await withOwnPictures(ctx, snapshot.lines) };
  try {
    return await change(ctx, (tx) => take(tx, ctx, told));
  } catch (error) {
    // Two visitors showed the same new cart in the same moment; the second now finds the first's row.
    if ((error as { code?: string }).code !== "P2002") throw error;
    return change(ctx, (tx) => take(tx, ctx, told));
  }
}

/** The lines without pictures from anywhere else. Shopify's own carts name its file servers, and nothing is looked up. */
async function withOwnPictures(ctx: Context, lines: CartLine[]): Promise<CartLine[]> {
  if (lines.every((line) => isOnCdn(line.image))) return lines;
  const { domain, storefrontOrigin } = await ctx.db.prisma.shop.findUniqueOrThrow({
    where: { id: ctx.shop.id },
    select: { domain: true, storefrontOrigin: true },
  });
  const storefronts = [...(storefrontOrigin ? [storefrontOrigin] : []), `https://${domain}`];
  return lines.map((line) => ({ ...line, image: ownPicture(line.image, storefronts) }));
}

async function take(tx: Transaction, ctx: Context<ShopperActor>, snapshot: CartSnapshot): Promise<CartAnswer> {
  const shopId = ctx.shop.id;
  const { visitorId } = ctx.actor;
  await tx.$queryRaw`SELECT 1 FROM "visitor" WHERE "shopId" = ${shopId}::uuid AND "id" = ${visitorId}::uuid FOR UPDATE`;
  if (snapshot.itemCount === 0) {
    await emptyAll(tx, ctx, snapshot.at, null);
    return answerOf(null, []);
  }
  const known = await lockByToken(tx, ctx, snapshot.token);
  if (!known) {
    const cart = await create(tx, ctx, snapshot);
    await emptyAll(tx, ctx, snapshot.at, cart.id);
    return answerOf(cart, snapshot.lines);
  }
  if (known.status === "ordered") return answerOf(null, []);
  if (known.snapshotAt.getTime() > snapshot.at.getTime()) return answerOf(known, linesOf(known));
  const lines = snapshot.settled ? snapshot.lines : withSettled(snapshot.lines, linesOf(known));
  const unchanged =
    known.status === "active" && known.visitorId === visitorId && isSameCart(known, snapshot) && !snapshot.settled;
  const cart = await tx.cart.update({
    where: { shopId_id: { shopId, id: known.id } },
    data: unchanged
      ? { snapshotAt: snapshot.at, source: "storefront" }
      : {
          ...columns(snapshot, lines),
          visitorId,
          status: "active",
          changedAt: ctx.clock.now(),
          ...(lines.some((line) => line.settled) ? {} : { emptyRequestedAt: null }),
        },
  });
  if (!unchanged) {
    await recordChange(tx, ctx, cart);
    await emptyAll(tx, ctx, snapshot.at, cart.id);
  }
  return answerOf(cart, lines);
}

async function lockByToken(tx: Transaction, ctx: Context, token: string): Promise<Cart | null> {
  await tx.$queryRaw`SELECT 1 FROM "cart" WHERE "shopId" = ${ctx.shop.id}::uuid AND "token" = ${token} FOR UPDATE`;
  return tx.cart.findUnique({ where: { shopId_token: { shopId: ctx.shop.id, token } } });
}

async function create(tx: Transaction, ctx: Context<ShopperActor>, snapshot: CartSnapshot): Promise<Cart> {
  const now = ctx.clock.now();
  const cart = await tx.cart.create({
    data: {
      shopId: ctx.shop.id,
      id: newId(now),
      token: snapshot.token,
      visitorId: ctx.actor.visitorId,
      status: "active",
      createdAt: now,
      changedAt: now,
      ...columns(snapshot, snapshot.lines),
    },
  });
  await recordChange(tx, ctx, cart);
  return cart;
}

function columns(snapshot: CartSnapshot, lines: CartLine[]) {
  return {
    currency: snapshot.currency,
    total: snapshot.total,
    itemCount: snapshot.itemCount,
    lines: lines as object[],
    discountCodes: snapshot.discountCodes,
    note: snapshot.note,
    source: "storefront",
    snapshotAt: snapshot.at,
  };
}

async function recordChange(tx: Transaction, ctx: Context<ShopperActor>, cart: Cart): Promise<void> {
  const { total, itemCount, currency } = cart;
  await record(tx, ctx, "cart.changed", { total, itemCount, currency }, subjects(ctx, cart.id));
}

/** Ends the active carts of this browser but `except`, unless they are known from later than `at`. */
async function emptyAll(tx: Transaction, ctx: Context<ShopperActor>, at: Date, except: string | null): Promise<void> {
  const shopId = ctx.shop.id;
  const carts = await tx.cart.findMany({
    where: {
      shopId,
      visitorId: ctx.actor.visitorId,
      status: "active",
      snapshotAt: { lte: at },
      ...(except ? { id: { not: except } } : {}),
    },
    select: { id: true },
  });
  for (const { id } of carts) {
    await tx.cart.update({
      where: { shopId_id: { shopId, id } },
      data: {
        status: "emptied",
        lines: [],
        total: 0,
        itemCount: 0,
        snapshotAt: at,
        changedAt: ctx.clock.now(),
        emptyRequestedAt: null,
      },
    });
    await record(tx, ctx, "cart.emptied", {}, subjects(ctx, id));
  }
}

function subjects(ctx: Context<ShopperActor>, cartId: string) {
  return { cartId, visitorId: ctx.actor.visitorId, customerId: ctx.actor.customerId };
}

function answerOf(cart: Cart | null, lines: readonly CartLine[]): CartAnswer {
  return {
    cartId: cart?.id ?? null,
    attribute: cartAttribute,
    updates: cart?.emptyRequestedAt ? settledUpdates(lines) : null,
  };
}
