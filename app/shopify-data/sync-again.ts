import { audit } from "~/audit/audit";
import type { Context, StaffActor } from "~/context";
import { change } from "~/events/change";
import { startSync } from "./sync/start";

/** A member of staff asks for everything once more. False when a sync is under way already: that one goes on. */
export async function syncAgain(ctx: Context<StaffActor>): Promise<boolean> {
  return change(ctx, async (tx) => {
    const began = await startSync(tx, ctx);
    if (began) {
      await audit(tx, ctx, { action: "shopify-data.sync-started", subjectKind: "shop", subjectId: ctx.shop.id });
    }
    return began;
  });
}
