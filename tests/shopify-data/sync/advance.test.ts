import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { install } from "~/shop/install";
import { kinds } from "~/shopify-data/kinds";
import { mostPreparing, syncShop, syncShops } from "~/shopify-data/sync/advance";
import { catchUp } from "~/shopify-data/sync/catch-up";
import { deniedFields } from "~/shopify-data/sync/denied";
import { bulkFinished, startSync } from "~/shopify-data/sync/start";
import { bulkRunner } from "../../../dev/shopify/admin-api/bulk/runner";
import { bulkTrouble, resetBulkTrouble } from "../../../dev/shopify/admin-api/bulk/trouble";
import { putOrder } from "../../dev/shopify/admin-api/small-world";
import { type Stage, setStage } from "../../support/stage";

let stage: Stage;
const orders = 40;

beforeAll(async () => {
  stage = await setStage();
  for (let number = 0; number < orders; number += 1) {
    putOrder(stage.small, number % 50, { customerId: number % 3 === 0 ? null : 601 + (number % 3) });
  }
});

beforeEach(async () => {
  resetBulkTrouble(stage.small.world);
  const { prisma, sql } = stage.app.db;
  for (const table of ["shopify_customer", "shopify_order", "shopify_product", "timeline_entry", "shopify_denied"]) {
    await sql.query(`DELETE FROM "${table}"`);
  }
  await prisma.syncRun.deleteMany();
  await prisma.shop.update({ where: { id: stage.staff.shop.id }, data: { uninstalledAt: null } });
  stage.small.shop.put("shop", "shop", { ...stage.small.shop.settings(), unapprovedFields: [] });
});

const shopId = () => stage.staff.shop.id;
const start = (options = {}) => stage.app.db.prisma.$transaction((tx) => startSync(tx, stage.staff, options));
const runs = async () =>
  Object.fromEntries(
    (await stage.app.db.prisma.syncRun.findMany({ where: { shopId: shopId() } })).map((run) => [run.kind, run]),
  );
const states = async () => Object.fromEntries(Object.entries(await runs()).map(([kind, run]) => [kind, run.state]));
const settled = () => bulkRunner(stage.small.world).settled();

/** Carries the sync on until nothing is left of it, as the jobs would. */
async function toTheEnd(): Promise<void> {
  for (let step = 0; step < 40; step += 1) {
    await syncShop(stage.app, { shopId: shopId() });
    await settled();
    stage.clock.advance(30_000);
    if (Object.values(await states()).every((state) => !["waiting", "preparing", "reading"].includes(state))) return;
  }
  throw new Error("the sync does not end");
}

async function mirror(): Promise<string[]> {
  const { rows } = await stage.app.db.sql.query<{ line: string }>(
    `SELECT (to_jsonb(t) - 'toldAt')::text AS line FROM "shopify_order" t UNION ALL
     SELECT (to_jsonb(t) - 'toldAt')::text FROM "shopify_customer" t UNION ALL
     SELECT (to_jsonb(t) - 'toldAt')::text FROM "shopify_product" t UNION ALL
     SELECT to_jsonb(t)::text FROM "timeline_entry" t ORDER BY 1`,
  );
  return rows.map((row) => row.line);
}

