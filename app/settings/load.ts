import type { Context } from "~/context";
import { readSettings, type Settings } from "./settings";

/** The settings of the shop at hand. */
export async function loadSettings(ctx: Pick<Context, "db" | "shop">): Promise<Settings> {
  const shop = await ctx.db.prisma.shop.findUniqueOrThrow({ where: { id: ctx.shop.id }, select: { settings: true } });
  return readSettings(shop);
}
