import { z } from "zod";
import type { Context } from "~/context";
import { log } from "~/platform/log";
import type { Told } from "./topics";

/**
 * app/uninstalled: the tokens are worthless now, so the sessions go. The shop's data stays until Shopify asks for its
 * erasure 48 hours later (shop/redact), so that a reinstall finds it. One that is older than the last install is about
 * the time before it.
 */
export async function appUninstalled(ctx: Context, _payload: unknown, told: Told): Promise<void> {
  const { prisma } = ctx.db;
  await prisma.$transaction(async (tx) => {
    const shop = await tx.shop.findUniqueOrThrow({ where: { id: ctx.shop.id }, select: { installedAt: true } });
    if (shop.installedAt.getTime() > told.at.getTime()) return;
    await tx.session.deleteMany({ where: { shop: ctx.shop.domain } });
    await tx.shop.update({ where: { id: ctx.shop.id }, data: { uninstalledAt: told.at } });
  });
}

const scopes = z.object({ current: z.array(z.string()) });

/** app/scopes_update: what the offline session may do is written down, so that the next check does not ask again. */
export async function scopesUpdated(ctx: Context, payload: unknown): Promise<void> {
  const { current } = scopes.parse(payload);
  await ctx.db.prisma.session.updateMany({
    where: { id: `offline_${ctx.shop.domain}` },
    data: { scope: current.toSorted().join(",") },
  });
  log.info({ shop: ctx.shop.id, scopes: current.length }, "the granted scopes changed");
}

const shopShape = z.object({
  name: z.string().min(1),
  email: z.string().nullish(),
  currency: z.string().length(3),
  country_code: z.string().nullish(),
  iana_timezone: z.string().nullish(),
});

/** shop/update */
export async function shopUpdated(ctx: Context, payload: unknown): Promise<void> {
  const shop = shopShape.parse(payload);
  await ctx.db.prisma.shop.update({
    where: { id: ctx.shop.id },
    data: {
      name: shop.name,
      email: shop.email || null,
      currency: shop.currency,
      countryCode: shop.country_code || null,
      timezone: shop.iana_timezone || null,
    },
  });
}
