import { audit } from "~/audit/audit";
import type { Context, StaffActor } from "~/context";
import { change } from "~/events/change";
import { readRetention } from "./retention";
import { type Retention, retentionKinds } from "./retention-bounds";

/** Keeps how long the merchant wants data kept. It holds from the next night on. */
export async function saveRetention(ctx: Context<StaffActor>, retention: Retention): Promise<void> {
  await change(ctx, async (tx) => {
    const rows = await tx.$queryRaw<{ settings: unknown }[]>`
      SELECT "settings" FROM "shop" WHERE "id" = ${ctx.shop.id}::uuid FOR NO KEY UPDATE`;
    const before = readRetention({ settings: rows[0]?.settings });
    const changed = retentionKinds.filter((kind) => before[kind] !== retention[kind]);
    if (changed.length === 0) return;
    await tx.$executeRaw`
      UPDATE "shop" SET "settings" = "settings" || jsonb_build_object('retention', ${JSON.stringify(retention)}::jsonb)
       WHERE "id" = ${ctx.shop.id}::uuid`;
    const detail = Object.fromEntries(changed.map((kind) => [kind, retention[kind]]));
    await audit(tx, ctx, { action: "retention.saved", subjectKind: "settings", subjectId: null, detail });
  });
}

/** What the nightly run last removed in this shop. */
export interface LastRun {
  /** ISO 8601 */
  at: string;
  counts: Record<string, number>;
  unfinished: boolean;
}

/** How long data is kept in this shop, and what the last run did. */
export async function retentionOf(ctx: Context): Promise<{ retention: Retention; lastRun: LastRun | null }> {
  const { prisma } = ctx.db;
  const [shop, run] = await Promise.all([
    prisma.shop.findUniqueOrThrow({ where: { id: ctx.shop.id }, select: { settings: true } }),
    prisma.retentionRun.findFirst({ where: { shopId: ctx.shop.id }, orderBy: { at: "desc" } }),
  ]);
  const { at, counts, unfinished } = run ?? {};
  return {
    retention: readRetention(shop),
    lastRun: at
      ? { at: at.toISOString(), counts: counts as Record<string, number>, unfinished: unfinished ?? false }
      : null,
  };
}
