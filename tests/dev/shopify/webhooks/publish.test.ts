import { isEnumType } from "graphql";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadAdminSchema } from "../../../../dev/shopify/schema/load";
import { publish } from "../../../../dev/shopify/webhooks/publish";
import { enumOfTopic, isCompliance, mayHear, TOPICS, topicOfEnum } from "../../../../dev/shopify/webhooks/topics";
import { type SmallWorld, smallWorld } from "../admin-api/small-world";

let small: SmallWorld;

beforeEach(() => {
  small = smallWorld();
  small.world.app.subscriptions = [
    { topic: "orders/paid", uri: "/webhooks/orders" },
    { topic: "app/uninstalled", uri: "https://elsewhere.example/app" },
    { topic: "shop/redact", uri: "/webhooks/compliance" },
  ];
});
afterEach(() => small.close());

const queued = () => small.shop.all("webhookDelivery");

test("a delivery for each subscription, declared and made through the API", () => {
  const at = "2026-11-21T12:00:00.000Z";
  small.shop.put("webhookSubscription", 5, {
    id: 5,
    topic: "ORDERS_PAID",
    uri: "https://other.example/hook",
    declared: false,
    includeFields: ["id"],
    filter: null,
    createdAt: at,
    updatedAt: at,
  });
  publish(small.world, small.shop, "orders/paid", { id: 1, email: "a@b.example" }, { eventId: "event-1" });
  expect(queued()).toMatchObject([
    {
      topic: "orders/paid",
      url: "http://127.0.0.1:1/webhooks/orders",
      eventId: "event-1",
      subscriptionId: -1,
      state: "waiting",
      triggeredAt: at,
      body: '{"id":1,"email":"a@b.example"}',
    },
    { url: "https://other.example/hook", eventId: "event-1", subscriptionId: 5, body: '{"id":1}' },
  ]);
  expect(queued()[0]?.webhookId).not.toBe(queued()[1]?.webhookId);
});

test("nothing without a subscription, the scope or the app, but compliance always", () => {
  publish(small.world, small.shop, "orders/updated", {});
  expect(queued()).toEqual([]);
  const key = small.world.app.clientId;
  const installation = small.shop.get("installation", key);
  if (!installation) throw new Error("not installed");
  small.shop.put("installation", key, { ...installation, scopes: ["read_products"] });
  publish(small.world, small.shop, "orders/paid", {});
  expect(queued()).toEqual([]);
  small.shop.put("installation", key, { ...installation, installedAt: null });
  publish(small.world, small.shop, "orders/paid", {});
  publish(small.world, small.shop, "app/uninstalled", {});
  expect(queued()).toEqual([]);
  publish(small.world, small.shop, "shop/redact", {});
  expect(queued().map((each) => each.topic)).toEqual(["shop/redact"]);
});

test("what is rolled back is not queued", () => {
  expect(() =>
    small.shop.transaction(() => {
      publish(small.world, small.shop, "orders/paid", {});
      throw new Error("no");
    }),
  ).toThrow("no");
  expect(queued()).toEqual([]);
});

test("a topic that does not exist is refused loudly", () => {
  expect(() => publish(small.world, small.shop, "orders/payed", {})).toThrow("orders/payed");
});

test("topics and their scopes are those of the official enum", async () => {
  const { schema } = await loadAdminSchema();
  const type = schema.getType("WebhookSubscriptionTopic");
  if (!isEnumType(type)) throw new Error("no enum");
  for (const topic of TOPICS.filter((each) => !isCompliance(each))) {
    const value = type.getValue(enumOfTopic(topic));
    expect(value, topic).toBeTruthy();
    expect(topicOfEnum(enumOfTopic(topic))).toBe(topic);
    const described = value?.description?.match(/\bread_[a-z_]+/g) ?? [];
    const isOpen = mayHear(topic, []);
    expect(isOpen, topic).toBe(described.length === 0);
    if (!isOpen)
      expect(
        described.some((scope) => mayHear(topic, [scope])),
        topic,
      ).toBe(true);
  }
});
