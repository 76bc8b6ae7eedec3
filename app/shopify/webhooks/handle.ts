import type { AppContext, Context } from "~/context";
import { change } from "~/events/change";
import { log } from "~/platform/log";
import { noteDue } from "~/reconcile/due";
import { markDeleted } from "~/reconcile/mark-deleted";
import { contextOf } from "~/shop/context-of";
import { type Told, topics } from "./topics";

/**
 * Handles a kept webhook by itself. When it is done the payload is dropped, because it holds people's addresses and
 * nothing reads it again; the id stays, so that a late repetition is known. Throws when the handler does, and the job is
 * then tried again.
 */
export async function handleWebhook(app: AppContext, key: { shopDomain: string; webhookId: string }): Promise<void> {
  const where = { shopDomain_webhookId: key };
  const delivery = await app.db.prisma.webhookDelivery.findUnique({ where });
  if (!delivery || delivery.handledAt) return;
  const ctx = await contextOf(app, { domain: key.shopDomain }, { kind: "shopify" });
  if (ctx) {
    try {
      const told = { at: delivery.triggeredAt ?? delivery.receivedAt };
      await handle(ctx, delivery.topic, delivery.payload, told);
    } catch (error) {
      const { name = "Error", code = "" } = error as { name?: string; code?: string };
      await app.db.prisma.webhookDelivery.updateMany({ where: key, data: { failure: `${name} ${code}`.trim() } });
      throw error;
    }
  }
  // The row itself may be gone: shop/redact removes everything of the shop.
  const done = { handledAt: app.clock.now(), failure: null, payload: {} };
  await app.db.prisma.webhookDelivery.updateMany({ where: key, data: done });
}

async function handle(ctx: Context, name: string, payload: unknown, told: Told): Promise<void> {
  const topic = topics[name];
  if (!topic) return log.warn({ shop: ctx.shop.id, topic: name }, "a webhook of a topic without a handler");
  const about = topic.about?.(payload);
  if (about) {
    await change(ctx, async (tx) => {
      if (about.gone) await markDeleted(tx, ctx, about.kind, [about.id], told.at);
      else await noteDue(tx, ctx, [about]);
    });
  }
  await topic.does?.(ctx, payload, told);
}

/** Shopify sends a delivery again for some hours, and a job is tried for about three days; in milliseconds. */
const keptFor = 7 * 86_400_000;

/** Deliveries that one statement removes: a busy shop's day of them would take longer than a statement may. */
const portion = 10_000;

/** Removes old deliveries, also those that could never be handled: their payloads hold people's addresses. */
export async function forgetWebhooks(app: AppContext, most = portion): Promise<void> {
  const before = new Date(app.clock.now().getTime() - keptFor).toISOString();
  for (;;) {
    const removed = await app.db.prisma.$executeRaw`
      DELETE FROM "webhook_delivery" WHERE ctid = ANY(ARRAY(
        SELECT ctid FROM "webhook_delivery" WHERE "receivedAt" < ${before}::timestamptz ORDER BY "receivedAt" LIMIT ${most}))`;
    if (removed < most) return;
  }
}
