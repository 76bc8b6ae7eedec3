import { createHmac, randomUUID } from "node:crypto";
import { Agent, request } from "node:http";

/** What is to be sent: so many a second, for so long, a share of it twice. */
export interface SendOrder {
  port: number;
  secret: string;
  domain: string;
  perSecond: number;
  seconds: number;
}

export interface SendResult {
  /** From the moment that a webhook was due until its answer was there. */
  milliseconds: number[];
  refused: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** About what an order with three lines weighs in Shopify's REST shape. */
const filler = Array.from({ length: 3 }, (_, line) => ({
  id: line,
  title: "Field Jacket",
  price: "199.00",
  properties: [{ name: "note", value: "x".repeat(1_500) }],
}));

process.on("message", (order: SendOrder) => {
  void send(order).then((result) => process.send?.(result));
});
process.on("disconnect", () => process.exit());
process.send?.({ ready: true });

/** Sends at its pace whatever the answers do, so that a slow door is seen as slow. */
async function send(order: SendOrder): Promise<SendResult> {
  const result: SendResult = { milliseconds: [], refused: 0 };
  const total = order.perSecond * order.seconds;
  const started = performance.now();
  const underway: Promise<void>[] = [];
  for (let count = 0; count < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - started) / 1_000) * order.perSecond) + 1);
    for (; count < due; count += 1) {
      const at = started + (count / order.perSecond) * 1_000;
      underway.push(
        one(order, count).then((status) => {
          result.milliseconds.push(performance.now() - at);
          if (status !== 200) result.refused += 1;
        }),
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await Promise.all(underway);
  return result;
}

function one({ port, secret, domain }: SendOrder, count: number): Promise<number> {
  const id = 1_000_000 + (count % 5_000);
  const at = new Date().toISOString();
  const body = JSON.stringify({ id, name: `#${id}`, created_at: at, updated_at: at, line_items: filler });
  return new Promise((resolve) => {
    const headers = {
      "Content-Type": "application/json",
      "Content-Length": Buffer.byteLength(body),
      "X-Shopify-Topic": "orders/updated",
      "X-Shopify-Hmac-Sha256": createHmac("sha256", secret).update(body).digest("base64"),
      "X-Shopify-Shop-Domain": domain,
      "X-Shopify-API-Version": "2026-07",
      "X-Shopify-Webhook-Id": randomUUID(),
      "X-Shopify-Triggered-At": at,
    };
    const asked = request({ port, host: "127.0.0.1", method: "POST", path: "/webhooks/orders", agent, headers });
    asked.on("response", (answer) => {
      answer.resume();
      answer.on("end", () => resolve(answer.statusCode ?? 0));
    });
    asked.on("error", () => resolve(0));
    asked.end(body);
  });
}
