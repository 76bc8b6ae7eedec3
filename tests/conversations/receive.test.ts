import { beforeAll, describe, expect, it } from "vitest";
import { close } from "~/conversations/close";
import { conversationMessages } from "~/conversations/message-view";
import { snooze } from "~/conversations/snooze";
import type { Database } from "~/db.server";
import { newId } from "~/platform/ids";
import { conversationRow, factsOf, respond, say, startChat, upload } from "../support/chat";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";

let db: Database;
let shop: TestShop;

beforeAll(async () => {
  db = await testDatabase();
  shop = await testShop(db);
});

const messagesOf = (id: string) => conversationMessages(db.sql, shop.base.shop.id, id, { after: 0 });

describe("the first message of a browser", () => {
  it("opens a conversation with a person of whom nothing is known", async () => {
    const { id, shopper, first } = await startChat(shop, "Hello");
    expect(first).toMatchObject({ conversationId: id, position: 1, author: "shopper", staffName: null, text: "Hello" });
    const row = await conversationRow(db, shop.base.shop.id, id);
    expect(row).toMatchObject({ status: "open", channel: "chat", position: 1, lastMessageText: "Hello" });
    expect(row.waitingSince).toEqual(shop.clock.now());
    const visitor = await db.prisma.visitor.findFirstOrThrow({ where: { id: shopper.actor.visitorId } });
    expect(visitor.customerId).toBe(row.customerId);
    expect(await factsOf(db, id)).toEqual(["message.received", "conversation.opened"]);
    expect(shop.signals.growths).toBeGreaterThan(0);
  });

  it("sent from two tabs at once is one conversation with both messages", async () => {
    const shopper = await shop.shopper();
    const sent = await Promise.all(Array.from({ length: 8 }, (_, tab) => say(shopper, null, `tab ${tab}`)));
    expect(new Set(sent.map((one) => one.conversationId)).size).toBe(1);
    expect(sent.map((one) => one.position).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(await db.prisma.conversation.count({ where: { visitorId: shopper.actor.visitorId } })).toBe(1);
    expect(await db.prisma.customer.count({ where: { visitors: { some: { id: shopper.actor.visitorId } } } })).toBe(1);
  });

  it("sent from several devices of one signed-in customer at once is one conversation", async () => {
    const { base, clock } = shop;
    const customerId = newId();
    const at = clock.now();
    await db.prisma.customer.create({
      data: { shopId: base.shop.id, id: customerId, createdAt: at, updatedAt: at },
    });
    const devices = await Promise.all(Array.from({ length: 6 }, () => shop.shopper({ customerId })));
    const sent = await Promise.all(devices.map((device, number) => say(device, null, `device ${number}`)));
    expect(new Set(sent.map((one) => one.conversationId)).size).toBe(1);
    expect(await db.prisma.conversation.count({ where: { customerId } })).toBe(1);
  });

  it("sent again after its conversation was closed for good is still the one message", async () => {
    const staff = await shop.staff();
    const shopper = await shop.shopper();
    const clientKey = newId();
    const first = await say(shopper, null, "Hello", { clientKey });
    await close(staff, first.conversationId);
    shop.clock.advance(100 * 86_400_000);
    expect(await say(shopper, null, "Hello", { clientKey })).toEqual(first);
    expect(await db.prisma.conversation.count({ where: { visitorId: shopper.actor.visitorId } })).toBe(1);
    expect((await say(shopper, null, "A new matter")).conversationId).not.toBe(first.conversationId);
  });
});

describe("a message that arrives more than once", () => {
  it("is kept once when it comes 20 times at the same moment, and every sender gets the same answer", async () => {
    const { id, shopper } = await startChat(shop);
    const clientKey = newId();
    const answers = await Promise.all(Array.from({ length: 20 }, () => say(shopper, id, "Twice?", { clientKey })));
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
    expect((await messagesOf(id)).filter((one) => one.clientKey === clientKey)).toHaveLength(1);
    expect((await factsOf(db, id)).filter((kind) => kind === "message.received")).toHaveLength(2);
    expect((await say(shopper, id, "after")).position).toBe(3);
  });

  it("is kept once when it is the first of a browser and comes 20 times at the same moment", async () => {
    const shopper = await shop.shopper();
    const clientKey = newId();
    const answers = await Promise.all(Array.from({ length: 20 }, () => say(shopper, null, "Hi", { clientKey })));
    expect(new Set(answers.map((one) => one.id)).size).toBe(1);
    expect(await messagesOf(answers[0]?.conversationId ?? "")).toHaveLength(1);
  });

  it("is kept once when it comes 20 times at the same moment into a closed conversation", async () => {
    const { id, shopper } = await startChat(shop);
    await close(await shop.staff(), id);
    const clientKey = newId();
    const answers = await Promise.all(Array.from({ length: 20 }, () => say(shopper, id, "Back", { clientKey })));
    expect(new Set(answers.map((one) => one.id)).size).toBe(1);
    expect(await messagesOf(id)).toHaveLength(2);
    const facts = await factsOf(db, id);
    expect(facts.filter((kind) => kind === "conversation.reopened")).toHaveLength(1);
    expect(facts.filter((kind) => kind === "message.received")).toHaveLength(2);
  });

  it("may have the key of a message in another conversation", async () => {
    const clientKey = newId();
    const [one, other] = [await startChat(shop), await startChat(shop)];
    const first = await say(one.shopper, one.id, "mine", { clientKey });
    const second = await say(other.shopper, other.id, "mine too", { clientKey });
    expect(second).toMatchObject({ conversationId: other.id, text: "mine too" });
    expect(second.id).not.toBe(first.id);
  });
});

describe("the order of a conversation", () => {
  it("has no gap and no double when 20 shoppers' tabs and staff write at once", async () => {
    const { id, shopper } = await startChat(shop);
    const staff = [await shop.staff("Anna"), await shop.staff("Bo")];
    await respond(staff[0] as never, id, "mine now");
    const before = (await conversationRow(db, shop.base.shop.id, id)).position;
    const writers = Array.from({ length: 20 }, (_, turn) =>
      turn % 4 === 3 ? respond(staff[turn % 2] as never, id, `staff ${turn}`) : say(shopper, id, `shopper ${turn}`),
    );
    const written = await Promise.all(writers);
    const places = written.map((one) => one.position).sort((a, b) => a - b);
    expect(places).toEqual(Array.from({ length: 20 }, (_, turn) => before + 1 + turn));
    expect((await messagesOf(id)).map((one) => one.position)).toEqual([1, 3, ...places]);
    expect((await conversationRow(db, shop.base.shop.id, id)).position).toBe(before + 20);
  });

  it("keeps since when the shopper waits until somebody answers", async () => {
    const { id, shopper } = await startChat(shop);
    const since = shop.clock.now();
    shop.clock.advance(60_000);
    await say(shopper, id, "Anybody?");
    expect((await conversationRow(db, shop.base.shop.id, id)).waitingSince).toEqual(since);
  });
});

describe("a conversation that is not open", () => {
  it.each(["closed", "snoozed"] as const)("that is %s is opened by the shopper's message", async (status) => {
    const staff = await shop.staff();
    const { id, shopper } = await startChat(shop);
    if (status === "closed") await close(staff, id);
    else await snooze(staff, { conversationId: id, until: new Date(shop.clock.now().getTime() + 3_600_000) });
    await say(shopper, id, "One more thing");
    const row = await conversationRow(db, shop.base.shop.id, id);
    expect(row).toMatchObject({ status: "open", closedAt: null, snoozedUntil: null, position: 4 });
    expect(row.waitingSince).not.toBeNull();
    expect((await factsOf(db, id)).slice(0, 4)).toEqual([
      "message.received",
      `conversation.${status}`,
      "conversation.reopened",
      "message.received",
    ]);
  });

  it("is opened once by different messages that come together", async () => {
    const { id, shopper } = await startChat(shop);
    await close(await shop.staff(), id);
    await Promise.all(Array.from({ length: 6 }, (_, turn) => say(shopper, id, `message ${turn}`)));
    const facts = await factsOf(db, id);
    expect(facts.filter((kind) => kind === "conversation.reopened")).toHaveLength(1);
    expect(facts.filter((kind) => kind === "message.received")).toHaveLength(7);
  });

  it("is continued within the time that the merchant set and not after it", async () => {
    const staff = await shop.staff();
    const { id, shopper } = await startChat(shop);
    await close(staff, id);
    shop.clock.advance(6 * 86_400_000);
    expect((await say(shopper, null, "still")).conversationId).toBe(id);
    await close(staff, id);
    shop.clock.advance(8 * 86_400_000);
    expect((await say(shopper, null, "new")).conversationId).not.toBe(id);
  });
});

describe("whose conversation it is", () => {
  it("refuses another visitor's, another shop's, a malformed and an unknown one alike", async () => {
    const { id } = await startChat(shop);
    const stranger = await shop.shopper();
    const elsewhere = await (await testShop(db)).shopper();
    for (const [who, which] of [
      [stranger, id],
      [elsewhere, id],
      [stranger, newId()],
      [stranger, "not-an-id"],
      [stranger, ""],
    ] as const) {
      await expect(say(who, which, "let me in")).rejects.toMatchObject({ status: 404, code: "not-found" });
    }
    expect(await messagesOf(id)).toHaveLength(1);
  });

  it("does not answer with another visitor's message for a key that was guessed", async () => {
    const { id, first } = await startChat(shop, "my address is …");
    const stranger = await shop.shopper();
    await expect(say(stranger, id, "x", { clientKey: first.clientKey })).rejects.toMatchObject({ status: 404 });
    const own = await say(stranger, null, "x", { clientKey: first.clientKey });
    expect(own.conversationId).not.toBe(id);
    expect(own.text).toBe("x");
  });

  it("is the signed-in customer's on every browser, and a guest's only on their own", async () => {
    const customerId = newId();
    const now = shop.clock.now();
    await db.prisma.customer.create({
      data: { shopId: shop.base.shop.id, id: customerId, createdAt: now, updatedAt: now },
    });
    const laptop = await shop.shopper({ customerId });
    const phone = await shop.shopper({ customerId });
    const first = await say(laptop, null, "from the laptop");
    expect((await say(phone, first.conversationId, "from the phone")).position).toBe(2);
    expect((await say(phone, null, "again")).conversationId).toBe(first.conversationId);
    const guest = { ...phone, actor: { ...phone.actor, customerId: null } };
    await expect(say(guest, first.conversationId, "as a guest")).rejects.toMatchObject({ status: 404 });
  });
});

describe("attachments", () => {
  it("go with the message, also without a word", async () => {
    const { id, shopper } = await startChat(shop);
    const owner = `visitor:${shopper.actor.visitorId}`;
    const ids = [await upload(db, shop.base.shop.id, owner), await upload(db, shop.base.shop.id, owner)];
    const sent = await say(shopper, id, "", { attachmentIds: ids });
    expect(sent.attachments.map((one) => one.id).sort()).toEqual([...ids].sort());
    expect((await conversationRow(db, shop.base.shop.id, id)).lastMessageText).toBe("Sent 2 attachments");
  });

  it("sent again with the same key stay where they are", async () => {
    const { id, shopper } = await startChat(shop);
    const attachmentIds = [await upload(db, shop.base.shop.id, `visitor:${shopper.actor.visitorId}`)];
    const clientKey = newId();
    const first = await say(shopper, id, "", { clientKey, attachmentIds });
    expect(await say(shopper, id, "", { clientKey, attachmentIds })).toEqual(first);
  });

  it("of another person, of staff, of another message and unknown ones are refused, and nothing is written", async () => {
    const { id, shopper } = await startChat(shop);
    const own = await upload(db, shop.base.shop.id, `visitor:${shopper.actor.visitorId}`);
    await say(shopper, id, "", { attachmentIds: [own] });
    const others = [
      await upload(db, shop.base.shop.id, `visitor:${newId()}`),
      await upload(db, shop.base.shop.id, `staff:${newId()}`),
      own,
      newId(),
      "../../etc/passwd",
    ];
    for (const attachmentId of others) {
      const sending = say(shopper, id, "look", { attachmentIds: [attachmentId] });
      await expect(sending).rejects.toMatchObject({ status: 422, fields: [{ field: "attachmentIds" }] });
    }
    expect(await messagesOf(id)).toHaveLength(2);
    expect((await conversationRow(db, shop.base.shop.id, id)).position).toBe(2);
  });
});

it.each(["", "x", "1'); DROP TABLE message; --", "00000000-0000-0000-0000-00000000000g"])(
  "refuses the client key %j",
  async (clientKey) => {
    const { id, shopper } = await startChat(shop);
    await expect(say(shopper, id, "hi", { clientKey })).rejects.toMatchObject({ status: 422 });
  },
);

it("messages of many conversations that come together are each kept once, the repeated among them too", async () => {
  const chats = await Promise.all(Array.from({ length: 12 }, () => startChat(shop)));
  await close(await shop.staff(), chats[0]?.id ?? "");
  const keys = chats.map(() => newId());
  // The first time by itself, so that it is a repeat in the middle of the others.
  await say(chats[3]?.shopper as never, chats[3]?.id ?? "", "again", { clientKey: keys[3] as string });
  const all = await Promise.all(
    chats.flatMap(({ id, shopper }, at) => [
      say(shopper, id, "again", { clientKey: keys[at] as string }),
      say(shopper, id, `another of ${at}`),
    ]),
  );
  expect(new Set(all.map((one) => one.id)).size).toBe(24);
  for (const [at, { id }] of chats.entries()) {
    const kept = await messagesOf(id);
    expect(kept.map((one) => one.text).sort()).toEqual(["Where is my parcel?", "again", `another of ${at}`].sort());
    expect(new Set(kept.map((one) => one.position)).size).toBe(3);
  }
});
