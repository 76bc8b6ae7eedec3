import type { AppContext, Context } from "~/context";
import { log } from "~/platform/log";
import { contextOf } from "~/shop/context-of";
import { appUninstalled, scopesUpdated, shopUpdated } from "./app";
import { cartChanged } from "./carts";
import { checkoutChanged } from "./checkouts";
import { customerRedact, dataRequest, shopRedact } from "./compliance";
import { customerDeleted, customerUpdated } from "./customers";
import { draftOrderChanged, draftOrderDeleted } from "./draft-orders";
import { orderChanged } from "./orders";

/** What is known of a webhook beside its payload. */
export interface Told {
  /** When Shopify triggered it, else when it arrived. */
  at: Date;
}

type Handler = (ctx: Context, payload: unknown, told: Told) => Promise<void>;

/** Topic → what happens. `shopify.app.toml` subscribes to these; tests/shopify/webhooks/topics.test.ts holds both together. */
export const handlers: Readonly<Record<string, Handler>> = {
  "carts/create": cartChanged,
  "carts/update": cartChanged,
  "checkouts/create": checkoutChanged,
  "checkouts/update": checkoutChanged,
  "orders/create": orderChanged,
  "orders/updated": orderChanged,
  "orders/paid": orderChanged,
  "draft_orders/create": draftOrderChanged,
  "draft_orders/update": draftOrderChanged,
  "draft_orders/delete": draftOrderDeleted,
  "customers/update": customerUpdated,
  "customers/delete": customerDeleted,
  "app/uninstalled": appUninstalled,
  "app/scopes_update": scopesUpdated,
  "shop/update": shopUpdated,
  "customers/data_request": dataRequest,
  "customers/redact": customerRedact,
  "shop/redact": shopRedact,
};

/**
 * Handles a kept webhook: the job behind every delivery. When it is done the payload is dropped, because it holds
 * people's addresses and nothing reads it again; the id stays, so that a late repetition is known. Throws when the
 * handler does, and the job is then tried again.
 */
export async function handleWebhook(app: AppContext, key: { shopDomain: string; webhookId: string }): Promise<void> {
  const where = { shopDomain_webhookId: key };
  const delivery = await app.db.prisma.webhookDelivery.findUnique({ where });
  if (!delivery || delivery.handledAt) return;
  const ctx = await contextOf(app, { domain: key.shopDomain }, { kind: "shopify" });
  const handler = handlers[delivery.topic];
  if (ctx && handler) {
    try {
      await handler(ctx, delivery.payload, { at: delivery.triggeredAt ?? delivery.receivedAt });
    } catch (error) {
      const { name = "Error", code = "" } = error as { name?: string; code?: string };
      await app.db.prisma.webhookDelivery.updateMany({ where: key, data: { failure: `${name} ${code}`.trim() } });
      throw error;
    }
  } else if (!handler)
    log.warn({ shop: key.shopDomain, topic: delivery.topic }, "a webhook of a topic without a handler");
  // The row itself may be gone: shop/redact removes everything of the shop.
  const done = { handledAt: app.clock.now(), failure: null, payload: {} };
  await app.db.prisma.webhookDelivery.updateMany({ where: key, data: done });
}

/** Shopify sends a delivery again for some hours, and a job is tried for about three days; in milliseconds. */
const keptFor = 7 * 86_400_000;

/** Removes old deliveries, also those that could never be handled: their payloads hold people's addresses. */
export async function forgetWebhooks(app: AppContext): Promise<void> {
  const before = new Date(app.clock.now().getTime() - keptFor);
  await app.db.prisma.webhookDelivery.deleteMany({ where: { receivedAt: { lt: before } } });
}
