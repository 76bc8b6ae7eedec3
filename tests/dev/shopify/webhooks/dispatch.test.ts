import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  type DispatcherOptions,
  startDispatcher,
  type WebhookDispatcher,
} from "../../../../dev/shopify/webhooks/dispatch";
import { publish } from "../../../../dev/shopify/webhooks/publish";
import { webhookTrouble } from "../../../../dev/shopify/webhooks/trouble";
import { SHOP, type SmallWorld, smallWorld } from "../admin-api/small-world";

interface Received {
  headers: Record<string, string | string[] | undefined>;
  body: string;
  path: string;
}

let small: SmallWorld;
let app: Server;
let received: Received[];
/** What the app answers next; 200 when there is nothing left. */
let answers: (number | "hang")[];
const dispatchers: WebhookDispatcher[] = [];

beforeEach(async () => {
  small = smallWorld();
  received = [];
  answers = [];
  app = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      received.push({ headers: request.headers, body, path: request.url ?? "" });
      const status = answers.shift() ?? 200;
      if (status !== "hang") response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
  small.world.app.origin = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
  small.world.app.subscriptions = [{ topic: "orders/paid", uri: "/webhooks/orders" }];
});

afterEach(async () => {
  await Promise.all(dispatchers.splice(0).map((each) => each.stop()));
  app.closeAllConnections();
  await new Promise((resolve) => app.close(resolve));
  small.close();
});

/** Pauses a ten-thousandth as long as Shopify's: 6 ms, 11 ms … */
function start(options: DispatcherOptions = {}): WebhookDispatcher {
  const dispatcher = startDispatcher(small.world, { pauseScale: 1e-4, ...options });
  dispatchers.push(dispatcher);
  return dispatcher;
}

const pay = (id: number) => publish(small.world, small.shop, "orders/paid", { id, name: "Müller ☕" });
const delivery = () => small.shop.all("webhookDelivery")[0];
const finished = () => vi.waitFor(() => expect(delivery()?.state).not.toBe("waiting"), { timeout: 8000 });

