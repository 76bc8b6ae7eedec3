import type { Context, StaffActor } from "~/context";
import { isId } from "~/platform/ids";
import { legEnded } from "./legs";

/** This member of staff does not take the call that rings at theirs: the next are rung. Nothing rings: nothing happens. */
export async function decline(ctx: Context<StaffActor>, callId: string): Promise<void> {
  if (!isId(callId)) return;
  const legs = await ctx.db.prisma.callLeg.findMany({
    where: { shopId: ctx.shop.id, callId, staffId: ctx.actor.id, state: "ringing" },
    select: { id: true },
  });
  for (const { id } of legs) await legEnded(ctx, id, "declined");
}
