import { beforeAll, describe, expect, it } from "vitest";
import { readAgain } from "~/reconcile/read-again";
import { action } from "~/routes/webhooks";
import { handleTogether } from "~/shopify/webhooks/handle-together";
import { syncShop } from "~/shopify-data/sync/advance";
import { catchUp } from "~/shopify-data/sync/catch-up";
import { startSync } from "~/shopify-data/sync/start";
import { bulkRunner } from "../../dev/shopify/admin-api/bulk/runner";
import { gid, type OrderRecord } from "../../dev/shopify/records";
import { putOrder, SHOP } from "../dev/shopify/admin-api/small-world";
import { asShopify, countQuestions, pass } from "../support/mirrored";
import { type Stage, setStage, webhook } from "../support/stage";

const orders = 310;
let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
  for (let count = 0; count < orders; count += 1) putOrder(stage.small, 2);
  await stage.app.db.prisma.$transaction((tx) => startSync(tx, stage.staff));
  await files();
}, 60_000);

const shopId = () => stage.staff.shop.id;
const operations = () => stage.small.shop.all("bulkOperation");
const source = () => stage.small.shop.all("order");

/** Reads files until none is asked for any more, as the jobs would. */
async function files(): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    await syncShop(stage.app, { shopId: shopId() });
    await bulkRunner(stage.small.world).settled();
    pass(stage, 10_000);
    const active = await stage.app.db.prisma.syncRun.count({
      where: { shopId: shopId(), state: { notIn: ["done", "failed", "stopped"] } },
    });
    if (active === 0) return;
  }
  throw new Error("the files do not end");
}

function change(order: Readonly<OrderRecord>, email: string, at = stage.small.world.clock()): void {
  stage.small.shop.put("order", order.id, { ...order, email, updatedAt: at.toISOString() });
}

async function tell(order: { id: number }): Promise<void> {
  const request = webhook(SHOP, "orders/updated", JSON.stringify({ id: order.id }));
  const response = await action({
    request,
    params: { subject: "orders" },
    context: { requestId: "test", address: "127.0.0.1" },
  });
  expect(response.status).toBe(200);
}

const mirror = async () => {
  const rows = await stage.app.db.prisma.shopifyOrder.findMany({ where: { shopId: shopId(), deletedAt: null } });
  return rows.map(({ id, email }) => `${id} ${email}`).sort();
};
const truth = () =>
  source()
    .map(({ id, email }) => `${gid("Order", id)} ${email}`)
    .sort();

describe("a storm of webhooks", () => {
  it("is read as one file, and by themselves only those that do not stand in it", async () => {
    const before = operations().length;
    pass(stage, 3_600_000);
    for (const order of source()) change(order, `storm-${order.id}@example.com`);
    // A webhook that comes a day late is of a change before the file's window; another is of an order that is gone.
    const [late, gone] = source();
    if (!late || !gone) throw new Error("no orders");
    change(late, "late@example.com", new Date(stage.small.world.clock().getTime() - 86_400_000));
    stage.small.shop.delete("order", gone.id);
    pass(stage, 1_000);
    const asked = countQuestions("OrderRecords");
    const told = [...source(), { id: gone.id }];
    for (const order of [...told, ...told].reverse()) await tell(order);
    await stage.work();
    await files();
    await stage.work();
    asked.stop();
    expect(await mirror()).toEqual(truth());
    expect(operations()).toHaveLength(before + 1);
    expect(asked.count).toBe(2);
    expect(await stage.app.db.prisma.shopifyDue.count()).toBe(0);
    expect(await stage.app.db.prisma.webhookDelivery.count({ where: { handledAt: null } })).toBe(0);
  }, 60_000);

  it("that goes on while the file is read leaves nothing behind", async () => {
    pass(stage, 3_600_000);
    for (const order of source()) change(order, `first-${order.id}@example.com`);
    for (const order of source()) await tell(order);
    await stage.work();
    // Shopify has made the file by now; what changes from here on is not in it.
    await syncShop(stage.app, { shopId: shopId() });
    await bulkRunner(stage.small.world).settled();
    pass(stage, 5_000);
    for (const order of source().slice(0, 12)) change(order, `second-${order.id}@example.com`);
    for (const order of source().slice(0, 12)) await tell(order);
    await stage.work();
    await files();
    await stage.work();
    expect(await mirror()).toEqual(truth());
    expect(await stage.app.db.prisma.shopifyDue.count()).toBe(0);
  }, 60_000);

  it("is read one by one when the file does not come", async () => {
    const { prisma } = stage.app.db;
    pass(stage, 3_600_000);
    const [one] = source();
    if (!one) throw new Error("no orders");
    const now = stage.clock.now();
    await prisma.$transaction((tx) => catchUp(tx, stage.staff, "orders", now));
    change(one, "patient@example.com");
    await tell(one);
    const kept = () => prisma.shopifyOrder.count({ where: { email: "patient@example.com" } });
    await handleTogether(stage.app, { shopDomain: SHOP });
    await readAgain(asShopify(stage), "orders");
    expect(await kept()).toBe(0);
    pass(stage, 31 * 60_000);
    await readAgain(asShopify(stage), "orders");
    expect(await kept()).toBe(1);
  });
});
