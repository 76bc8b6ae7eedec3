import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Context, StaffActor } from "~/context";
import { assign } from "~/conversations/assign";
import { close } from "~/conversations/close";
import { conversationMessages } from "~/conversations/message-view";
import { note } from "~/conversations/note";
import { reopen } from "~/conversations/reopen";
import { reply } from "~/conversations/reply";
import { readUpTo, shopperReceipt, staffSeen } from "~/conversations/seen";
import { snooze } from "~/conversations/snooze";
import { shopperTyping, staffTyping } from "~/conversations/typing";
import type { Database } from "~/db.server";
import { newId } from "~/platform/ids";
import { type Chat, conversationRow, factsOf, respond, say, startChat, upload } from "../support/chat";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";

let db: Database;
let shop: TestShop;
let anna: Context<StaffActor>;
let chat: Chat;

beforeAll(async () => {
  db = await testDatabase();
  shop = await testShop(db);
  anna = await shop.staff("Anna Berg");
});

beforeEach(async () => {
  shop.signals.sent = [];
  chat = await startChat(shop);
});

const row = () => conversationRow(db, shop.base.shop.id, chat.id);

describe("reply", () => {
  it("answers, takes the conversation that was nobody's, and ends the shopper's wait", async () => {
    const sent = await respond(anna, chat.id, "It left our house yesterday.");
    expect(sent).toMatchObject({ author: "staff", staffName: "Anna Berg", channel: "chat", position: 3 });
    expect(await row()).toMatchObject({
      assigneeId: anna.actor.id,
      waitingSince: null,
      lastMessageFrom: "staff",
      lastMessageText: "It left our house yesterday.",
      position: 3,
    });
    expect((await factsOf(db, chat.id)).slice(0, 3)).toEqual([
      "message.received",
      "conversation.assigned",
      "message.sent",
    ]);
  });

  it("leaves a conversation with whoever has it", async () => {
    const bo = await shop.staff("Bo Lind");
    await assign(bo, { conversationId: chat.id, staffId: bo.actor.id });
    await respond(anna, chat.id, "I can help as well.");
    expect((await row()).assigneeId).toBe(bo.actor.id);
  });

  it("opens what was closed", async () => {
    await close(anna, chat.id);
    await respond(anna, chat.id, "One more thing.");
    expect(await row()).toMatchObject({ status: "open", closedAt: null });
  });

  it("is refused, with nothing written, when the shopper wrote something that the sender has not seen", async () => {
    const seen = chat.first.position;
    const newer = await say(chat.shopper, chat.id, "Wait, I found it!");
    const stale = { status: 409, code: "stale", position: newer.position };
    await expect(respond(anna, chat.id, "Sorry!", { seenPosition: seen })).rejects.toMatchObject(stale);
    expect(await row()).toMatchObject({ position: 2, assigneeId: null, lastMessageFrom: "shopper" });
    await respond(anna, chat.id, "Glad to hear!", { seenPosition: newer.position });
  });

  it("is held when a colleague has just answered, so that the shopper is not answered twice", async () => {
    const bo = await shop.staff("Bo Lind");
    const answered = await respond(bo, chat.id, "Let me look.");
    const stale = { status: 409, code: "stale", position: answered.position };
    await expect(respond(anna, chat.id, "Found it.", { seenPosition: chat.first.position })).rejects.toMatchObject(
      stale,
    );
    await respond(anna, chat.id, "Found it.", { seenPosition: answered.position });
  });

  it("is not held up by notes, facts and one's own replies that came after what was seen", async () => {
    const bo = await shop.staff("Bo Lind");
    await note(bo, { conversationId: chat.id, text: "VIP", clientKey: newId() });
    await respond(anna, chat.id, "Let me look.");
    await respond(anna, chat.id, "Found it.", { seenPosition: chat.first.position });
  });

  it("never slips past a message that arrives at the same moment", async () => {
    for (let round = 0; round < 10; round += 1) {
      const { id, shopper, first } = await startChat(shop);
      const [arrived, sent] = await Promise.allSettled([
        say(shopper, id, "Stop!"),
        respond(anna, id, "Sent to the old address.", { seenPosition: first.position }),
      ]);
      if (arrived.status !== "fulfilled") throw arrived.reason;
      if (sent.status === "fulfilled") expect(sent.value.position).toBeLessThan(arrived.value.position);
      else expect(sent.reason).toMatchObject({ code: "stale" });
    }
  });

  it("sent 20 times at the same moment is one message with one answer", async () => {
    const clientKey = newId();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => respond(anna, chat.id, "Once", { clientKey, seenPosition: 1 })),
    );
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(await db.prisma.message.count({ where: { conversationId: chat.id } })).toBe(2);
  });

  it("takes attachments of the sender only, each once", async () => {
    const own = await upload(db, shop.base.shop.id, `staff:${anna.actor.id}`);
    expect((await respond(anna, chat.id, "", { attachmentIds: [own] })).attachments).toHaveLength(1);
    const others = await upload(db, shop.base.shop.id, `visitor:${chat.shopper.actor.visitorId}`);
    for (const id of [own, others, newId(), "nonsense"]) {
      await expect(respond(anna, chat.id, "x", { attachmentIds: [id] })).rejects.toMatchObject({ status: 422 });
    }
    expect(await db.prisma.message.count({ where: { conversationId: chat.id } })).toBe(2);
  });
});

