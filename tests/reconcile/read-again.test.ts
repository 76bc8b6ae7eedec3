import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { noteDue, takeDue, takeUpDue } from "~/reconcile/due";
import { readAgain } from "~/reconcile/read-again";
import { action } from "~/routes/webhooks";
import { takeUpWebhooks } from "~/shopify/webhooks/handle-together";
import { mergeCustomers } from "../../dev/shopify/customers/merge";
import { planMerge } from "../../dev/shopify/customers/merge-plan";
import { gid, type OrderRecord } from "../../dev/shopify/records";
import {
  customerDeletedPayload,
  customerPayload,
  orderPayload,
  returnUpdatedPayload,
} from "../../dev/shopify/webhooks/payloads";
import { putOrder, SHOP } from "../dev/shopify/admin-api/small-world";
import { asShopify, countQuestions, differences, mirroredIds, pass, same, synced } from "../support/mirrored";
import { type Stage, setStage, webhook } from "../support/stage";

const minute = 60_000;
let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
  for (let day = 1; day < 5; day += 1) putOrder(stage.small, day);
  await synced(stage);
});

beforeEach(() => pass(stage, 5 * minute));

async function send(topic: string, payload: object, headers: Record<string, string> = {}): Promise<void> {
  const at = { "X-Shopify-Triggered-At": stage.small.world.clock().toISOString() };
  const request = webhook(SHOP, topic, JSON.stringify(payload), { ...at, ...headers });
  const context = { requestId: "test", address: "127.0.0.1" };
  const response = await action({ request, params: { subject: "orders" }, context });
  expect(response.status).toBe(200);
}

const shop = () => stage.small.shop;
const first = () => shop().all("order")[0] as OrderRecord;

function change(id: number, email: string): OrderRecord {
  const order = shop().get("order", id);
  if (!order) throw new Error("no such order");
  const changed = { ...order, email, updatedAt: stage.small.world.clock().toISOString() };
  shop().put("order", id, changed);
  return changed;
}

async function isSame(): Promise<void> {
  await stage.work();
  expect({ orders: await differences(stage, "orders"), customers: await differences(stage, "customers") }).toEqual({
    orders: same,
    customers: same,
  });
}

const waiting = () => stage.app.db.prisma.webhookDelivery.count({ where: { handledAt: null } });

