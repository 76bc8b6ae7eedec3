import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import type { Kind } from "../kinds";
import { rowsOf } from "../mirror/speak";
import { activeStates, fromTheStart } from "./runs";
import { nudgeSync } from "./start";

/**
 * Asks for one file of everything of a kind that changed since then, instead of record by record: it costs the bucket ten
 * points however many there are. Answers false while a sync of that kind is under way, and before the first one has ended.
 */
export async function catchUp(
  tx: Transaction,
  ctx: Pick<Context, "shop" | "clock">,
  kind: Kind,
  since: Date,
): Promise<boolean> {
  const shopId = ctx.shop.id;
  await rowsOf(tx, `SELECT pg_advisory_xact_lock(hashtextextended($1, 0))::text AS "held"`, [`start sync ${shopId}`]);
  const now = ctx.clock.now();
  const { count } = await tx.syncRun.updateMany({
    where: { shopId, kind, lastFinishedAt: { not: null }, state: { notIn: activeStates } },
    data: {
      ...fromTheStart,
      since,
      state: "waiting",
      created: 0,
      changed: 0,
      tries: 0,
      problem: null,
      startedAt: now,
      finishedAt: null,
      changedAt: now,
    },
  });
  if (count === 1) await nudgeSync(tx, shopId);
  return count === 1;
}