describe("a delivery", () => {
  test("carries Shopify's headers and a signature over the exact bytes", async () => {
    start();
    pay(7);
    await finished();
    const [{ headers, body, path } = { headers: {}, body: "", path: "" }] = received;
    expect(path).toBe("/webhooks/orders");
    expect(JSON.parse(body)).toEqual({ id: 7, name: "Müller ☕" });
    expect(headers).toMatchObject({
      "content-type": "application/json",
      "x-shopify-topic": "orders/paid",
      "x-shopify-shop-domain": SHOP,
      "x-shopify-api-version": "2026-07",
      "x-shopify-webhook-id": delivery()?.webhookId,
      "x-shopify-event-id": delivery()?.eventId,
      "x-shopify-triggered-at": "2026-11-21T12:00:00.000Z",
      "x-shopify-hmac-sha256": createHmac("sha256", "hush-hush-hush").update(Buffer.from(body)).digest("base64"),
    });
    expect(delivery()).toMatchObject({
      state: "delivered",
      nextAttemptAt: null,
      attempts: [{ status: 200, error: null }],
    });
  });

  test("is tried again until it is taken, always the same", async () => {
    answers = [500, 302, 404];
    start();
    pay(1);
    await finished();
    expect(delivery()?.attempts.map((each) => each.status)).toEqual([500, 302, 404, 200]);
    expect(new Set(received.map((each) => each.body + each.headers["x-shopify-webhook-id"])).size).toBe(1);
  });

  test("is given up after 8 retries; a subscription made through the API goes with it", async () => {
    const at = "2026-11-21T12:00:00.000Z";
    small.world.app.subscriptions = [];
    small.shop.put("webhookSubscription", 5, {
      id: 5,
      topic: "ORDERS_PAID",
      uri: `${small.world.app.origin}/made`,
      declared: false,
      includeFields: [],
      filter: null,
      createdAt: at,
      updatedAt: at,
    });
    answers = Array.from({ length: 20 }, () => 503);
    start({ pauseScale: 1e-6 });
    pay(1);
    await finished();
    expect(delivery()).toMatchObject({ state: "failed", nextAttemptAt: null });
    expect(received).toHaveLength(9);
    expect(small.shop.all("webhookSubscription")).toEqual([]);
  });

  test("that nobody answers in time, or at all, is a failed attempt", async () => {
    answers = ["hang"];
    start({ timeouts: { connect: 1000, total: 80 } });
    pay(1);
    await finished();
    expect(delivery()?.attempts).toMatchObject([{ status: null, error: "timed out" }, { status: 200 }]);
    small.world.app.origin = "http://127.0.0.1:9";
    pay(2);
    await vi.waitFor(() => expect(small.shop.all("webhookDelivery")[1]?.attempts[0]?.error).toMatch(/ECONNREFUSED/));
  });

  test("waits in the store while nobody delivers, and goes on after a restart", async () => {
    pay(1);
    answers = [500];
    const first = start({ pauseScale: 1e-3 });
    await vi.waitFor(() => expect(received).toHaveLength(1));
    await first.stop();
    const seen = received.length;
    expect(delivery()).toMatchObject({ state: "waiting" });
    small.pass(3_600_000);
    start();
    await finished();
    expect(received.length).toBe(seen + 1);
  });

  test("is forgotten after 300 newer ones, never while it waits", async () => {
    const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
    for (let index = 0; index < 310; index += 1) {
      const state = index === 0 ? "waiting" : "delivered";
      // Later ones have earlier keys: what counts is when they were triggered.
      const webhookId = String(1000 - index);
      small.shop.put("webhookDelivery", webhookId, {
        webhookId,
        eventId: "e",
        subscriptionId: -1,
        topic: "orders/paid",
        url: "http://127.0.0.1:9/",
        body: "{}",
        triggeredAt: at(index),
        attempts: [],
        nextAttemptAt: state === "waiting" ? "2030-01-01T00:00:00.000Z" : null,
        state,
      });
    }
    start();
    pay(1);
    await vi.waitFor(() => expect(received).toHaveLength(1));
    await vi.waitFor(() => expect(small.shop.all("webhookDelivery")).toHaveLength(301));
    expect(small.shop.get("webhookDelivery", "1000")?.state).toBe("waiting");
    expect(small.shop.get("webhookDelivery", "999")).toBeNull();
    expect(small.shop.get("webhookDelivery", "691")).not.toBeNull();
  });

  test("of a rolled-back change is never sent", async () => {
    start();
    expect(() =>
      small.shop.transaction(() => {
        pay(1);
        throw new Error("no");
      }),
    ).toThrow();
    pay(2);
    await finished();
    expect(received.map((each) => JSON.parse(each.body).id)).toEqual([2]);
  });
});

describe("trouble on demand", () => {
  const ids = () => received.map((each) => JSON.parse(each.body).id);

  test("copies arrive with the same webhook id", async () => {
    webhookTrouble(small.world).copies = 3;
    start();
    pay(1);
    await finished();
    expect(ids()).toEqual([1, 1, 1]);
    expect(new Set(received.map((each) => each.headers["x-shopify-webhook-id"])).size).toBe(1);
  });

  test("late ones come late", async () => {
    webhookTrouble(small.world).delay = 150;
    start();
    const started = performance.now();
    pay(1);
    await finished();
    expect(performance.now() - started).toBeGreaterThan(140);
  });

  test("shuffled ones come newest first", async () => {
    webhookTrouble(small.world).shuffle = true;
    start();
    for (const id of [1, 2, 3]) pay(id);
    await vi.waitFor(() => expect(received).toHaveLength(3), { timeout: 3000 });
    expect(ids()).toEqual([3, 2, 1]);
  });

  test("lost ones never come, and say so", async () => {
    webhookTrouble(small.world).lose = ["orders/paid"];
    start();
    pay(1);
    await finished();
    expect(received).toEqual([]);
    expect(delivery()).toMatchObject({ state: "failed", attempts: [{ status: null, error: "lost on demand" }] });
  });
});
