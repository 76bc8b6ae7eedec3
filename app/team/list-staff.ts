import type { Context, StaffActor } from "~/context";

/** Everybody of the team who has opened the app, by name. */
export async function listStaff(ctx: Context<StaffActor>): Promise<{ id: string; name: string }[]> {
  return ctx.db.prisma.staff.findMany({
    where: { shopId: ctx.shop.id },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: { id: true, name: true },
  });
}
