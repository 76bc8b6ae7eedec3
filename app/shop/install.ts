import type { AppContext, ShopOfContext } from "~/context";
import { newId } from "~/platform/ids";
import { readShop } from "~/shopify/read-shop";

/**
 * The shop's own row, made on first open and after a reinstall from what the Admin API says of it. Two first opens at
 * once make one row.
 */
export async function install(app: AppContext, domain: string): Promise<ShopOfContext> {
  const known = await app.db.prisma.shop.findUnique({ where: { domain } });
  if (known && known.uninstalledAt === null) return known;
  const told = await readShop(domain);
  const now = app.clock.now();
  return app.db.prisma.shop.upsert({
    where: { domain },
    create: { id: newId(now), domain, installedAt: now, ...told },
    update: { uninstalledAt: null, installedAt: now, ...told },
  });
}
