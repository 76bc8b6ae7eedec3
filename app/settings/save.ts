import { audit } from "~/audit/audit";
import type { Context, StaffActor } from "~/context";
import type { Transaction } from "~/db.server";
import { change } from "~/events/change";
import type { MerchantSettings, Settings } from "./settings";

/** Keeps what the merchant set; what else the row holds stays. */
export async function saveSettings(ctx: Context<StaffActor>, settings: MerchantSettings): Promise<void> {
  await change(ctx, async (tx) => {
    const rows = await tx.$queryRaw<{ settings: Record<string, unknown> }[]>`
      SELECT "settings" FROM "shop" WHERE "id" = ${ctx.shop.id}::uuid FOR NO KEY UPDATE`;
    const before = rows[0]?.settings ?? {};
    const changed = Object.entries(settings).flatMap(([name, value]) =>
      JSON.stringify(before[name]) === JSON.stringify(value) ? [] : [name],
    );
    if (changed.length === 0) return;
    await merge(tx, ctx, settings);
    await audit(tx, ctx, { action: "settings.saved", subjectKind: "settings", subjectId: null, detail: { changed } });
  });
}

/** Puts the set-up steps on Home away, for the whole team. */
export async function dismissSetup(ctx: Context<StaffActor>): Promise<void> {
  await change(ctx, (tx) => merge(tx, ctx, { setupDismissedAt: ctx.clock.now().toISOString() }));
}

async function merge(tx: Transaction, ctx: Context<StaffActor>, part: Partial<Settings>): Promise<void> {
  await tx.$executeRaw`
    UPDATE "shop" SET "settings" = "settings" || ${JSON.stringify(part)}::jsonb WHERE "id" = ${ctx.shop.id}::uuid`;
}
