import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import type { Kind } from "~/shopify-data/kinds";
import { markGone } from "~/shopify-data/mark-gone";
import { type Due, noteDue } from "./due";
import { partFromCustomers } from "./part-from-customers";

/**
 * Marks what Shopify had no more when it was asked at `at`. Whoever had bought what is gone is read again, because how much
 * they bought changes with it; whom a customer stood for is parted from it. Answers the ids that were here and not marked.
 * The caller has written nothing yet that others wait for.
 */
export async function markMissing(
  tx: Transaction,
  ctx: Context,
  kind: Kind,
  ids: readonly string[],
  at: Date,
  note = noteDue,
): Promise<string[]> {
  const gone = await markGone(tx, ctx.shop, kind, ids, at);
  if (gone.length === 0) return gone;
  if (kind === "customers") await partFromCustomers(tx, ctx, gone);
  if (kind === "orders") await note(tx, ctx, await buyersOf(tx, ctx, gone));
  return gone;
}

/**
 * Marks what a webhook says was deleted at `at`, by Shopify's clock. What was read after that by our own clock, which may be
 * ahead of it, is not marked by the webhook alone: whether Shopify still has it is asked. Who marks many gives a `note`
 * that collects what is due, and notes it once.
 */
export async function markDeleted(
  tx: Transaction,
  ctx: Context,
  kind: Kind,
  ids: readonly string[],
  at: Date,
  note = noteDue,
): Promise<string[]> {
  const gone = await markMissing(tx, ctx, kind, ids, at, note);
  await askForKnown(tx, ctx, kind, ids, note);
  return gone;
}

/** Has those read again that are here and not marked. */
export async function askForKnown(
  tx: Transaction,
  ctx: Context,
  kind: Kind,
  ids: readonly string[],
  note = noteDue,
): Promise<void> {
  const known = await knownOf(tx, ctx, kind, ids);
  await note(
    tx,
    ctx,
    known.map(({ id }) => ({ kind, id })),
  );
}

async function knownOf(tx: Transaction, ctx: Context, kind: Kind, ids: readonly string[]): Promise<{ id: string }[]> {
  const where = { shopId: ctx.shop.id, id: { in: [...ids] }, deletedAt: null };
  const query = { where, select: { id: true as const } };
  switch (kind) {
    case "customers":
      return tx.shopifyCustomer.findMany(query);
    case "orders":
      return tx.shopifyOrder.findMany(query);
    case "draft-orders":
      return tx.shopifyDraftOrder.findMany(query);
    case "products":
      return tx.shopifyProduct.findMany(query);
    case "companies":
      return tx.shopifyCompany.findMany(query);
    case "checkouts":
      // One that is not given may be there all the same, so asking for it would tell nothing.
      return [];
  }
}

async function buyersOf(tx: Transaction, ctx: Context, orders: readonly string[]): Promise<Due[]> {
  const rows = await tx.shopifyOrder.findMany({
    where: { shopId: ctx.shop.id, id: { in: [...orders] } },
    select: { customerId: true },
  });
  return rows.flatMap(({ customerId }) => (customerId ? [{ kind: "customers" as const, id: customerId }] : []));
}
