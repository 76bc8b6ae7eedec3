import { beforeAll, expect, it } from "vitest";
import type { Context, ShopperActor } from "~/context";
import type { Database } from "~/db.server";
import { ensurePartitions } from "~/events/partitions";
import { newId } from "~/platform/ids";
import { forgetOld } from "~/privacy/forget-old";
import { say } from "../support/chat";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";

let db: Database;
let shop: TestShop;
const now = new Date("2026-11-21T12:00:00Z");
const day = 86_400_000;
const before = (days: number): Date => new Date(now.getTime() - days * day);

beforeAll(async () => {
  db = await testDatabase();
  shop = await testShop(db);
});

async function visitor(days: number): Promise<Context<ShopperActor>> {
  const shopper = await shop.shopper();
  const where = { shopId_id: { shopId: shop.base.shop.id, id: shopper.actor.visitorId } };
  await db.prisma.visitor.update({ where, data: { lastSeenAt: before(days) } });
  return shopper;
}

async function view(shopper: Context<ShopperActor>, days: number): Promise<void> {
  const at = before(days);
  const data = { shopId: shop.base.shop.id, id: newId(at), at, visitorId: shopper.actor.visitorId, path: "/" };
  await db.prisma.pageView.create({ data });
}

const fact = (at: Date) =>
  db.prisma.event.create({ data: { shopId: shop.base.shop.id, at, kind: "visitor.viewed", actor: "shopper" } });
const there = async (shopper: Context<ShopperActor>) =>
  (await db.prisma.visitor.count({ where: { id: shopper.actor.visitorId } })) === 1;
const run = () => forgetOld({ db, clock: shop.clock, signals: shop.signals });

it("forgets browsers that left nothing after 30 days, with what they looked at, and keeps all others", async () => {
  const silent = await visitor(31);
  await view(silent, 31);
  const recent = await visitor(29);
  const chatted = await visitor(400);
  await say(chatted, null, "Hello");
  await db.prisma.visitor.updateMany({ where: { id: chatted.actor.visitorId }, data: { lastSeenAt: before(400) } });
  const bought = await visitor(400);
  await db.prisma.cart.create({
    data: {
      shopId: shop.base.shop.id,
      id: newId(),
      visitorId: bought.actor.visitorId,
      currency: "EUR",
      total: 1,
      itemCount: 1,
      lines: [],
      discountCodes: [],
      status: "ordered",
      source: "storefront",
      snapshotAt: now,
      createdAt: now,
      changedAt: now,
    },
  });
  expect(await run()).toMatchObject({ visitors: 1 });
  expect(await Promise.all([silent, recent, chatted, bought].map(there))).toEqual([false, true, true, true]);
  expect(await db.prisma.pageView.count()).toBe(0);
  expect(await run()).toMatchObject({ visitors: 0, pageViews: 0, events: 0, months: [] });
});

it("does more than one portion in a run", async () => {
  const data = Array.from({ length: 2_300 }, () => {
    const id = newId();
    return { shopId: shop.base.shop.id, id, keyHash: id, firstSeenAt: before(60), lastSeenAt: before(60) };
  });
  await db.prisma.visitor.createMany({ data });
  expect(await run()).toMatchObject({ visitors: 2_300 });
});

it("drops the months that are over, and removes single rows of the one that is not", async () => {
  await ensurePartitions(db.locks, new Date("2025-08-05T00:00:00Z"));
  await ensurePartitions(db.locks, new Date("2026-07-05T00:00:00Z"));
  const shopper = await visitor(1);
  for (const days of [91, 89, 130]) await view(shopper, days);
  // Thirteen months before is 21 October 2025: September is over, October is not, and March 2025 has no partition.
  for (const at of ["2025-03-05", "2025-09-30", "2025-10-02", "2025-11-02"]) await fact(new Date(at));
  const reader = await db.locks.connect();
  await reader.query("BEGIN");
  await reader.query(`SELECT 1 FROM "event" LIMIT 1`);
  await expect(run()).rejects.toMatchObject({ code: "55P03" });
  await reader.query("ROLLBACK");
  reader.release();
  const gone = await run();
  expect(gone.months).toEqual(["event_2025_08", "event_2025_09"]);
  expect(gone).toMatchObject({ events: 1 });
  const left = await db.prisma.event.findMany({ where: { kind: "visitor.viewed" }, orderBy: { at: "asc" } });
  expect(left.map(({ at }) => at.toISOString().slice(0, 10))).toEqual(["2025-10-02", "2025-11-02"]);
  const views = await db.prisma.pageView.findMany({ where: { visitorId: shopper.actor.visitorId } });
  expect(views.map(({ at }) => at)).toEqual([before(89)]);
}, 20_000);
