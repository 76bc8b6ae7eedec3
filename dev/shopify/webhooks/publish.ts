import { randomUUID } from "node:crypto";
import { approvedPayload } from "../protected-data/payload";
import type { WebhookDeliveryRecord } from "../records";
import type { ShopStore, Store } from "../store";
import type { World } from "../world";
import { enumOfTopic, isCompliance, mayHear } from "./topics";

type Listener = (domain: string, webhookId: string) => void;
const listeners = new WeakMap<Store, Set<Listener>>();

/** Calls `heard` for every delivery queued in this store; returns how to stop. */
export function onQueued(store: Store, heard: Listener): () => void {
  const all = listeners.get(store) ?? new Set();
  listeners.set(store, all.add(heard));
  return () => all.delete(heard);
}

/**
 * Queues one delivery for each subscription of the installed app to the topic, in the store's
 * transaction: what is rolled back is not sent. Throws for a topic that the local Shopify does not know.
 * `eventId` ties together the topics of one event (order created and paid).
 */
export function publish(
  world: World,
  shop: ShopStore,
  topic: string,
  payload: object,
  options: { eventId?: string } = {},
): void {
  const installation = shop.get("installation", world.app.clientId);
  if (!mayHear(topic, installation?.scopes ?? [])) return;
  if (!installation || (!installation.installedAt && !isCompliance(topic))) return;
  const approved = approvedPayload(shop.settings(), topic, payload);
  if (!approved) return;
  const eventId = options.eventId ?? randomUUID();
  const triggeredAt = world.clock().toISOString();
  for (const target of targets(world, shop, topic)) {
    const delivery: WebhookDeliveryRecord = {
      webhookId: randomUUID(),
      eventId,
      subscriptionId: target.subscriptionId,
      topic,
      url: target.url,
      body: JSON.stringify(only(approved, target.includeFields)),
      triggeredAt,
      attempts: [],
      nextAttemptAt: triggeredAt,
      state: "waiting",
    };
    shop.put("webhookDelivery", delivery.webhookId, delivery);
    for (const heard of listeners.get(world.store) ?? []) heard(shop.domain, delivery.webhookId);
  }
}

/** Puts a delivery back in the queue as it was, under its own webhook id: a duplicate, or another try. */
export function sendAgain(world: World, shop: ShopStore, webhookId: string): void {
  const delivery = shop.get("webhookDelivery", webhookId);
  if (!delivery) return;
  shop.put("webhookDelivery", webhookId, {
    ...delivery,
    state: "waiting",
    nextAttemptAt: world.clock().toISOString(),
  });
  for (const heard of listeners.get(world.store) ?? []) heard(shop.domain, webhookId);
}

interface Target {
  /** Below zero for the ones declared in shopify.app.toml, which no record holds. */
  subscriptionId: number;
  url: string;
  includeFields: string[];
}

function targets(world: World, shop: ShopStore, topic: string): Target[] {
  const declared = world.app.subscriptions.flatMap((each, index) =>
    each.topic === topic ? [{ subscriptionId: -1 - index, url: address(world, each.uri), includeFields: [] }] : [],
  );
  const created = shop
    .all("webhookSubscription")
    .filter((each) => each.topic === enumOfTopic(topic))
    .map((each) => ({ subscriptionId: each.id, url: address(world, each.uri), includeFields: each.includeFields }));
  return [...declared, ...created];
}

/** A declared `uri` may be relative to the app's address. */
function address(world: World, uri: string): string {
  return uri.startsWith("/") ? world.app.origin + uri : uri;
}

/** `includeFields` keeps only those top-level fields; none named keeps all. */
function only(payload: object, fields: string[]): object {
  if (fields.length === 0) return payload;
  return Object.fromEntries(Object.entries(payload).filter(([name]) => fields.includes(name)));
}
