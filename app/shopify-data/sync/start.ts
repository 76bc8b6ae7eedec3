import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { enqueue } from "~/jobs/enqueue";
import { kinds } from "../kinds";
import { rowsOf } from "../mirror/speak";
import { activeRuns, fromTheStart } from "./runs";

/**
 * Begins a sync of everything, in the transaction of what asks for it. While one is under way a second one is that same one, unless
 * `anew` (the app was installed again: what was asked before is of another installation). Answers whether it began.
 */
export async function startSync(
  tx: Transaction,
  ctx: Pick<Context, "shop" | "clock">,
  options: { anew?: boolean } = {},
): Promise<boolean> {
  const shopId = ctx.shop.id;
  const shop = await rowsOf(tx, `SELECT 1 AS "there" FROM "shop" WHERE "id" = $1::uuid FOR KEY SHARE`, [shopId]);
  if (shop.length === 0) return false;
  await rowsOf(tx, `SELECT pg_advisory_xact_lock(hashtextextended($1, 0))::text AS "held"`, [`start sync ${shopId}`]);
  if (!options.anew && (await activeRuns(tx, shopId)).length > 0) return false;
  const now = ctx.clock.now();
  const fresh = {
    ...fromTheStart,
    since: null,
    state: "waiting",
    created: 0,
    changed: 0,
    tries: 0,
    problem: null,
    startedAt: now,
    finishedAt: null,
    changedAt: now,
  };
  await tx.syncLine.deleteMany({ where: { shopId } });
  for (const kind of kinds) {
    await tx.syncRun.upsert({
      where: { shopId_kind: { shopId, kind } },
      create: { shopId, kind, ...fresh },
      update: fresh,
    });
  }
  await nudgeSync(tx, shopId);
  return true;
}

/** Has the shop's sync looked at: at once, or at a time. */
export async function nudgeSync(tx: Transaction, shopId: string, runAt?: Date): Promise<void> {
  await enqueue(tx, "sync-shop", { shopId }, { key: `sync ${shopId}`, ...(runAt ? { runAt } : {}) });
}

/** Shopify says that an operation has ended (bulk_operations/finish). One that is not ours is nobody's concern. */
export async function bulkFinished(ctx: Pick<Context, "shop" | "db">, operationId: string): Promise<void> {
  const { prisma } = ctx.db;
  const run = await prisma.syncRun.findFirst({ where: { shopId: ctx.shop.id, operationId }, select: { kind: true } });
  if (run) await prisma.$transaction((tx) => nudgeSync(tx, ctx.shop.id));
}