describe("what webhooks tell of a record", () => {
  it("is read from Shopify once, however many tell of it", async () => {
    const order = change(first().id, "burst@example.com");
    const asked = countQuestions("OrderRecords");
    for (let count = 0; count < 30; count += 1) await send("orders/updated", orderPayload(shop(), order));
    await send("refunds/create", { id: 1, order_id: order.id });
    await send("fulfillment_events/create", { id: 1, fulfillment_id: 2, order_id: order.id });
    await stage.work();
    asked.stop();
    expect(asked.count).toBe(1);
    expect(await waiting()).toBe(0);
    expect(await stage.app.db.prisma.shopifyDue.count()).toBe(0);
    await isSame();
  });

  it("comes to the same repeated, late and in any order", async () => {
    let seed = 7;
    const random = (most: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % most;
    };
    const told: { topic: string; payload: object }[] = [];
    for (let step = 0; step < 40; step += 1) {
      pass(stage, random(3) * 400);
      const orders = shop().all("order");
      const one = orders[random(orders.length)] as OrderRecord;
      if (random(8) === 0) {
        shop().delete("order", one.id);
        told.push({ topic: "orders/delete", payload: { id: one.id } });
      } else if (random(5) === 0) {
        told.push({ topic: "orders/create", payload: orderPayload(shop(), putOrder(stage.small, 0)) });
      } else {
        const changed = change(one.id, `${step}@example.com`);
        told.push({ topic: "orders/updated", payload: orderPayload(shop(), changed) });
      }
      if (random(4) === 0) await stage.work();
      // One of those that wait, not in their order, and sometimes once more.
      const [next] = told.splice(random(told.length), 1);
      if (next) await send(next.topic, next.payload);
      if (next && random(3) === 0) told.push(next);
    }
    for (const next of told.reverse()) await send(next.topic, next.payload);
    await isSame();
  });

  it("does not come back by a late webhook once it is gone", async () => {
    const order = putOrder(stage.small, 0);
    await send("orders/create", orderPayload(shop(), order));
    await stage.work();
    pass(stage, minute);
    shop().delete("order", order.id);
    await send("orders/delete", { id: order.id });
    await stage.work();
    expect(await mirroredIds(stage, "orders")).not.toContain(gid("Order", order.id));
    await send("orders/updated", orderPayload(shop(), order));
    await send("orders/paid", orderPayload(shop(), order));
    await isSame();
  });

  it("is of no order while it is read: what is told meanwhile is read again", async () => {
    const ctx = asShopify(stage);
    const order = change(first().id, "before@example.com");
    const due = { kind: "orders" as const, id: gid("Order", order.id) };
    await stage.app.db.prisma.$transaction((tx) => noteDue(tx, ctx, [due]));
    const real = globalThis.fetch;
    let told = false;
    globalThis.fetch = async (input, init) => {
      const answer = await real(input, init);
      if (!told && String(init?.body).includes("OrderRecords")) {
        told = true;
        pass(stage, 1_000);
        change(order.id, "after@example.com");
        await stage.app.db.prisma.$transaction((tx) => noteDue(tx, ctx, [due]));
      }
      return answer;
    };
    await readAgain(ctx, "orders").finally(() => {
      globalThis.fetch = real;
    });
    expect(told).toBe(true);
    await isSame();
    const row = await stage.app.db.prisma.shopifyOrder.findFirstOrThrow({ where: { id: due.id } });
    expect(row.email).toBe("after@example.com");
  });

  it("is found also where a webhook names only the return", async () => {
    const at = stage.small.world.clock().toISOString();
    const order = first();
    const record = {
      id: shop().newId("return"),
      name: `${order.name}-R1`,
      status: "REQUESTED" as const,
      lines: [],
      decline: null,
      createdAt: at,
      requestApprovedAt: null,
      closedAt: null,
    };
    shop().put("order", order.id, { ...order, returns: [record] });
    await send("returns/update", returnUpdatedPayload(record, []));
    await stage.work();
    const row = await stage.app.db.prisma.shopifyOrder.findFirstOrThrow({ where: { id: gid("Order", order.id) } });
    expect(row.returns).toMatchObject([{ name: record.name, status: "requested" }]);
    await isSame();
  });

  it("is kept for somebody else when its reader is killed", async () => {
    const ctx = asShopify(stage);
    const order = change(first().id, "killed@example.com");
    await send("orders/updated", orderPayload(shop(), order));
    await stage.app.db.prisma.$transaction((tx) => noteDue(tx, ctx, [{ kind: "orders", id: gid("Order", order.id) }]));
    expect(await takeDue(ctx, "orders", 10)).toHaveLength(1);
    // Nobody else has it as long as it may be under way.
    expect(await takeDue(ctx, "orders", 10)).toHaveLength(0);
    pass(stage, 4 * minute);
    await readAgain(ctx, "orders");
    await isSame();
  });

  it("is read although the worker that had taken it was killed, and nobody asks for it any more", async () => {
    const ctx = asShopify(stage);
    const order = change(first().id, "forgotten@example.com");
    await stage.app.db.prisma.$transaction((tx) => noteDue(tx, ctx, [{ kind: "orders", id: gid("Order", order.id) }]));
    await takeDue(ctx, "orders", 10);
    // The killed one's job is given back, finds that all is taken, and ends.
    await readAgain(ctx, "orders");
    await stage.app.db.sql.query("DELETE FROM graphile_worker._private_jobs");
    await takeUpDue(stage.app);
    await stage.work();
    expect(await stage.app.db.prisma.shopifyDue.count()).toBe(1);
    pass(stage, 4 * minute);
    await takeUpDue(stage.app);
    await isSame();
    expect(await stage.app.db.prisma.shopifyDue.count()).toBe(0);
  });

  it("is handled although the worker that had taken it was killed, and the job is lost", async () => {
    const order = change(first().id, "lost@example.com");
    const client = await stage.app.db.sql.connect();
    await send("orders/updated", orderPayload(shop(), order));
    await client.query("BEGIN");
    await client.query(`SELECT 1 FROM "webhook_delivery" WHERE "together" AND "handledAt" IS NULL FOR UPDATE`);
    // Another worker's turn: nothing is free, and its job is done.
    await stage.work();
    expect(await waiting()).toBe(1);
    // The killed one's connection ends, and so does what it had begun.
    const { pid } = (await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid")).rows[0] ?? { pid: 0 };
    client.on("error", () => undefined);
    await stage.app.db.locks.query("SELECT pg_terminate_backend($1)", [pid]);
    client.release(true);
    pass(stage, minute);
    await takeUpWebhooks(stage.app);
    await isSame();
    expect(await waiting()).toBe(0);
  });

  it("waits for Shopify when that is down, and fails nothing", async () => {
    const order = change(first().id, "down@example.com");
    await send("orders/updated", orderPayload(shop(), order));
    stage.trouble.next = Array.from({ length: 4 }, () => "502" as const);
    await stage.work();
    stage.trouble.next = [];
    expect(await stage.app.db.prisma.shopifyDue.count()).toBe(1);
    await stage.app.db.sql.query("UPDATE graphile_worker._private_jobs SET run_at = now()");
    await isSame();
  });
});

describe("a customer", () => {
  it("whom we have met follows what Shopify knows; one that is deleted does not come back", async () => {
    const shopper = await stage.shopper({ signedInAs: gid("Customer", 603) });
    const known = shop().get("customer", 603);
    if (!known) throw new Error("no such customer");
    const changed = { ...known, firstName: "Cyra", updatedAt: stage.small.world.clock().toISOString() };
    shop().put("customer", 603, changed);
    await send("customers/update", customerPayload(shop(), changed));
    await stage.work();
    const where = { id: shopper.actor.customerId ?? "" };
    expect(await stage.app.db.prisma.customer.findFirst({ where })).toMatchObject({ name: "Cyra" });
    shop().delete("customer", 603);
    await send("customers/delete", customerDeletedPayload(changed));
    await stage.work();
    await send("customers/update", customerPayload(shop(), changed));
    await isSame();
    expect(await stage.app.db.prisma.customer.findFirst({ where })).toMatchObject({ shopifyCustomerId: null });
  });

  it("who was merged with another is marked, and what they bought is the other's", async () => {
    const order = putOrder(stage.small, 0, { customerId: 602 });
    await send("orders/create", orderPayload(shop(), order));
    await stage.work();
    pass(stage, minute);
    const { kept, deleted } = mergeTwo(602, 601);
    await stage.deliver();
    await isSame();
    const row = await stage.app.db.prisma.shopifyCustomer.findFirstOrThrow({ where: { id: deleted } });
    expect(row).toMatchObject({ mergedInto: kept, deletedAt: expect.any(Date), email: null });
    const bought = await stage.app.db.prisma.shopifyOrder.findFirstOrThrow({ where: { id: gid("Order", order.id) } });
    expect(bought.customerId).toBe(kept);
  });

  function mergeTwo(one: number, two: number): { kept: string; deleted: string } {
    const [first, second] = [shop().get("customer", one), shop().get("customer", two)];
    if (!first || !second) throw new Error("no such customers");
    const merge = mergeCustomers(stage.small.world, shop(), planMerge(shop(), first, second));
    return { kept: gid("Customer", merge.keptId), deleted: gid("Customer", merge.deletedId) };
  }
});
