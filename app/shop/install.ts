import type { AppContext, ShopOfContext } from "~/context";
import { enqueue } from "~/jobs/enqueue";
import { newId } from "~/platform/ids";
import { readShop } from "~/shopify/read-shop";
import { startSync } from "~/shopify-data/sync/start";

/**
 * The shop's own row, made on first open and after a reinstall from what the Admin API says of it. Two first opens at
 * once make one row. With it begins the sync of what Shopify knows.
 */
export async function install(app: AppContext, domain: string): Promise<ShopOfContext> {
  const known = await app.db.prisma.shop.findUnique({ where: { domain } });
  if (known && known.uninstalledAt === null) return known;
  const told = await readShop(domain);
  const now = app.clock.now();
  return app.db.prisma.$transaction(async (tx) => {
    const back = await tx.shop.updateMany({
      where: { domain, uninstalledAt: { not: null } },
      data: { uninstalledAt: null, installedAt: now, ...told },
    });
    const made = await tx.shop.createMany({
      data: [{ id: newId(now), domain, installedAt: now, ...told }],
      skipDuplicates: true,
    });
    const shop = await tx.shop.findUniqueOrThrow({ where: { domain } });
    if (back.count + made.count > 0) {
      await startSync(tx, { shop, clock: app.clock }, { anew: true });
      await enqueue(tx, "start-pixel", { shopId: shop.id });
    }
    return shop;
  });
}
