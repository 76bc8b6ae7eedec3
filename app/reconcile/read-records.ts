import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { change } from "~/events/change";
import { log } from "~/platform/log";
import { adminFor } from "~/shopify/admin-for";
import type { Kind } from "~/shopify-data/kinds";
import type { OrderKept } from "~/shopify-data/order";
import { type Due, noteDue } from "./due";
import { followCustomers } from "./follow-customers";
import { markDeleted } from "./mark-deleted";
import { type Source, sources } from "./sources";

/** What became of records that were read. */
export interface ReadAgain {
  /** Ids of those that were not known and those that were other here. */
  created: number;
  changed: number;
  /** That Shopify has no more, and that were here. */
  gone: string[];
  /** That could not be understood. */
  malformed: string[];
}

type AnySource = Source<{ id: string }, { id: string; updatedAt: Date }>;

/** Without the scope for all orders, Shopify tells of those of the last 60 days only; in milliseconds, with a margin. */
const ordersTold = 59 * 86_400_000;

/**
 * Asks Shopify for records as they are now, in the background, and keeps them. What is gone there is marked here. However
 * often and in whatever order it is called, what is kept is what Shopify said last. `counting` writes down what became of
 * them so far, in the transaction that keeps them. Throws as the Admin client does.
 */
export async function readRecords(
  ctx: Context,
  kind: Kind,
  ids: readonly string[],
  counting?: (tx: Transaction, sum: ReadAgain) => Promise<void>,
): Promise<ReadAgain> {
  const source = sources[kind] as unknown as AnySource;
  const admin = adminFor(ctx, "background");
  const sum: ReadAgain = { created: 0, changed: 0, gone: [], malformed: [] };
  for (let from = 0; from < ids.length; from += source.atOnce) {
    const asked = ids.slice(from, from + source.atOnce);
    const toldAt = ctx.clock.now();
    const { data: nodes, denied } = await source.ask(admin, asked);
    const rows: { id: string; updatedAt: Date }[] = [];
    const missing: string[] = [];
    for (const [at, id] of asked.entries()) {
      const node = nodes[at];
      // A record that may not be seen is null as well, and is not gone.
      if (!node && !denied.includes("nodes")) missing.push(id);
      if (!node || !isNode(node)) continue;
      try {
        await source.complete(admin, node);
        rows.push(source.read(node));
      } catch (error) {
        if ((error as Error).name !== "Malformed") throw error;
        log.warn({ shop: ctx.shop.id, kind, reason: (error as Error).message }, "a record could not be understood");
        sum.malformed.push(id);
      }
    }
    await change(ctx, async (tx) => {
      const kept = await source.keep(tx, ctx.shop, rows, toldAt);
      const wholly = await whollyGone(tx, ctx, kind, missing, toldAt);
      const gone = await markDeleted(tx, ctx, kind, wholly, toldAt);
      if (kind === "orders") await noteDue(tx, ctx, buyersOf(rows as OrderKept[], kept.ids));
      const read = rows.map((row) => row.id);
      if (kind === "customers") await followCustomers(tx, ctx, read, toldAt, denied);
      sum.created += kept.created;
      sum.changed += kept.changed;
      sum.gone.push(...gone);
      await counting?.(tx, sum);
    });
  }
  return sum;
}

/** How often somebody bought and for how much stands in the customer, who does not count as updated by it. */
function buyersOf(orders: readonly OrderKept[], changed: readonly string[]): Due[] {
  return orders.flatMap(({ id, customerId }) =>
    customerId && changed.includes(id) ? [{ kind: "customers" as const, id: customerId }] : [],
  );
}

/** An id of another kind of record comes back without fields. */
function isNode(node: object): node is { id: string } {
  return "id" in node;
}

/** Of what Shopify did not give, that which it would have given if it had it. */
async function whollyGone(tx: Transaction, ctx: Context, kind: Kind, ids: string[], now: Date): Promise<string[]> {
  // A checkout counts as one that was left only after a while, and may not be given before.
  if (kind === "checkouts" || ids.length === 0) return [];
  if (kind !== "orders") return ids;
  const old = await tx.shopifyOrder.findMany({
    where: { shopId: ctx.shop.id, id: { in: ids }, createdAt: { lt: new Date(now.getTime() - ordersTold) } },
    select: { id: true },
  });
  const hidden = new Set(old.map((one) => one.id));
  return ids.filter((id) => !hidden.has(id));
}
