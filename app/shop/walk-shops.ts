import type { AppContext } from "~/context";
import type { Transaction } from "~/db.server";
import { log } from "~/platform/log";

/**
 * What the hourly sweeps have in common: for every shop that has the app, one after another, `work` chooses in a
 * transaction of its own what is to be done there and adds the jobs. A shop whose turn fails does not keep the others
 * from theirs; the job then fails at its end, and is tried again.
 */
export async function walkShops(
  app: AppContext,
  work: (tx: Transaction, shopId: string, now: Date) => Promise<void>,
): Promise<void> {
  const now = app.clock.now();
  const shops = await app.db.prisma.shop.findMany({ where: { uninstalledAt: null }, select: { id: true } });
  let failure: unknown = null;
  for (const { id } of shops) {
    try {
      await app.db.prisma.$transaction((tx) => work(tx, id, now));
    } catch (error) {
      const { name, code } = error as { name?: string; code?: string };
      log.error({ shop: id, kind: name, code }, "a shop's turn failed");
      failure = error;
    }
  }
  if (failure) throw failure;
}
