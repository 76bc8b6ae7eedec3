import { beforeAll, describe, expect, it } from "vitest";
import type { Context, ShopperActor, StaffActor } from "~/context";
import { assign } from "~/conversations/assign";
import { close } from "~/conversations/close";
import { note } from "~/conversations/note";
import { receive } from "~/conversations/receive";
import { reply } from "~/conversations/reply";
import { staffSeen } from "~/conversations/seen";
import { snooze } from "~/conversations/snooze";
import type { Database } from "~/db.server";
import { counts } from "~/inbox/counts";
import { belongs, inboxViews } from "~/inbox/inbox-row";
import { list } from "~/inbox/list";
import { newId } from "~/platform/ids";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";

let db: Database;
let shop: TestShop;
let anna: Context<StaffActor>;

beforeAll(async () => {
  db = await testDatabase();
  shop = await testShop(db);
  anna = await shop.staff("Anna Berg");
});

/** A chat of a new browser with one message, a second later than the one before. */
async function chat(text = "Where is my parcel?", by: TestShop = shop) {
  by.clock.advance(1_000);
  const shopper = await by.shopper();
  const message = await receive(shopper, { conversationId: null, text, clientKey: newId(), attachmentIds: [] });
  return { id: message.conversationId, shopper, position: message.position };
}

const say = (shopper: Context<ShopperActor>, conversationId: string, text: string) =>
  receive(shopper, { conversationId, text, clientKey: newId(), attachmentIds: [] });

const row = async (ctx: Context<StaffActor>, id: string) =>
  (await list(ctx, { view: "open", limit: 100 })).rows.find((one) => one.id === id);

