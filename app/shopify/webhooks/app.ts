import { z } from "zod";
import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { enqueue } from "~/jobs/enqueue";
import { log } from "~/platform/log";
import { startSync } from "~/shopify-data/sync/start";
import { isConnected } from "../is-connected";
import type { Told } from "./topics";

/**
 * app/uninstalled: the tokens are worthless now, so the sessions go. The shop's data stays until Shopify asks for its
 * erasure 48 hours later (shop/redact), so that a reinstall finds it. One that is older than the last install is about
 * the time before it; so is one that is handled although the token of now is taken: the merchant has installed the app
 * again before we heard, nobody noticed here, and the new installation begins now. Throws what the Admin API throws,
 * but for a refusal.
 */
export async function appUninstalled(ctx: Context, _payload: unknown, told: Told): Promise<void> {
  const { prisma } = ctx.db;
  const before = await prisma.shop.findUniqueOrThrow({ where: { id: ctx.shop.id } });
  if (before.installedAt.getTime() > told.at.getTime()) return;
  const token = await tokenOf(prisma, ctx);
  const isBack = before.uninstalledAt === null && (await isConnected(ctx));
  await prisma.$transaction(async (tx) => {
    const { installedAt } = await tx.shop.findUniqueOrThrow({ where: { id: ctx.shop.id } });
    if (installedAt.getTime() > told.at.getTime()) return;
    if (isBack) return beginAnew(tx, ctx);
    // Installed while Shopify was asked about the token before: the job's next try asks about this one.
    if ((await tokenOf(tx, ctx)) !== token) throw new TokenChanged();
    await tx.session.deleteMany({ where: { shop: ctx.shop.domain } });
    await tx.shop.update({ where: { id: ctx.shop.id }, data: { uninstalledAt: told.at } });
  });
}

class TokenChanged extends Error {
  override readonly name = "TokenChanged";
}

/** As it is kept, which is sealed: only good for seeing whether it is another one. */
async function tokenOf(tx: Transaction, ctx: Context): Promise<string | null> {
  const where = { id: `offline_${ctx.shop.domain}` };
  return (await tx.session.findUnique({ where, select: { accessToken: true } }))?.accessToken ?? null;
}

/** What the uninstall had ended at Shopify: files that were asked for, the web pixel, and webhooks in between. */
async function beginAnew(tx: Transaction, ctx: Context): Promise<void> {
  await tx.shop.update({ where: { id: ctx.shop.id }, data: { installedAt: ctx.clock.now() } });
  await startSync(tx, ctx, { anew: true });
  await enqueue(tx, "start-pixel", { shopId: ctx.shop.id });
  log.info({ shop: ctx.shop.id }, "an uninstall was told of after the app was installed again");
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
