import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Context, StaffActor } from "~/context";
import { note } from "~/conversations/note";
import { shopperReceipt, staffSeen } from "~/conversations/seen";
import { staffTyping } from "~/conversations/typing";
import type { Database } from "~/db.server";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { newId } from "~/platform/ids";
import { type Place, toCursor } from "~/realtime/cursor";
import { Hub } from "~/realtime/hub";
import { postgresBus } from "~/realtime/postgres-bus";
import { forShopper } from "~/realtime/shown-to-shopper";
import { type Chat, respond, say, startChat } from "../support/chat";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";
import { pause, TestEar, until } from "../support/listening";

let db: Database & { url: string };
let hub: Hub;
let shop: TestShop;
let anna: Context<StaffActor>;
let chat: Chat;
const hubs: Hub[] = [];

beforeAll(async () => {
  db = await testDatabase();
});

beforeEach(async () => {
  hub = await startHub();
  shop = await testShop(db);
  Object.assign(shop.base, { signals: hub });
  anna = { ...(await shop.staff("Anna Berg")), signals: hub };
  chat = await startChat(shop);
  chat.shopper = { ...chat.shopper, signals: hub };
  // Whatever a test listens to begins after this chat.
  await until(() => hubHas(chat), "the hub has read the beginning");
});

afterEach(async () => {
  await Promise.all(hubs.splice(0).map((one) => one.stop()));
});

async function startHub(): Promise<Hub> {
  const made = new Hub(db.sql);
  await made.start(postgresBus(db.url));
  hubs.push(made);
  return made;
}

async function hubHas(of: Chat): Promise<boolean> {
  hub.logGrew();
  const place = (hub as unknown as { reader: { place: Place } }).reader.place;
  const found = await db.sql.query<{ xid: string; id: string }>(
    `SELECT "xid", "id" FROM "event" WHERE "conversationId" = $1 ORDER BY "xid" DESC, "id" DESC LIMIT 1`,
    [of.id],
  );
  const last = found.rows[0];
  return last !== undefined && (place.xid > BigInt(last.xid) || place.id >= BigInt(last.id));
}

const staffEar = (ctx: Context<StaffActor> = anna) =>
  new TestEar({ as: "staff", shopId: ctx.shop.id, staffId: ctx.actor.id, staffName: ctx.actor.name });
const shopperEar = (who: Chat["shopper"] = chat.shopper) =>
  new TestEar({ as: "shopper", shopId: who.shop.id, visitorId: who.actor.visitorId, customerId: who.actor.customerId });

describe("live", () => {
  it("carries a message to staff and to its shopper, with the message itself", async () => {
    const [staff, shopper] = [await staffEar().join(hub), await shopperEar().join(hub)];
    const sent = await respond(anna, chat.id, "It left yesterday.");
    await until(() => shopper.events.some((event) => event.message), "the shopper has it");
    await until(() => staff.kinds.includes("message.sent"), "staff have it");
    expect(shopper.kinds).toEqual(["message.sent"]);
    expect(shopper.events[0]).toMatchObject({ position: sent.position, data: {}, actorId: null });
    expect(shopper.events[0]?.message).toEqual(forShopper(sent));
    expect(staff.kinds).toEqual(["conversation.assigned", "message.sent"]);
  });

  it("never tells a shopper of another shopper's, of notes, carts, page views or who is assigned", async () => {
    const other = await startChat(shop, "I am somebody else");
    await until(() => hubHas(other), "the hub has read the other chat");
    const [mine, theirs] = [await shopperEar().join(hub), await shopperEar(other.shopper).join(hub)];
    const staff = await staffEar().join(hub);
    await note(anna, { conversationId: chat.id, text: "careful with this one", clientKey: newId() });
    await change(anna, async (tx) => {
      const about = { visitorId: chat.shopper.actor.visitorId, cartId: newId(), conversationId: chat.id };
      await record(tx, anna, "cart.changed", { total: 1, itemCount: 1, currency: "EUR" }, about);
      await record(tx, anna, "visitor.viewed", { path: "/", title: null, productId: null }, about);
      await record(
        tx,
        anna,
        "draft-order.created",
        { draftOrderId: newId(), name: "#D1", total: 1, currency: "EUR" },
        about,
      );
      await record(tx, anna, "customer.identified", { grade: "claimed", identity: "email" }, about);
    });
    await shopperReceipt(chat.shopper, { conversationId: chat.id, position: 1, what: "delivered" });
    await respond(anna, other.id, "Hello, somebody else");
    await respond(anna, chat.id, "the end");
    await until(() => mine.kinds.includes("message.sent"), "the last one arrived");
    await until(() => staff.events.at(-1)?.message?.text === "the end", "staff have all");
    expect(mine.events.map((event) => [event.kind, event.message?.text])).toEqual([["message.sent", "the end"]]);
    expect(theirs.events.map((event) => event.message?.text)).toEqual(["Hello, somebody else"]);
    expect(JSON.stringify([mine.frames, theirs.frames])).not.toContain("careful");
    expect(JSON.stringify(mine.frames)).not.toContain(anna.actor.id);
    expect(staff.kinds).toEqual(
      expect.arrayContaining(["note.added", "cart.changed", "visitor.viewed", "draft-order.created"]),
    );
  });

  it("never carries anything from one shop to another's staff or shoppers", async () => {
    const elsewhere = await testShop(db);
    const stranger = await elsewhere.staff("Stranger");
    // Even with another shop's visitor id: a topic is not enough, the shop must be the same.
    const forged = new TestEar({
      as: "shopper",
      shopId: stranger.shop.id,
      visitorId: chat.shopper.actor.visitorId,
      customerId: null,
    });
    const ears = [await staffEar(stranger).join(hub), await forged.join(hub)];
    const own = await staffEar().join(hub);
    await say(chat.shopper, chat.id, "secret");
    await staffTyping(anna, chat.id);
    await until(() => own.kinds.includes("message.received"), "the shop's own staff have it");
    await pause(50);
    for (const ear of ears) expect(ear.frames.filter((frame) => frame.type !== "welcome")).toEqual([]);
  });

  it("tells the shopper up to where staff have read, without saying who", async () => {
    const shopper = await shopperEar().join(hub);
    await staffSeen(anna, { conversationId: chat.id, position: 1 });
    await until(() => shopper.kinds.includes("conversation.seen"), "it arrived");
    expect(shopper.events[0]?.data).toEqual({ by: "staff", position: 1 });
    expect(JSON.stringify(shopper.frames)).not.toContain(anna.actor.id);
  });

  it("carries typing to the other side and presence to shoppers only", async () => {
    const [staff, shopper] = [await staffEar().join(hub), await shopperEar().join(hub)];
    await staffTyping(anna, chat.id);
    hub.send({ kind: "staff-presence", shopId: shop.base.shop.id, someoneThere: true });
    expect(shopper.frames).toContainEqual({ type: "typing", conversationId: chat.id, by: "staff", name: "Anna Berg" });
    expect(shopper.frames).toContainEqual({ type: "presence", someoneThere: true });
    expect(staff.frames.map((frame) => frame.type)).not.toContain("presence");
  });
});

