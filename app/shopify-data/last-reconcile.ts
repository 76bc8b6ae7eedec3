import type { Context } from "~/context";

/** The last comparison of what is here with Shopify. Times are ISO 8601. */
export interface LastReconcile {
  startedAt: string;
  /** Null while it is under way. */
  endedAt: string | null;
  compared: number;
  /** What was repaired: records that were not here, were older here, or that Shopify has no more. */
  missing: number;
  stale: number;
  gone: number;
  failed: boolean;
}

/** Null when there was none yet. */
export async function lastReconcile(ctx: Pick<Context, "shop" | "db">): Promise<LastReconcile | null> {
  const run = await ctx.db.prisma.reconcileRun.findFirst({
    where: { shopId: ctx.shop.id },
    orderBy: { startedAt: "desc" },
  });
  if (!run) return null;
  const { compared, missing, stale, gone } = run;
  return {
    startedAt: run.startedAt.toISOString(),
    endedAt: run.endedAt?.toISOString() ?? null,
    compared,
    missing,
    stale,
    gone,
    failed: run.failure !== null,
  };
}
