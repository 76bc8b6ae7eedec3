import type { Context, StaffActor } from "~/context";

/** A member of staff whose page was last heard of longer ago than this is away. Pages say so every 20 seconds. */
export const awayAfterMilliseconds = 60_000;

/**
 * Notes that this member of staff has the app open now, and tells the shoppers when the first of the team comes. That
 * the last one leaves is found by the time that passes, so a killed process heals by itself.
 */
export async function seenNow(ctx: Context<StaffActor>): Promise<void> {
  const before = await someoneThere(ctx);
  await ctx.db.prisma.staff.update({
    where: { shopId_id: { shopId: ctx.shop.id, id: ctx.actor.id } },
    data: { lastSeenAt: ctx.clock.now() },
    select: { id: true },
  });
  if (!before) ctx.signals.send({ kind: "staff-presence", shopId: ctx.shop.id, someoneThere: true });
}

/** Whether anybody of the team has the app open now. */
export async function someoneThere(ctx: Context): Promise<boolean> {
  const since = new Date(ctx.clock.now().getTime() - awayAfterMilliseconds);
  const found = await ctx.db.prisma.staff.findFirst({
    where: { shopId: ctx.shop.id, lastSeenAt: { gt: since } },
    select: { id: true },
  });
  return found !== null;
}

/**
 * Tells the shoppers who have the chat open that nobody of the team is there any more. To be called a while
 * (`awayAfterMilliseconds`) after a page of staff has closed: an agent who changes pages is not gone.
 */
export async function tellIfAway(ctx: Context): Promise<void> {
  if (!(await someoneThere(ctx))) {
    ctx.signals.send({ kind: "staff-presence", shopId: ctx.shop.id, someoneThere: false });
  }
}