describe("note", () => {
  it("is kept once however often it comes, and is no message", async () => {
    const clientKey = newId();
    const input = { conversationId: chat.id, text: "She called yesterday.", clientKey };
    const made = await Promise.all(Array.from({ length: 10 }, () => note(anna, input)));
    expect(new Set(made.map((one) => one.id)).size).toBe(1);
    expect(await db.prisma.note.count({ where: { conversationId: chat.id } })).toBe(1);
    expect(await conversationMessages(db.sql, shop.base.shop.id, chat.id, { after: 0 })).toHaveLength(1);
    expect(await row()).toMatchObject({ lastMessageText: "Where is my parcel?", position: 2 });
    expect((await row()).waitingSince).not.toBeNull();
  });
});

describe("assign", () => {
  it("gives it to a member of the team, to nobody, and says so once", async () => {
    const bo = await shop.staff("Bo Lind");
    for (const staffId of [bo.actor.id, bo.actor.id, null, null])
      await assign(anna, { conversationId: chat.id, staffId });
    expect((await row()).assigneeId).toBeNull();
    const facts = await db.prisma.event.findMany({
      where: { conversationId: chat.id, kind: "conversation.assigned" },
      orderBy: { position: "asc" },
    });
    expect(facts.map((fact) => fact.data)).toEqual([
      { staffId: bo.actor.id, staffName: "Bo Lind" },
      { staffId: null, staffName: null },
    ]);
  });

  it("refuses who is not on this shop's team", async () => {
    const stranger = await (await testShop(db)).staff();
    for (const staffId of [stranger.actor.id, newId(), "nobody"]) {
      await expect(assign(anna, { conversationId: chat.id, staffId })).rejects.toMatchObject({ status: 422 });
    }
    expect(await row()).toMatchObject({ assigneeId: null, position: 1 });
  });
});

describe("close and reopen", () => {
  it("change what they say and do nothing the second time", async () => {
    await Promise.all([close(anna, chat.id), close(anna, chat.id), close(anna, chat.id)]);
    expect(await row()).toMatchObject({
      status: "closed",
      closedAt: shop.clock.now(),
      waitingSince: null,
      position: 2,
    });
    await Promise.all([reopen(anna, chat.id), reopen(anna, chat.id)]);
    expect(await row()).toMatchObject({ status: "open", closedAt: null, position: 3 });
  });
});

describe("snooze", () => {
  const hours = (count: number) => new Date(shop.clock.now().getTime() + count * 3_600_000);

  it.each([
    ["the past", -1],
    ["this very moment", 0],
    ["more than a year", 366 * 24],
    ["no time at all", Number.NaN],
  ])("refuses %s", async (_, ahead) => {
    await expect(snooze(anna, { conversationId: chat.id, until: hours(ahead) })).rejects.toMatchObject({
      status: 422,
      fields: [{ field: "until" }],
    });
    expect((await row()).status).toBe("open");
  });

  it("asks for one waking, however often it is set anew", async () => {
    await snooze(anna, { conversationId: chat.id, until: hours(1) });
    await snooze(anna, { conversationId: chat.id, until: hours(5) });
    const jobs = await db.sql.query(`SELECT run_at FROM graphile_worker.jobs WHERE key = $1`, [`wake:${chat.id}`]);
    expect(jobs.rows).toEqual([{ run_at: hours(5) }]);
  });

  it("is over at its time, also by a clock that is a little behind, and not before", async () => {
    await snooze(anna, { conversationId: chat.id, until: hours(1) });
    await reopen({ ...anna, actor: { kind: "app" } }, chat.id, "snooze-over");
    expect((await row()).status).toBe("snoozed");
    shop.clock.advance(3_600_000 - 2_000);
    await reopen({ ...anna, actor: { kind: "app" } }, chat.id, "snooze-over");
    expect(await row()).toMatchObject({ status: "open", snoozedUntil: null });
  });
});

