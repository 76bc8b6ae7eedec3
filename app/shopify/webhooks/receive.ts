import type { AppContext } from "~/context";
import { enqueue } from "~/jobs/enqueue";
import { log } from "~/platform/log";
import type { Delivery } from "./verify";

/**
 * Keeps a proven webhook under its id and asks for it to be handled, in one transaction; the caller answers 200 at once.
 * A second delivery of the same id is dropped here. One for a shop that we do not know is dropped too: there is nothing
 * of that shop to change.
 */
export async function receive(app: AppContext, delivery: Delivery): Promise<"kept" | "repeated" | "unknown-shop"> {
  const { shopDomain, webhookId, topic } = delivery;
  const shop = await app.db.prisma.shop.findUnique({ where: { domain: shopDomain }, select: { id: true } });
  if (!shop) {
    log.info({ shop: shopDomain, topic }, "a webhook of a shop that is not known");
    return "unknown-shop";
  }
  return app.db.prisma.$transaction(async (tx) => {
    const { count } = await tx.webhookDelivery.createMany({
      data: [{ ...delivery, receivedAt: app.clock.now() }],
      skipDuplicates: true,
    });
    if (count === 0) return "repeated";
    await enqueue(tx, "handle-webhook", { shopDomain, webhookId });
    return "kept";
  });
}