describe("a page that comes back", () => {
  it("gets exactly what it missed, once and in order", async () => {
    const ear = await staffEar().join(hub);
    await say(chat.shopper, chat.id, "one");
    await until(() => ear.events.length === 1, "the first arrived");
    hub.leave(ear);
    for (const text of ["two", "three", "four"]) await say(chat.shopper, chat.id, text);
    await until(async () => {
      const again = new TestEar(ear.listener);
      await again.join(hub, ear.cursor);
      hub.leave(again);
      return again.events.length === 3;
    }, "the hub has read on");
    await ear.join(hub);
    await say(chat.shopper, chat.id, "five");
    await until(() => ear.events.length === 5, "the live one arrived");
    expect(ear.events.map((event) => event.message?.text)).toEqual(["one", "two", "three", "four", "five"]);
  });

  it("misses and doubles nothing when it leaves and joins again and again while many write", async () => {
    const ear = staffEar();
    await ear.join(hub);
    const chats = await Promise.all(Array.from({ length: 6 }, () => startChat(shop)));
    let writing = true;
    const reconnecting = (async () => {
      while (writing) {
        hub.leave(ear);
        await pause(Math.random() * 10);
        await ear.join(hub);
        await pause(Math.random() * 10);
      }
    })();
    const texts: string[] = [];
    await Promise.all(
      chats.map(async ({ id, shopper }, writer) => {
        for (let turn = 0; turn < 25; turn += 1) {
          const text = `${writer}.${turn}`;
          await say({ ...shopper, signals: hub }, id, text);
          texts.push(text);
        }
      }),
    );
    writing = false;
    await reconnecting;
    const received = () =>
      ear.events.flatMap((event) => event.message?.text ?? []).filter((text) => /^\d+\.\d+$/.test(text));
    await until(() => received().length >= texts.length, "everything arrived");
    expect(received().sort()).toEqual(texts.sort());
    for (const { id } of chats) {
      const places = ear.events
        .filter((event) => event.conversationId === id && event.message)
        .map((one) => one.position);
      expect(places).toEqual([...places].sort((a, b) => Number(a) - Number(b)));
    }
  });

  it("after more than it can be sent is told to read anew, and goes on from there", async () => {
    const ear = await staffEar().join(hub);
    hub.leave(ear);
    await db.sql.query(
      `INSERT INTO "event" ("shopId", "at", "kind", "actor", "data")
       SELECT $1, now(), 'visitor.viewed', 'shopper', '{}' FROM generate_series(1, 600)`,
      [shop.base.shop.id],
    );
    const late = staffEar();
    await late.join(hub);
    hub.logGrew();
    await until(() => late.events.length === 600, "the hub has read on");
    ear.frames = [];
    await ear.join(hub);
    expect(ear.frames.map((frame) => frame.type)).toEqual(["reset"]);
    await say(chat.shopper, chat.id, "fresh");
    await until(() => ear.events.some((event) => event.message?.text === "fresh"), "it goes on");
    expect(ear.events).toHaveLength(1);
  });

  it("from very long ago is told to read anew without a search through the log", async () => {
    const ear = staffEar();
    Object.assign((hub as unknown as { reader: { place: Place } }).reader, { place: { xid: 10_000_000n, id: 5n } });
    await ear.join(hub, "12.1");
    expect(ear.frames).toEqual([{ type: "reset", cursor: "10000000.5" }]);
  });

  it("with a cursor that is none is welcomed from now on", async () => {
    for (const cursor of ["nonsense", "1.2.3", "", "-1.5"]) {
      const ear = await staffEar().join(hub, cursor);
      expect(ear.frames.map((frame) => frame.type)).toEqual(["welcome"]);
      expect(ear.cursor).toMatch(/^\d+\.\d+$/);
      hub.leave(ear);
    }
  });

  it("as a shopper gets what it missed of its own and nothing else", async () => {
    const shopper = await shopperEar().join(hub);
    const cursor = shopper.cursor as string;
    hub.leave(shopper);
    const other = await startChat(shop);
    await note(anna, { conversationId: chat.id, text: "not for them", clientKey: newId() });
    await respond(anna, other.id, "not for them either");
    await respond(anna, chat.id, "for you");
    await until(async () => {
      const again = await shopperEar().join(hub, cursor);
      hub.leave(again);
      return again.kinds.length > 0 && JSON.stringify(again.frames).includes("for you");
    }, "the hub has read on");
    const back = await shopperEar().join(hub, cursor);
    expect(back.events.map((event) => [event.kind, event.message?.text])).toEqual([["message.sent", "for you"]]);
  });

  it("signed in on two browsers hears of the chat on both", async () => {
    const row = await db.prisma.conversation.findFirstOrThrow({ where: { id: chat.id } });
    const phone = new TestEar({
      as: "shopper",
      shopId: shop.base.shop.id,
      visitorId: newId(),
      customerId: row.customerId,
    });
    await phone.join(hub);
    await respond(anna, chat.id, "on both");
    await until(() => phone.kinds.includes("message.sent"), "the phone has it");
    hub.leave(phone);
    const cursor = toCursor({ xid: 0n, id: 0n });
    const later = new TestEar(phone.listener);
    await later.join(hub, cursor);
    expect(later.events.map((event) => event.message?.text)).toContain("on both");
  });
});

