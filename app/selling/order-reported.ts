import type { Cart, DraftOrder } from "@prisma/client";
import type { Units } from "~/carts/compare";
import { ordered } from "~/carts/ordered";
import { requestEmpty } from "~/carts/request-empty";
import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { tiesIn } from "~/draft-orders/attributes";
import { lockDraft } from "~/draft-orders/find";
import { recordDraft } from "~/draft-orders/record";
import { enqueueVoid } from "~/draft-orders/reported";
import { change } from "~/events/change";
import { enqueue } from "~/jobs/enqueue";
import { decideEvidence } from "./decide-evidence";
import { keepSale } from "./keep-sale";
import { talksWith } from "./talks";

/** What an order webhook says, read once at the door. */
export interface OrderReport {
  /** gid://shopify/Order/… */
  orderId: string;
  /** `#1001` */
  name: string;
  currency: string;
  /** Minor units. */
  total: number;
  paid: boolean;
  at: Date;
  fromDraft: boolean;
  /** Shopify's cart token. */
  cartToken: string | null;
  attributes: readonly { name: string; value: string }[];
}

/**
 * Closes the loop for an order that was placed or paid: its draft order or its cart is settled, the other one is taken
 * back, and a paid one counts as a sale of the conversation that the evidence names. Harmless when repeated, and the
 * same whichever of several reports comes first.
 */
export async function orderReported(ctx: Context, report: OrderReport): Promise<void> {
  await change(ctx, async (tx) => {
    if (!report.fromDraft) return cartOrdered(tx, ctx, report);
    const draft = await draftOf(tx, ctx, report);
    // A copy that staff made in the admin carries the attributes too: only Shopify knows which of them this order is of.
    if (draft?.orderId === null) await askFor(tx, ctx, draft.id);
    else if (draft?.orderId === report.orderId) await draftOrdered(tx, ctx, draft, report);
  });
}

async function askFor(tx: Transaction, ctx: Context, draftOrderId: string): Promise<void> {
  await enqueue(tx, "settle-draft", { shopId: ctx.shop.id, draftOrderId }, { key: `settle-draft:${draftOrderId}` });
}

async function draftOf(tx: Transaction, ctx: Context, report: OrderReport): Promise<DraftOrder | null> {
  const ties = tiesIn(report.attributes.map(({ name, value }) => ({ key: name, value })));
  return ties.draftOrderId ? lockDraft(tx, ctx, ties.draftOrderId) : null;
}

/** A draft order became this order. The caller holds the draft's row lock. */
export async function draftOrdered(
  tx: Transaction,
  ctx: Context,
  draft: DraftOrder,
  order: Pick<OrderReport, "orderId" | "name" | "currency" | "total" | "paid" | "at">,
): Promise<void> {
  const where = { shopId_id: { shopId: ctx.shop.id, id: draft.id } };
  if (!order.paid || draft.status === "paid") {
    if (draft.orderId === null) await tx.draftOrder.update({ where, data: { orderId: order.orderId } });
    return;
  }
  // The cart before the conversation, as everywhere, so that two reports cannot wait for each other.
  if (draft.cartId) {
    await tx.$queryRaw`SELECT 1 FROM "cart" WHERE "shopId" = ${ctx.shop.id}::uuid AND "id" = ${draft.cartId}::uuid FOR UPDATE`;
  }
  // Payment is stronger than everything before it, also than a deletion that crossed it.
  const paid = await tx.draftOrder.update({ where, data: { status: "paid", orderId: order.orderId } });
  await recordDraft(tx, ctx, "draft-order.paid", paid, {
    draftOrderId: draft.id,
    name: draft.name,
    orderId: order.orderId,
    orderName: order.name,
  });
  if (draft.cartId) await requestEmpty(tx, ctx, draft.cartId, draft.settles as Units | null);
  if (!draft.conversationId) return;
  await keepSale(tx, ctx, {
    orderId: order.orderId,
    orderName: order.name,
    currency: order.currency,
    total: order.total,
    at: order.at,
    evidence: "draft-order",
    conversationId: draft.conversationId,
    draftOrderId: draft.id,
    cartId: draft.cartId,
  });
}

async function cartOrdered(tx: Transaction, ctx: Context, report: OrderReport): Promise<void> {
  const before = await cartBefore(tx, ctx, report);
  const cart = await ordered(tx, ctx, report);
  if (!cart) return;
  const drafts = await tx.draftOrder.findMany({ where: { shopId: ctx.shop.id, cartId: cart.id } });
  for (const draft of drafts) {
    if (draft.orderId !== null || (draft.status !== "open" && draft.status !== "invoice_sent")) continue;
    await enqueueVoid(tx, ctx, draft.id);
  }
  if (!report.paid) return;
  const conversationId = decideEvidence(await talksWith(tx, ctx, cart, report.at), report.at);
  if (!conversationId) return;
  await keepSale(tx, ctx, {
    orderId: report.orderId,
    orderName: report.name,
    currency: report.currency,
    total: report.total,
    at: report.at,
    evidence: "cart",
    conversationId,
    draftOrderId: null,
    // What a draft order had paid for has left this cart already: what is in it now is another purchase.
    cartId: drafts.some((draft) => draft.status === "paid") && before?.refilled ? null : cart.id,
  });
}

/** The cart before this order marks it: `refilled` when it is in use and owes nothing to a paid draft order. */
async function cartBefore(tx: Transaction, ctx: Context, report: OrderReport): Promise<{ refilled: boolean } | null> {
  const token = report.cartToken?.split("?")[0];
  if (!token) return null;
  const [cart] = await tx.$queryRaw<Pick<Cart, "status" | "emptyRequestedAt">[]>`
    SELECT "status", "emptyRequestedAt" FROM "cart" WHERE "shopId" = ${ctx.shop.id}::uuid AND "token" = ${token} FOR UPDATE`;
  return cart ? { refilled: cart.status === "active" && cart.emptyRequestedAt === null } : null;
}
