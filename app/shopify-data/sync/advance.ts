import type { AppContext, Context } from "~/context";
import { tryLock } from "~/platform/lock";
import { installedContext } from "~/shop/context-of";
import type { AdminClient } from "~/shopify/admin-client";
import { ShopifyDenied } from "~/shopify/admin-errors";
import { adminFor } from "~/shopify/admin-for";
import { askFor, lookAt } from "./ask";
import { readRun } from "./read-run";
import { activeRuns, activeStates, fromTheStart, type Problem, type Run } from "./runs";
import { nudgeSync, startSync } from "./start";

/** Files that Shopify prepares for us at once in a shop: it allows five, and other work of ours needs some of them. */
export const mostPreparing = 2;
/** How long one job reads before it gives its place to others, in milliseconds. Codes and clicks' jobs wait behind it. */
const slice = 15_000;
/** Before Shopify is asked anew for what it failed at, doubled by each try; in milliseconds. */
const firstPause = 5_000;
/** Between two looks at an operation whose end was not told, in milliseconds: a fifth of what it has taken, within these. */
const looks = { soonest: 2_000, latest: 30_000 };

/**
 * Carries a shop's sync on as far as it goes now: asks for files, looks how far they are, reads what is ready; and sees to it that somebody
 * looks again while there is something to wait for. One at a time in a shop; a second one leaves it to the first. Harmless when there is
 * nothing to do, and when it is killed at any point.
 */
export async function syncShop(app: AppContext, { shopId }: { shopId: string }): Promise<void> {
  const ctx = await installedContext(app, shopId, { kind: "shopify" });
  if (!ctx) return stop(app, shopId, "uninstalled");
  try {
    await tryLock(ctx.db.locks, `sync ${shopId}`, () => advance(ctx, performance.now() + slice));
  } catch (error) {
    if (!(error instanceof ShopifyDenied)) throw error;
    await stop(app, shopId, "disconnected");
  }
}

async function advance(ctx: Context, until: number): Promise<void> {
  const { prisma } = ctx.db;
  const admin = adminFor(ctx, "background");
  for (;;) {
    await ask(ctx, admin);
    const runs = await activeRuns(prisma, ctx.shop.id);
    if (runs.length === 0) return;
    const ready = runs.find((run) => run.state === "reading");
    if (!ready) {
      const soonest = Math.min(...runs.map((run) => waitFor(ctx, run)));
      await prisma.$transaction((tx) => nudgeSync(tx, ctx.shop.id, new Date(ctx.clock.now().getTime() + soonest)));
      return;
    }
    if (!(await readRun(ctx, ready, until)) || performance.now() >= until) {
      await prisma.$transaction((tx) => nudgeSync(tx, ctx.shop.id));
      return;
    }
    if (!(await installedContext(ctx, ctx.shop.id))) return stop(ctx, ctx.shop.id, "uninstalled");
  }
}

/** Looks at what Shopify prepares, and asks for the next files while there is room. */
async function ask(ctx: Context, admin: AdminClient): Promise<void> {
  const { prisma } = ctx.db;
  for (const run of await activeRuns(prisma, ctx.shop.id)) if (run.state === "preparing") await lookAt(ctx, admin, run);
  for (;;) {
    const runs = await activeRuns(prisma, ctx.shop.id);
    const next = runs.find((run) => run.state === "waiting" && restOfPause(ctx, run) === 0);
    if (!next || runs.filter((run) => run.state === "preparing").length >= mostPreparing) return;
    if (!(await askFor(ctx, admin, next))) return;
  }
}

/** Until this run is looked at again, in milliseconds. */
function waitFor(ctx: Context, run: Run): number {
  if (run.state === "waiting") return Math.max(looks.soonest, restOfPause(ctx, run));
  const since = run.askedAt ? ctx.clock.now().getTime() - run.askedAt.getTime() : 0;
  return Math.min(looks.latest, Math.max(looks.soonest, since / 5));
}

/** What is left of the pause before a run is asked for anew: longer after each try. */
function restOfPause(ctx: Context, run: Run): number {
  if (run.tries === 0) return 0;
  return Math.max(0, run.changedAt.getTime() + 2 ** run.tries * firstPause - ctx.clock.now().getTime());
}

