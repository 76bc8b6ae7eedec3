import type { ReconcileRun } from "@prisma/client";
import type { AppContext, Context } from "~/context";
import type { Transaction } from "~/db.server";
import { enqueue } from "~/jobs/enqueue";
import { newId } from "~/platform/ids";
import { withLock } from "~/platform/lock";
import { log } from "~/platform/log";
import { installedContext } from "~/shop/context-of";
import { walkShops } from "~/shop/walk-shops";
import { ShopifyDenied } from "~/shopify/admin-errors";
import { kinds } from "~/shopify-data/kinds";
import { begun, type KindProgress, type Progress, progressOf, sumOf } from "./progress";
import { type Save, takeStep } from "./steps";

/** A window begins so long before the end of the last one: clocks differ, and Shopify's index may lag behind. */
const overlap = 10 * 60_000;
/** A checkout counts as one that was left, and is told of, only a while after it last changed. */
const overlapOfCheckouts = 2 * 3_600_000;
/** Of a shop whose sync's beginning is not known any more. */
const firstWindow = 26 * 3_600_000;
/** Not sooner after the last one ended, whoever asks. */
const pauseBetween = 10 * 60_000;
/** After so long the rest is left to the next job, so that one shop does not hold a place of the worker. */
const longest = 45_000;
const keptFor = 30 * 86_400_000;

/** Asks for every shop to be compared with Shopify; hourly. One that is being compared goes on with what it is at. */
export async function reconcileShops(app: AppContext): Promise<void> {
  await walkShops(app, async (tx, shopId) => {
    const synced = await tx.syncRun.findFirst({
      where: { shopId, lastFinishedAt: { not: null } },
      select: { kind: true },
    });
    if (synced) await enqueue(tx, "reconcile", { shopId }, { key: `reconcile:${shopId}`, keepsRunAt: true });
  });
}

/**
 * Compares what changed at Shopify since the last time with what is kept here, repairs what webhooks lost, and counts it.
 * One at a time in a shop. A killed one is gone on with from its last page; with nothing to repair it costs a question a
 * kind.
 */
export async function reconcile(app: AppContext, { shopId }: { shopId: string }): Promise<void> {
  const ctx = await installedContext(app, shopId, { kind: "shopify" });
  if (!ctx) return;
  await withLock(ctx.db.locks, `reconcile ${shopId}`, async () => {
    const run = (await underWay(ctx)) ?? (await begin(ctx));
    if (!run) return;
    await goOn(ctx, run).catch(async (error: Error) => {
      const where = { shopId, id: run.id };
      await ctx.db.prisma.reconcileRun.updateMany({ where, data: { failure: error.name } });
      throw error;
    });
  });
}

async function underWay(ctx: Context): Promise<ReconcileRun | null> {
  return ctx.db.prisma.reconcileRun.findFirst({ where: { shopId: ctx.shop.id, endedAt: null } });
}

async function begin(ctx: Context): Promise<ReconcileRun | null> {
  const { prisma } = ctx.db;
  const shopId = ctx.shop.id;
  const now = ctx.clock.now();
  await prisma.reconcileRun.deleteMany({
    where: { shopId, startedAt: { lt: new Date(now.getTime() - keptFor) } },
  });
  const last = await prisma.reconcileRun.findFirst({ where: { shopId }, orderBy: { startedAt: "desc" } });
  if (last?.endedAt && last.endedAt.getTime() > now.getTime() - pauseBetween) return null;
  const synced = await prisma.syncRun.findMany({ where: { shopId, lastFinishedAt: { not: null } } });
  const before = progressOf(last?.kinds);
  const progress: Progress = {};
  for (const kind of kinds) {
    const sync = synced.find((one) => one.kind === kind);
    // What never came to its end is not compared: the sync itself brings everything.
    if (!sync) continue;
    const compared = last && before[kind]?.step === "done" ? last.windowTo : sync.askedAt;
    const from = compared
      ? compared.getTime() - (kind === "checkouts" ? overlapOfCheckouts : overlap)
      : now.getTime() - firstWindow;
    progress[kind] = begun(new Date(from), before[kind]?.asked);
  }
  const froms = Object.values(progress).map((one) => Date.parse(one.from));
  if (froms.length === 0) return null;
  return prisma.reconcileRun.create({
    data: {
      shopId,
      id: newId(now),
      startedAt: now,
      windowFrom: new Date(Math.min(...froms)),
      windowTo: now,
      kinds: progress as object,
    },
  });
}

async function goOn(ctx: Context, run: ReconcileRun): Promise<void> {
  const started = performance.now();
  const progress = progressOf(run.kinds);
  for (const kind of kinds) {
    for (let at = progress[kind]; at && !isOver(at); at = progress[kind]) {
      const keep: Save = (tx, so) => save(tx, ctx, run.id, { ...progress, [kind]: so }, {});
      progress[kind] = await takeStep(ctx, kind, at, run.windowTo, keep).catch((error: unknown) => {
        if (error instanceof ShopifyDenied && error.fields.length > 0) return { ...at, step: "denied" as const };
        throw error;
      });
      await save(ctx.db.prisma, ctx, run.id, progress, {});
      if (performance.now() - started > longest) return again(ctx);
    }
  }
  await save(ctx.db.prisma, ctx, run.id, progress, { endedAt: ctx.clock.now(), failure: null });
  const { missing, stale, gone } = sumOf(progress);
  if (missing + stale + gone > 0)
    log.info({ shop: ctx.shop.id, missing, stale, gone }, "what webhooks lost was repaired");
}

const isOver = ({ step }: KindProgress) => step === "done" || step === "denied";

async function save(
  tx: Transaction,
  ctx: Context,
  id: string,
  progress: Progress,
  also: { endedAt?: Date; failure?: null },
): Promise<void> {
  await tx.reconcileRun.updateMany({
    where: { shopId: ctx.shop.id, id },
    data: { kinds: progress as object, ...sumOf(progress), ...also },
  });
}

async function again(ctx: Context): Promise<void> {
  const { id: shopId } = ctx.shop;
  await ctx.db.prisma.$transaction((tx) => enqueue(tx, "reconcile", { shopId }, { key: `reconcile:${shopId}` }));
}
