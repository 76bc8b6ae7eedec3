import { beforeAll, expect, it } from "vitest";
import type { Context, ShopperActor } from "~/context";
import type { Database } from "~/db.server";
import { ensurePartitions } from "~/events/partitions";
import { newId } from "~/platform/ids";
import { forgetOld } from "~/privacy/forget-old";
import { retentionShape } from "~/privacy/retention";
import { bounds, type Retention } from "~/privacy/retention-bounds";
import { retentionOf, saveRetention } from "~/privacy/save-retention";
import { say } from "../support/chat";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";

let db: Database;
let shop: TestShop;
const now = new Date("2026-11-21T12:00:00Z");
const day = 86_400_000;
const defaults = Object.fromEntries(
  Object.entries(bounds).map(([kind, { usual }]) => [kind, usual]),
) as unknown as Retention;
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
  db.prisma.event.create({ data: { shopId: shop.base.shop.id, at, kind: "cart.emptied", actor: "shopper" } });
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
  const left = await db.prisma.event.findMany({ where: { kind: "cart.emptied" }, orderBy: { at: "asc" } });
  expect(left.map(({ at }) => at.toISOString().slice(0, 10))).toEqual(["2025-10-02", "2025-11-02"]);
  const views = await db.prisma.pageView.findMany({ where: { visitorId: shopper.actor.visitorId } });
  expect(views.map(({ at }) => at)).toEqual([before(89)]);
}, 20_000);

const set = (retention: object) =>
  db.prisma.shop.updateMany({ where: { id: shop.base.shop.id }, data: { settings: { retention } as object } });

it("keeps each kind for as long as the merchant of the shop has set, and says what went where", async () => {
  const staff = await shop.staff();
  const other = await testShop(db);
  const [old, young] = [await visitor(1), await visitor(1)];
  const talks = await Promise.all([old, young].map((one) => say(one, null, "Hello")));
  const [gone, stays] = talks.map((message) => message.conversationId);
  const close = (id: string | undefined, days: number) =>
    db.prisma.conversation.updateMany({
      where: { id: id ?? "" },
      data: { status: "closed", closedAt: before(days), lastMessageAt: before(days) },
    });
  await db.prisma.pageView.deleteMany();
  await close(gone, 61);
  await close(stays, 59);
  await view(young, 11);
  await view(young, 9);
  await db.prisma.event.create({
    data: { shopId: shop.base.shop.id, at: before(11), kind: "visitor.viewed", actor: "shopper" },
  });
  expect(await run()).toMatchObject({ conversations: 0 });

  const input = { ...defaults, closedConversationDays: "60", pageViewDays: 10 };
  await saveRetention(staff, retentionShape.parse(input));
  shop.clock.advance(1_000);
  expect(await run()).toMatchObject({ conversations: 1, pageViews: 1 });
  expect(await db.prisma.conversation.findMany({ where: { id: { in: [gone ?? "", stays ?? ""] } } })).toMatchObject([
    { id: stays },
  ]);
  for (const conversationId of [gone ?? ""]) {
    expect(await db.prisma.message.count({ where: { conversationId } })).toBe(0);
    expect(await db.prisma.event.count({ where: { conversationId } })).toBe(0);
    expect(await db.prisma.timelineEntry.count({ where: { ref: conversationId } })).toBe(0);
  }
  expect(await db.prisma.event.count({ where: { kind: "visitor.viewed", at: before(11) } })).toBe(0);
  const { retention, lastRun } = await retentionOf(staff);
  expect(retention).toMatchObject({ closedConversationDays: 60, pageViewDays: 10, eventMonths: 13 });
  expect(lastRun).toMatchObject({ counts: { conversations: 1, pageViews: 1, visitors: 0 }, unfinished: false });
  expect((await retentionOf({ ...other.base, actor: { kind: "app" } })).lastRun?.counts).toMatchObject({
    conversations: 0,
  });
  const audited = await db.prisma.auditEntry.findMany({ where: { action: "retention.saved" } });
  expect(audited).toMatchObject([{ detail: { closedConversationDays: 60, pageViewDays: 10 } }]);
});

it("refuses what is out of bounds, and takes a broken setting for the usual one", async () => {
  for (const wrong of [
    { pageViewDays: 91 },
    { pageViewDays: "" },
    { webhookDays: 3 },
    { closedConversationDays: "soon" },
  ]) {
    expect(retentionShape.safeParse({ ...defaults, ...wrong }).success, JSON.stringify(wrong)).toBe(false);
  }
  expect(retentionShape.parse({ ...defaults, closedConversationDays: "" }).closedConversationDays).toBeNull();
  await set({ pageViewDays: 9_000, eventMonths: "x", closedConversationDays: -1 });
  expect((await retentionOf(await shop.staff())).retention).toEqual(defaults);
});

it("removes files after their time, and says so where a message was nothing else", async () => {
  await set({ ...defaults, attachmentDays: 30 });
  const shopper = await visitor(1);
  const { conversationId, id } = await say(shopper, null, "Look");
  const bare = await db.prisma.message.create({
    data: {
      shopId: shop.base.shop.id,
      id: newId(),
      conversationId,
      position: 99,
      author: "shopper",
      channel: "chat",
      text: "",
      clientKey: newId(),
      at: before(31),
    },
  });
  for (const [messageId, days] of [
    [id, 29],
    [bare.id, 31],
  ] as const) {
    const file = { name: "a.png", mediaType: "image/png", size: 1, content: Buffer.from("x") };
    await db.prisma.attachment.create({
      data: { ...file, shopId: shop.base.shop.id, id: newId(), owner: "visitor:x", messageId, at: before(days) },
    });
  }
  expect(await run()).toMatchObject({ files: 1 });
  expect(await db.prisma.message.findFirst({ where: { id: bare.id } })).toMatchObject({ text: "(file removed)" });
  expect(await db.prisma.attachment.findMany({ where: { shopId: shop.base.shop.id } })).toMatchObject([
    { messageId: id },
  ]);
});