/** Ends the shop's sync where it stands. What was kept stays; a new install begins anew. */
async function stop(app: AppContext, shopId: string, problem: Problem): Promise<void> {
  const now = app.clock.now();
  await app.db.prisma.syncRun.updateMany({
    where: { shopId, state: { in: activeStates } },
    data: { state: "stopped", problem, url: null, finishedAt: now, changedAt: now },
  });
}

/** Without any change for so long, the job that carried a sync on is lost; in milliseconds. */
const lostAfter = 10 * 60_000;

/**
 * The backstop, by the clock: begins the sync of shops that never had one (they were installed before there was any), and takes up
 * syncs whose job is gone, those that stopped because Shopify took no token, and kinds that failed an hour ago.
 */
export async function syncShops(app: AppContext): Promise<void> {
  await revive(app);
  await tryAnew(app);
  const { rows } = await app.db.sql.query<{ id: string; begun: boolean }>(
    `SELECT s."id"::text, EXISTS (SELECT FROM "sync_run" r WHERE r."shopId" = s."id") AS "begun" FROM "shop" s
      WHERE s."uninstalledAt" IS NULL
        AND (NOT EXISTS (SELECT FROM "sync_run" r WHERE r."shopId" = s."id")
             OR EXISTS (SELECT FROM "sync_run" r WHERE r."shopId" = s."id" AND r."state" = ANY($1) AND r."changedAt" < $2))`,
    [activeStates, new Date(app.clock.now().getTime() - lostAfter)],
  );
  for (const { id, begun } of rows) {
    const ctx = await installedContext(app, id);
    if (!ctx) continue;
    await app.db.prisma.$transaction(async (tx) => {
      if (begun) await nudgeSync(tx, id);
      else await startSync(tx, ctx);
    });
  }
}

/** Carries on what stopped for want of a token that Shopify takes, where there is a session (again); refused, it stops again. */
async function revive(app: AppContext): Promise<void> {
  const { prisma, sql } = app.db;
  const now = app.clock.now();
  const { rows } = await sql.query<{ id: string }>(
    `SELECT s."id"::text FROM "shop" s
      WHERE s."uninstalledAt" IS NULL
        AND EXISTS (SELECT FROM "session" t WHERE t."id" = 'offline_' || s."domain")
        AND EXISTS (SELECT FROM "sync_run" r WHERE r."shopId" = s."id" AND r."state" = 'stopped'
                       AND r."problem" = 'disconnected' AND r."changedAt" < $1)`,
    [new Date(now.getTime() - lostAfter)],
  );
  for (const { id: shopId } of rows) {
    await prisma.$transaction(async (tx) => {
      await tx.syncRun.updateMany({
        where: { shopId, state: "stopped", problem: "disconnected" },
        data: { ...fromTheStart, state: "waiting", problem: null, tries: 0, finishedAt: null, changedAt: now },
      });
      await nudgeSync(tx, shopId);
    });
  }
}

/** A kind that failed is asked for anew so many milliseconds later: Shopify's troubles end. */
const triedAnewAfter = 3_600_000;

/** Begins anew with kinds that failed, but for those that Shopify refuses: that is so until the app is given more, or changed. */
async function tryAnew(app: AppContext): Promise<void> {
  const { prisma } = app.db;
  const now = app.clock.now();
  const failed = {
    state: "failed",
    problem: { notIn: ["not-permitted", "refused"] satisfies Problem[] },
    changedAt: { lt: new Date(now.getTime() - triedAnewAfter) },
  };
  const runs = await prisma.syncRun.findMany({ where: failed, select: { shopId: true }, distinct: ["shopId"] });
  for (const { shopId } of runs) {
    if (!(await installedContext(app, shopId))) continue;
    await prisma.$transaction(async (tx) => {
      await tx.syncRun.updateMany({
        where: { shopId, ...failed },
        data: { ...fromTheStart, state: "waiting", tries: 0, startedAt: now, finishedAt: null, changedAt: now },
      });
      await nudgeSync(tx, shopId);
    });
  }
}
