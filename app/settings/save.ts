import type { Context, StaffActor } from "~/context";
import { change } from "~/events/change";
import type { MerchantSettings, Settings } from "./settings";

/** Keeps what the merchant set; what else the row holds stays. */
export async function saveSettings(ctx: Context<StaffActor>, settings: MerchantSettings): Promise<void> {
  await merge(ctx, settings);
}

/** Puts the set-up steps on Home away, for the whole team. */
export async function dismissSetup(ctx: Context<StaffActor>): Promise<void> {
  await merge(ctx, { setupDismissedAt: ctx.clock.now().toISOString() });
}

async function merge(ctx: Context<StaffActor>, part: Partial<Settings>): Promise<void> {
  await change(ctx, async (tx) => {
    await tx.$executeRaw`
      UPDATE "shop" SET "settings" = "settings" || ${JSON.stringify(part)}::jsonb WHERE "id" = ${ctx.shop.id}::uuid`;
  });
}