describe("between processes", () => {
  it("carries facts and signals to a page on another process, signals once", async () => {
    const other = await startHub();
    const ear = await staffEar().join(other);
    const shopper = await shopperEar().join(other);
    await staffTyping(anna, chat.id);
    await say(chat.shopper, chat.id, "across");
    await until(() => ear.kinds.includes("message.received"), "the fact arrived");
    await until(() => shopper.frames.some((frame) => frame.type === "typing"), "the signal arrived");
    await pause(50);
    expect(shopper.frames.filter((frame) => frame.type === "typing")).toHaveLength(1);
    expect(ear.events).toHaveLength(1);
  });

  it("still arrives, by polling, while the LISTEN connection is gone, and fast again when it is back", async () => {
    const other = await startHub();
    const ear = await staffEar().join(other);
    const cutAll = () =>
      db.sql.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND application_name = 'throughline bus'`,
      );
    expect((await cutAll()).rowCount).toBe(2);
    await say(chat.shopper, chat.id, "in the dark");
    await until(() => ear.events.length === 1, "it arrived by polling");
    const listening = () =>
      db.sql.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'throughline bus'`,
      );
    await until(async () => (await listening()).rowCount === 2, "both listen again");
    await pause(50);
    const shopper = await shopperEar().join(other);
    await until(async () => {
      await staffTyping(anna, chat.id);
      await pause(20);
      return shopper.frames.some((frame) => frame.type === "typing");
    }, "signals pass again");
  });

  it("is not brought down by what anybody else puts on the channel", async () => {
    const ear = await staffEar().join(hub);
    for (const payload of [
      "",
      "{",
      "42",
      "null",
      '"log"',
      "[1,null,{}]",
      '["{", "null", "[]", "{\\"kind\\":\\"x\\"}"]',
    ]) {
      await db.sql.query("SELECT pg_notify('throughline', $1)", [payload]);
    }
    await say(chat.shopper, chat.id, "still here");
    await until(() => ear.kinds.includes("message.received"), "the hub lives");
  });
});

it("forgets a page that left", async () => {
  const ears = [await staffEar().join(hub), await shopperEar().join(hub)];
  expect(hub.size).toBe(2);
  for (const ear of ears) hub.leave(ear);
  expect(hub.size).toBe(0);
});