describe("list", () => {
  it("puts each conversation into exactly the lists that the page would", async () => {
    const fresh = await testShop(db);
    const me = await fresh.staff("Me");
    const other = await fresh.staff("Other");
    const made = await Promise.all(Array.from({ length: 7 }, (_, number) => chat(`question ${number}`, fresh)));
    const [, mine, theirs, snoozed, closed, mineSnoozed, mineClosed] = made.map((one) => one.id) as string[];
    for (const id of [mine, mineSnoozed, mineClosed] as string[]) {
      await assign(me, { conversationId: id, staffId: me.actor.id });
    }
    await assign(me, { conversationId: theirs as string, staffId: other.actor.id });
    const until = new Date(fresh.clock.now().getTime() + 3_600_000);
    for (const id of [snoozed, mineSnoozed] as string[]) await snooze(me, { conversationId: id, until });
    for (const id of [closed, mineClosed] as string[]) await close(me, id);

    const all = (await Promise.all(inboxViews.map((view) => list(me, { view })))).map((page) => page.rows);
    const every = [...new Map(all.flat().map((one) => [one.id, one])).values()];
    expect(every).toHaveLength(7);
    for (const [index, view] of inboxViews.entries()) {
      const wanted = every.filter((one) => belongs(one, view, me.actor.id)).map((one) => one.id);
      expect(all[index]?.map((one) => one.id).sort()).toEqual(wanted.sort());
    }
    expect(all.map((rows) => rows.length)).toEqual([1, 1, 3, 2, 2]);
    expect(await counts(me)).toEqual({ mine: 1, unassigned: 1, open: 3, snoozed: 2, closed: 2 });
    expect(await counts(other)).toMatchObject({ mine: 1, open: 3 });
    expect(all[3]?.[0]?.snoozedUntil).toBe(until.toISOString());
  });

  it("says who waits, since when, and what was said last", async () => {
    const { id, shopper } = await chat("  Do you\nship   to <b>Norway</b>?  ");
    const since = shop.clock.now().toISOString();
    shop.clock.advance(60_000);
    await say(shopper, id, "Hello?");
    expect(await row(anna, id)).toMatchObject({
      channel: "chat",
      status: "open",
      lastMessageText: "Hello?",
      lastMessageFrom: "shopper",
      lastMessageAt: shop.clock.now().toISOString(),
      waitingSince: since,
      customerName: null,
      customerEmail: null,
      customerPhone: null,
      addressProven: false,
      shopifyCustomerId: null,
      assigneeId: null,
      assigneeName: null,
      cart: null,
    });
    const position = (await row(anna, id))?.position ?? 0;
    await reply(anna, {
      conversationId: id,
      text: "We do.",
      clientKey: newId(),
      attachmentIds: [],
      seenPosition: position,
    });
    expect(await row(anna, id)).toMatchObject({
      lastMessageText: "We do.",
      lastMessageFrom: "staff",
      waitingSince: null,
      assigneeId: anna.actor.id,
      assigneeName: "Anna Berg",
    });
  });

  it("calls unread what the shopper wrote after the reader last read, for each reader", async () => {
    const bo = await shop.staff("Bo Lind");
    const { id, shopper, position } = await chat();
    expect((await row(anna, id))?.unread).toBe(true);
    await staffSeen(anna, { conversationId: id, position });
    expect((await row(anna, id))?.unread).toBe(false);
    expect((await row(bo, id))?.unread).toBe(true);
    await note(bo, { conversationId: id, text: "She is a regular.", clientKey: newId() });
    expect((await row(anna, id))?.unread).toBe(false);
    await say(shopper, id, "And the green one?");
    expect((await row(anna, id))?.unread).toBe(true);
  });

  it("shows the latest active cart of the browser, and none that is empty or ordered", async () => {
    const { id, shopper } = await chat();
    const cart = (status: string, itemCount: number, minutes: number) => ({
      shopId: anna.shop.id,
      id: newId(),
      visitorId: shopper.actor.visitorId,
      currency: "EUR",
      total: itemCount * 1_990,
      itemCount,
      lines: [],
      status,
      source: "storefront",
      snapshotAt: shop.clock.now(),
      createdAt: shop.clock.now(),
      changedAt: new Date(shop.clock.now().getTime() + minutes * 60_000),
    });
    await db.prisma.cart.createMany({ data: [cart("ordered", 5, 9), cart("active", 0, 8)] });
    expect((await row(anna, id))?.cart).toBeNull();
    await db.prisma.cart.createMany({ data: [cart("active", 2, 1), cart("active", 3, 2)] });
    expect((await row(anna, id))?.cart).toEqual({ total: 5_970, currency: "EUR", itemCount: 3 });
  });

  it("pages through every conversation once, newest first, also where times are equal", async () => {
    const fresh = await testShop(db);
    const me = await fresh.staff();
    for (let minute = 0; minute < 4; minute += 1) {
      await Promise.all(
        Array.from({ length: 5 }, async () => {
          const shopper = await fresh.shopper();
          await receive(shopper, { conversationId: null, text: "Hi", clientKey: newId(), attachmentIds: [] });
        }),
      );
      fresh.clock.advance(60_000);
    }
    for (const view of ["unassigned", "open"] as const) {
      const seen: { id: string; at: string }[] = [];
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof list>> = await list(me, { view, cursor, limit: 3 });
        expect(page.rows.length).toBeLessThanOrEqual(3);
        seen.push(...page.rows.map((one) => ({ id: one.id, at: one.lastMessageAt })));
        cursor = page.nextCursor;
      } while (cursor);
      expect(seen).toHaveLength(20);
      expect(new Set(seen.map((one) => one.id)).size).toBe(20);
      expect(seen.map((one) => one.at)).toEqual([...seen.map((one) => one.at)].sort().reverse());
    }
    expect((await list(me, { view: "open", limit: 20 })).nextCursor).toBeNull();
  });

  it("shows nothing of another shop", async () => {
    const other = await testShop(db);
    const stranger = await other.staff();
    await chat();
    for (const view of inboxViews) expect((await list(stranger, { view })).rows).toEqual([]);
    expect(await counts(stranger)).toEqual({ mine: 0, unassigned: 0, open: 0, snoozed: 0, closed: 0 });
  });

  it("refuses a cursor that is not its own, and keeps the page's size within bounds", async () => {
    for (const cursor of ["x", "1.2", "99999999999999999.abc", `${Date.now()}.'; DROP TABLE conversation`]) {
      await expect(list(anna, { view: "open", cursor })).rejects.toMatchObject({ status: 422 });
    }
    expect((await list(anna, { view: "open", limit: -5 })).rows).toHaveLength(1);
    expect((await list(anna, { view: "open", limit: 1e9 })).rows.length).toBeLessThanOrEqual(100);
  });
});

describe("counts", () => {
  it("stops at a thousand", async () => {
    const fresh = await testShop(db);
    const me = await fresh.staff();
    const customerId = newId();
    await db.prisma.customer.create({
      data: { shopId: me.shop.id, id: customerId, createdAt: new Date(), updatedAt: new Date() },
    });
    await db.sql.query(
      `INSERT INTO "conversation" ("shopId", "id", "customerId", "channel", "status", "lastMessageAt", "openedAt")
       SELECT $1, gen_random_uuid(), $2, 'chat', 'open', now(), now() FROM generate_series(1, 1200)`,
      [me.shop.id, customerId],
    );
    expect(await counts(me)).toEqual({ mine: 0, unassigned: 1_000, open: 1_000, snoozed: 0, closed: 0 });
  });
});
