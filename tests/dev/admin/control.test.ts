import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { resetSwitchboard } from "../../../dev/shopify/admin-api/switchboard";
import { publish } from "../../../dev/shopify/webhooks/publish";
import { resetWebhookTrouble } from "../../../dev/shopify/webhooks/trouble";
import { type LocalAdmin, startAdmin } from "./local-admin";

let admin: LocalAdmin;
let arrived: { topic: string; id: string; body: string }[] = [];

beforeAll(async () => {
  admin = await startAdmin((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on("end", () => {
      arrived.push({
        topic: String(request.headers["x-shopify-topic"]),
        id: String(request.headers["x-shopify-webhook-id"]),
        body,
      });
      response.end();
    });
  });
});
beforeEach(() => {
  arrived = [];
  resetWebhookTrouble(admin.shopify.world);
  resetSwitchboard(admin.shopify.world);
});
afterAll(() => admin.close());

function control(path: string, body: Record<string, string> | [string, string][] = {}): Promise<Response> {
  return fetch(`${admin.shopify.origin}/control${path}?shop=northwind-outfitters`, {
    method: "POST",
    body: new URLSearchParams(body),
    redirect: "manual",
  });
}

function tell(topic: string, payload: object): void {
  publish(admin.shopify.world, admin.shop, topic, payload);
}

test("deliveries are listed with what was sent, and one can be sent again under its own id", async () => {
  tell("shop/update", { id: 1, note: "<b>bold</b>" });
  await expect.poll(() => arrived.length).toBe(1);
  await expect.poll(() => admin.shop.all("webhookDelivery")[0]?.state).toBe("delivered");
  const page = await (await fetch(`${admin.shopify.origin}/control`)).text();
  expect(page).toContain("shop/update");
  expect(page).not.toContain("<b>bold</b>");
  expect((await control(`/webhooks/${arrived[0]?.id}/again`)).status).toBe(303);
  await expect.poll(() => arrived.length).toBe(2);
  expect(arrived[1]).toEqual(arrived[0]);
});

test("deliveries arrive twice, late, out of order or not at all, as asked", async () => {
  await control("/webhooks", { copies: "2", delay: "0" });
  tell("shop/update", { n: 1 });
  await expect.poll(() => arrived.length).toBe(2);
  expect(arrived[0]?.id).toBe(arrived[1]?.id);

  arrived = [];
  await control("/webhooks", { copies: "1", delay: "0", shuffle: "on" });
  tell("shop/update", { n: 1 });
  tell("shop/update", { n: 2 });
  await expect.poll(() => arrived.map((each) => JSON.parse(each.body).n)).toEqual([2, 1]);

  arrived = [];
  await control("/webhooks", { copies: "1", delay: "300" });
  tell("shop/update", { n: 3 });
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(arrived).toEqual([]);
  await expect.poll(() => arrived.length).toBe(1);

  arrived = [];
  await control("/webhooks", { copies: "1", delay: "0", lose: "shop/update" });
  tell("shop/update", { n: 4 });
  tell("app/uninstalled", { n: 5 });
  await expect.poll(() => arrived.map((each) => each.topic)).toEqual(["app/uninstalled"]);
  await control("/webhooks", { reset: "1" });
  tell("shop/update", { n: 6 });
  await expect.poll(() => arrived.length).toBe(2);
});

test("the Admin API is down, slow or throttled until it works again", async () => {
  const ask = async (): Promise<number> => {
    const { request } = await import("node:http");
    return new Promise((resolve, reject) => {
      const asked = request(
        `${admin.shopify.origin}/admin/api/2026-07/graphql.json`,
        { method: "POST", headers: { host: "northwind-outfitters.myshopify.com", "content-type": "application/json" } },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        },
      );
      asked.on("error", reject);
      asked.end('{"query":"{shop{name}}"}');
    });
  };
  await control("/admin-api", { state: "down" });
  expect(await ask()).toBe(503);
  await control("/admin-api", { state: "slow", milliseconds: "200" });
  const began = performance.now();
  // Without a token: what matters is that it answers again, and late.
  expect(await ask()).toBe(401);
  expect(performance.now() - began).toBeGreaterThan(190);
  await control("/admin-api", { state: "normal" });
  expect(await ask()).toBe(401);
});

test("what the review approves is set by level and datum, and what a test took away stays away", async () => {
  admin.shop.put("shop", "shop", { ...admin.shop.settings(), unapprovedFields: ["Order.note"] });
  await control("/fields", [
    ["level", "some"],
    ["approved", "name"],
  ]);
  expect(admin.shop.settings().unapprovedFields).toEqual([
    "Order.note",
    "Customer.email",
    "Customer.phone",
    "MailingAddress.address1",
  ]);
  await control("/fields", [["level", "none"]]);
  expect(admin.shop.settings().unapprovedFields).toContain("Customer");
  // "Approve all" is a button of the same form: its value comes after the chosen level's.
  await control("/fields", [
    ["level", "none"],
    ["level", "all"],
  ]);
  expect(admin.shop.settings().unapprovedFields).toEqual(["Order.note"]);
});