describe("a sync", () => {
  it("brings everything that Shopify has, and a second one changes nothing", async () => {
    expect(await start()).toBe(true);
    await toTheEnd();
    expect(await states()).toEqual(Object.fromEntries(kinds.map((kind) => [kind, "done"])));
    const first = await runs();
    expect(first.customers).toMatchObject({ read: 3, created: 3, malformed: 0 });
    expect(first.orders).toMatchObject({ read: orders, created: orders, rootCount: orders });
    expect(first.products).toMatchObject({ created: 3 });
    const order = await stage.app.db.prisma.shopifyOrder.findFirstOrThrow({ where: { name: "#1002" } });
    expect(order).toMatchObject({ currency: "EUR", customerId: "gid://shopify/Customer/602", financialStatus: "paid" });
    expect(order.lines).toMatchObject([{ title: "Field Jacket", quantity: 2, variantTitle: "Olive / M" }]);
    const before = await mirror();
    stage.clock.advance(60_000);
    await start();
    await toTheEnd();
    expect(await mirror()).toEqual(before);
    expect((await runs()).orders).toMatchObject({ created: 0, changed: 0, unchanged: orders });
  });

  it("asks for no more files at once than it may", async () => {
    bulkTrouble(stage.small.world).pause = 50;
    await start();
    await syncShop(stage.app, { shopId: shopId() });
    const preparing = Object.values(await states()).filter((state) => state === "preparing");
    expect(preparing).toHaveLength(mostPreparing);
    await toTheEnd();
  });

  it("that is started twice is one", async () => {
    expect(await start()).toBe(true);
    expect(await Promise.all([start(), start()])).toEqual([false, false]);
    const before = stage.small.shop.all("bulkOperation").length;
    await Promise.all([syncShop(stage.app, { shopId: shopId() }), syncShop(stage.app, { shopId: shopId() })]);
    await settled();
    await toTheEnd();
    expect(stage.small.shop.all("bulkOperation").length - before).toBe(kinds.length);
  });

  it("goes on when the connection to the file breaks again and again", async () => {
    bulkTrouble(stage.small.world).breakAfter = 20_000;
    await start();
    await toTheEnd();
    expect((await runs()).orders).toMatchObject({ state: "done", created: orders, malformed: 0 });
  });

  it("keeps what Shopify had before it failed, and asks again for the rest", async () => {
    bulkTrouble(stage.small.world).failHalfWay = true;
    await start();
    for (let step = 0; step < 3; step += 1) {
      await syncShop(stage.app, { shopId: shopId() });
      await settled();
    }
    expect(await stage.app.db.prisma.shopifyCustomer.count()).toBeGreaterThan(0);
    resetBulkTrouble(stage.small.world);
    await toTheEnd();
    expect(await states()).toEqual(Object.fromEntries(kinds.map((kind) => [kind, "done"])));
    expect(await stage.app.db.prisma.shopifyOrder.count()).toBe(orders);
  });

  it("gives up with a plain word when Shopify fails each time", async () => {
    bulkTrouble(stage.small.world).failHalfWay = true;
    await start();
    await toTheEnd();
    expect((await runs()).orders).toMatchObject({ state: "failed", problem: "shopify-failed" });
  });

  it("that failed at Shopify is begun anew an hour later, and one that is not permitted is not", async () => {
    bulkTrouble(stage.small.world).failHalfWay = true;
    await start();
    await toTheEnd();
    resetBulkTrouble(stage.small.world);
    await stage.app.db.prisma.syncRun.updateMany({
      where: { kind: "companies" },
      data: { state: "failed", problem: "not-permitted" },
    });
    await syncShops(stage.app);
    expect((await states()).orders).toBe("failed");
    stage.clock.advance(3_700_000);
    await syncShops(stage.app);
    expect(await runs()).toMatchObject({ orders: { state: "waiting", tries: 0 }, companies: { state: "failed" } });
    await toTheEnd();
    expect(await states()).toMatchObject({ customers: "done", orders: "done", companies: "failed" });
    expect(await stage.app.db.prisma.shopifyOrder.count()).toBe(orders);
  });

  it("forgets the malformed lines of a file when it asks for the next one", async () => {
    const { prisma } = stage.app.db;
    const line = { shopId: shopId(), line: 1, offset: 0n, length: 9, reason: "no JSON" };
    await start();
    await toTheEnd();
    await prisma.syncLine.deleteMany();
    await prisma.syncLine.createMany({
      data: [
        { ...line, kind: "orders" },
        { ...line, kind: "products" },
      ],
    });
    await prisma.$transaction((tx) => catchUp(tx, stage.staff, "orders", stage.clock.now()));
    await toTheEnd();
    expect((await prisma.syncLine.findMany()).map((one) => one.kind)).toEqual(["products"]);
  });

  it("counts and shows malformed lines, and keeps the rest", async () => {
    bulkTrouble(stage.small.world).malformedEvery = 9;
    await start();
    await toTheEnd();
    const { orders: run } = await runs();
    expect(run?.state).toBe("done");
    expect(run?.malformed).toBeGreaterThan(0);
    const lines = await stage.app.db.prisma.syncLine.findMany({ where: { kind: "orders" } });
    expect(lines).toHaveLength(run?.malformed ?? 0);
    expect(new Set(lines.map((one) => one.reason))).toEqual(new Set(["no JSON"]));
  });

  it("tells what may not be seen from what is empty", async () => {
    stage.small.shop.put("shop", "shop", { ...stage.small.shop.settings(), unapprovedFields: ["Customer.email"] });
    await start();
    await toTheEnd();
    const denied = await deniedFields(stage.staff);
    expect(denied.find((one) => one.kind === "customers")?.fields).toEqual(["emailAddress"]);
    const ada = await stage.app.db.prisma.shopifyCustomer.findFirstOrThrow({
      where: { id: "gid://shopify/Customer/601" },
    });
    expect(ada).toMatchObject({ firstName: "Ada", email: null, emailKey: null });
    stage.small.shop.put("shop", "shop", { ...stage.small.shop.settings(), unapprovedFields: [] });
    stage.clock.advance(1_000);
    await start();
    await toTheEnd();
    expect((await deniedFields(stage.staff)).filter((one) => one.fields.length > 0)).toEqual([]);
  });

  it("stops where it stands when the app is uninstalled, and a new install begins anew", async () => {
    bulkTrouble(stage.small.world).pause = 20;
    await start();
    await syncShop(stage.app, { shopId: shopId() });
    await stage.app.db.prisma.shop.update({ where: { id: shopId() }, data: { uninstalledAt: new Date() } });
    await settled();
    await syncShop(stage.app, { shopId: shopId() });
    expect(new Set(Object.values(await states()))).toEqual(new Set(["stopped"]));
    await syncShops(stage.app);
    expect(new Set(Object.values(await states()))).toEqual(new Set(["stopped"]));
    await stage.app.db.prisma.shop.update({ where: { id: shopId() }, data: { uninstalledAt: null } });
    expect(await start({ anew: true })).toBe(true);
    await toTheEnd();
    expect(await stage.app.db.prisma.shopifyOrder.count()).toBe(orders);
  });

  it("begins with the install, once for two first opens, and anew with a later one", async () => {
    const { prisma } = stage.app.db;
    const uninstall = () => prisma.shop.update({ where: { id: shopId() }, data: { uninstalledAt: new Date() } });
    await uninstall();
    await Promise.all([install(stage.app, stage.staff.shop.domain), install(stage.app, stage.staff.shop.domain)]);
    expect(new Set(Object.values(await states()))).toEqual(new Set(["waiting"]));
    await syncShop(stage.app, { shopId: shopId() });
    await uninstall();
    await settled();
    await install(stage.app, stage.staff.shop.domain);
    expect(await runs()).toMatchObject({ customers: { state: "waiting", operationId: null, read: 0 } });
    await toTheEnd();
    expect(await prisma.shopifyOrder.count()).toBe(orders);
    await install(stage.app, stage.staff.shop.domain);
    expect((await states()).orders).toBe("done");
  });

  it("is begun for a shop that never had one, and looked at when Shopify says that a file is ready", async () => {
    await syncShops(stage.app);
    expect(new Set(Object.values(await states()))).toEqual(new Set(["waiting"]));
    await syncShop(stage.app, { shopId: shopId() });
    await settled();
    const [operation] = stage.small.shop.all("bulkOperation").slice(-1);
    const jobs = async () =>
      (await stage.app.db.sql.query(`SELECT run_at FROM graphile_worker.jobs WHERE key = $1`, [`sync ${shopId()}`]))
        .rows;
    await bulkFinished(stage.staff, `gid://shopify/BulkOperation/${operation?.id}`);
    expect((await jobs())[0].run_at.getTime()).toBeLessThanOrEqual(Date.now() + 1_000);
    await toTheEnd();
    expect(await stage.app.db.prisma.shopifyOrder.count()).toBe(orders);
  });
});
