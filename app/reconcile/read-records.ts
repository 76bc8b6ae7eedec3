import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { change } from "~/events/change";
import { log } from "~/platform/log";
import type { AdminClient } from "~/shopify/admin-client";
import { ShopifyDown } from "~/shopify/admin-errors";
import { adminFor } from "~/shopify/admin-for";
import type { Kind } from "~/shopify-data/kinds";
import { Malformed } from "~/shopify-data/mirror/read";
import type { OrderKept } from "~/shopify-data/order";
import { isAboutRecords } from "./about-records";
import { type Due, noteDue } from "./due";
import { followCustomers } from "./follow-customers";
import { markMissing } from "./mark-deleted";
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

/** What is done beside the keeping. */
export interface Beside {
  /** In the transaction that keeps some: what became of all so far, and the ids of those that are done with. */
  kept?(tx: Transaction, sum: ReadAgain, ids: readonly string[]): Promise<void>;
  /**
   * One cannot be read, and the others are not to wait for it; without this the error is thrown. `isItsOwn` is false where
   * Shopify answered nothing else either, and the error is thrown afterwards.
   */
  aside?(id: string, error: Error, isItsOwn: boolean): Promise<void>;
}

/** So many in a row that Shopify fails at are taken for Shopify's own failure. */
const mostInRow = 3;

/**
 * Asks Shopify for records as they are now, in the background, and keeps them. What is gone there is marked here. However
 * often and in whatever order it is called, what is kept is what Shopify said last. What is asked together and cannot be
 * read is asked one by one where somebody puts the bad ones aside. Throws as the Admin client does.
 */
export async function readRecords(
  ctx: Context,
  kind: Kind,
  ids: readonly string[],
  beside: Beside = {},
): Promise<ReadAgain> {
  const source = sources[kind] as unknown as AnySource;
  const reading = { ctx, kind, source, admin: adminFor(ctx, "background"), beside, sum: nothingRead() };
  const doubts = new Doubts(beside);
  for (let from = 0; from < ids.length; from += source.atOnce) {
    const asked = ids.slice(from, from + source.atOnce);
    try {
      await readTogether(reading, asked);
      await doubts.answered();
    } catch (error) {
      if (!beside.aside || !isAboutRecords(error)) throw error;
      if (asked.length === 1) await doubts.failed(asked[0] ?? "", error as Error);
      else await readSingly(reading, asked, doubts);
    }
  }
  await doubts.end();
  return reading.sum;
}

const nothingRead = (): ReadAgain => ({ created: 0, changed: 0, gone: [], malformed: [] });

interface Reading {
  ctx: Context;
  kind: Kind;
  source: AnySource;
  admin: AdminClient;
  beside: Beside;
  sum: ReadAgain;
}

async function readSingly(reading: Reading, ids: readonly string[], doubts: Doubts): Promise<void> {
  for (const id of ids) {
    try {
      await readTogether(reading, [id]);
      await doubts.answered();
    } catch (error) {
      if (!isAboutRecords(error)) throw error;
      await doubts.failed(id, error as Error);
    }
  }
}

/** Tells a record that Shopify fails at from Shopify that fails: by whether it answers what is asked around it. */
class Doubts {
  private hasAnswered = false;
  private open: { id: string; error: Error }[] = [];

  constructor(private readonly beside: Beside) {}

  async answered(): Promise<void> {
    this.hasAnswered = true;
    await this.settle();
  }

  async failed(id: string, error: Error): Promise<void> {
    this.open.push({ id, error });
    // Shopify answered, and said no; or the answer could not be kept.
    if (!(error instanceof ShopifyDown)) return this.answered();
    if (this.open.length < mostInRow) return;
    await this.settle();
    throw error;
  }

  async end(): Promise<void> {
    const [last] = this.open.slice(-1);
    await this.settle();
    if (last && !this.hasAnswered) throw last.error;
  }

  private async settle(): Promise<void> {
    const open = this.open;
    this.open = [];
    for (const { id, error } of open) await this.beside.aside?.(id, error, this.hasAnswered);
  }
}

async function readTogether(reading: Reading, asked: readonly string[]): Promise<void> {
  const { ctx, kind, source, admin, beside, sum } = reading;
  const toldAt = ctx.clock.now();
  const { data: nodes, denied } = await source.ask(admin, [...asked]);
  const rows: { id: string; updatedAt: Date }[] = [];
  const missing: string[] = [];
  const malformed: string[] = [];
  for (const [at, id] of asked.entries()) {
    const node = nodes[at];
    // A record that may not be seen is null as well, and is not gone.
    if (!node && !denied.includes("nodes")) missing.push(id);
    if (!node || !isNode(node)) continue;
    await source.complete(admin, node);
    try {
      rows.push(source.read(node));
    } catch (error) {
      // What is not of the expected shape is a TypeError, as in a file.
      if (!(error instanceof Malformed || error instanceof TypeError)) throw error;
      const reason = error instanceof Malformed ? error.message : "not of the expected shape";
      log.warn({ shop: ctx.shop.id, kind, reason }, "a record could not be understood");
      malformed.push(id);
    }
  }
  await change(ctx, async (tx) => {
    const kept = await source.keep(tx, ctx.shop, rows, toldAt);
    const wholly = await whollyGone(tx, ctx, kind, missing, toldAt);
    const gone = await markMissing(tx, ctx, kind, wholly, toldAt);
    if (kind === "orders") await noteDue(tx, ctx, buyersOf(rows as OrderKept[], kept.ids));
    const read = rows.map((row) => row.id);
    if (kind === "customers") await followCustomers(tx, ctx, read, toldAt, denied);
    const now: ReadAgain = {
      created: sum.created + kept.created,
      changed: sum.changed + kept.changed,
      gone: [...sum.gone, ...gone],
      malformed: [...sum.malformed, ...malformed],
    };
    await beside.kept?.(tx, now, asked);
    return now;
  }).then((now) => Object.assign(sum, now));
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