describe("seen and delivered", () => {
  it("only go up, never past what there is, and say what is new", async () => {
    const sent = await respond(anna, chat.id, "Here.");
    const receipt = (position: number, what: "delivered" | "seen") =>
      shopperReceipt(chat.shopper, { conversationId: chat.id, position, what });
    await receipt(sent.position, "delivered");
    await receipt(1, "delivered");
    expect(await row()).toMatchObject({ shopperDelivered: sent.position, shopperSeen: 0 });
    await receipt(1_000_000, "seen");
    await receipt(1, "seen");
    await receipt(sent.position, "delivered");
    expect(await row()).toMatchObject({ shopperDelivered: sent.position, shopperSeen: sent.position });
    const facts = (await factsOf(db, chat.id)).filter(
      (kind) => kind.startsWith("conversation.s") || kind.includes("deliv"),
    );
    expect(facts).toEqual(["conversation.delivered", "conversation.seen"]);
  });

  it("of staff tells the shopper the first time that anybody reads", async () => {
    const bo = await shop.staff("Bo Lind");
    const telling = [anna, bo, anna].map((one) => staffSeen(one, { conversationId: chat.id, position: 1 }));
    for (const one of telling) await one;
    const facts = await db.prisma.event.findMany({ where: { conversationId: chat.id, kind: "conversation.seen" } });
    expect(facts.length).toBeGreaterThanOrEqual(1);
    expect(facts.every((fact) => JSON.stringify(fact.data) === '{"by":"staff","position":1}')).toBe(true);
  });

  it("of one member of staff never goes back when two pages tell at once", async () => {
    for (let turn = 0; turn < 8; turn += 1) await say(chat.shopper, chat.id, `message ${turn}`);
    for (let round = 0; round < 5; round += 1) {
      const bo = await shop.staff("Bo Lind");
      const positions = [9, 1, 8, 3, 5, 2, 7];
      await Promise.all(positions.map((position) => staffSeen(bo, { conversationId: chat.id, position })));
      const read = await db.prisma.conversationRead.findFirstOrThrow({ where: { staffId: bo.actor.id } });
      expect(read.position).toBe(9);
      expect(await readUpTo(bo, chat.id)).toBe(9);
    }
  });
});

it("holds an invoice from a page without the conversation back while its sender has not read what the shopper wrote", async () => {
  const bo = await shop.staff("Bo Lind");
  const send = async () =>
    reply(bo, {
      conversationId: chat.id,
      text: "Pay here",
      clientKey: newId(),
      attachmentIds: [],
      seenPosition: await readUpTo(bo, chat.id),
    });
  await expect(send()).rejects.toMatchObject({ code: "stale" });
  await staffSeen(bo, { conversationId: chat.id, position: 1_000 });
  expect((await send()).text).toBe("Pay here");
});

describe("typing", () => {
  it("is told to staff, and to the shopper without more than a name", async () => {
    await shopperTyping(chat.shopper, chat.id);
    await staffTyping(anna, chat.id);
    expect(shop.signals.sent.map((signal) => signal.kind)).toEqual(["typing", "typing", "typing-to-shopper"]);
    expect(shop.signals.sent[2]).toMatchObject({ visitorId: chat.shopper.actor.visitorId, staffName: "Anna Berg" });
  });

  it("in a conversation that one cannot reach is told to nobody", async () => {
    await shopperTyping(await shop.shopper(), chat.id);
    await staffTyping(await (await testShop(db)).staff(), chat.id);
    expect(shop.signals.sent).toEqual([]);
  });
});

describe("another shop's staff", () => {
  it("find nothing, whatever they try, and change nothing", async () => {
    const stranger = await (await testShop(db)).staff();
    const before = await row();
    const later = new Date(shop.clock.now().getTime() + 1_000);
    const key = newId();
    for (const conversationId of [chat.id, newId(), "not-an-id"]) {
      const tries: Record<string, () => Promise<unknown>> = {
        reply: () => respond(stranger, conversationId, "hi"),
        note: () => note(stranger, { conversationId, text: "hi", clientKey: key }),
        assign: () => assign(stranger, { conversationId, staffId: null }),
        close: () => close(stranger, conversationId),
        reopen: () => reopen(stranger, conversationId),
        snooze: () => snooze(stranger, { conversationId, until: later }),
        seen: () => staffSeen(stranger, { conversationId, position: 1 }),
      };
      for (const [name, attempt] of Object.entries(tries)) {
        await expect(attempt(), name).rejects.toMatchObject({ status: 404 });
      }
    }
    expect(await row()).toEqual(before);
    expect(await factsOf(db, chat.id)).toHaveLength(2);
  });

  it("and another visitor cannot mark what was seen", async () => {
    const input = { conversationId: chat.id, position: 1, what: "seen" } as const;
    await expect(shopperReceipt(await shop.shopper(), input)).rejects.toMatchObject({ status: 404 });
    const elsewhere = await (await testShop(db)).shopper();
    await expect(shopperReceipt(elsewhere, input)).rejects.toMatchObject({ status: 404 });
  });
});
