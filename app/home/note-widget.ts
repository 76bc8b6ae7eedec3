import type { Context, StaffActor } from "~/context";

/** Keeps whether the chat is on in the live theme, as App Bridge told the page. */
export async function noteWidget(ctx: Context<StaffActor>, status: "on" | "off"): Promise<void> {
  await ctx.db.prisma.shop.updateMany({
    where: { id: ctx.shop.id, widgetStatus: { not: status } },
    data: { widgetStatus: status },
  });
}
