import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Context, StaffActor } from "~/context";
import { close } from "~/conversations/close";
import { type WrittenDown, writeDown } from "~/conversations/contacts/write-down";
import type { Database } from "~/db.server";
import { newId } from "~/platform/ids";
import { readEntries } from "~/timeline/read-entries";
import { shopperMessages } from "~/visitors/shopper-messages";
import { type Chat, conversationRow, factsOf, respond, startChat } from "../../support/chat";
import { type TestShop, testShop } from "../../support/context";
import { testDatabase } from "../../support/database";

let db: Database;
let shop: TestShop;
let anna: Context<StaffActor>;
let chat: Chat;
let customerId: string;

beforeAll(async () => {
  db = await testDatabase();
  shop = await testShop(db);
  anna = await shop.staff("Anna Berg");
});

beforeEach(async () => {
  shop.clock.advance(60_000);
  chat = await startChat(shop);
  customerId = (await row()).customerId;
  shop.clock.advance(60_000);
});

const row = (id = chat.id) => conversationRow(db, shop.base.shop.id, id);
const write = (more: Partial<WrittenDown> = {}) =>
  writeDown(anna, {
    ...{ customerId, kind: "visit", text: "Tried the blue jacket in M.", outcome: "solved", place: "Leeds" },
    ...{ clientKey: newId(), ...more },
  });
const messages = (conversationId = chat.id) =>
  db.prisma.message.findMany({ where: { conversationId }, orderBy: { position: "asc" } });
const story = async () => {
  const page = { towards: "older", from: null, groups: null, words: [], limit: 20 } as const;
  return (await readEntries(anna, { customerId, ...page })).entries;
};
const person = async () => {
  const at = shop.clock.now();
  const made = await db.prisma.customer.create({
    data: { shopId: shop.base.shop.id, id: newId(), createdAt: at, updatedAt: at },
  });
  return made.id;
};

describe("a visit that staff write down", () => {
  it("joins the open matter as a contact for staff, and closes what is solved", async () => {
    expect(await write()).toEqual({ conversationId: chat.id });
    expect((await messages()).at(-1)).toMatchObject({
      author: "staff",
      staffId: anna.actor.id,
      channel: "in-person",
      text: "Tried the blue jacket in M.",
      content: { visit: { kind: "visit", outcome: "Solved", place: "Leeds" } },
      endpointId: null,
    });
    expect(await row()).toMatchObject({ status: "closed", waitingSince: null, channel: "chat" });
    expect((await factsOf(db, chat.id)).filter((kind) => kind.startsWith("conv"))).toContain("conversation.closed");
  });

  it("stands in the story as what it is, once", async () => {
    await write();
    const entries = (await story()).filter((one) => one.written?.text.includes("blue jacket"));
    expect(entries).toMatchObject([
      { kind: "contact.logged", staffName: "Anna Berg", data: { contact: "visit", outcome: "solved" } },
    ]);
  });

  it("stands there once also while the clock runs on", async () => {
    const now = shop.clock.now.bind(shop.clock);
    shop.clock.now = () => {
      shop.clock.advance(1);
      return now();
    };
    await write().finally(() => Object.assign(shop.clock, { now }));
    expect((await story()).filter((one) => one.written).map((one) => one.kind)).toEqual([
      "contact.logged",
      "message.received",
    ]);
  });

  it("is never shown to the shopper", async () => {
    await respond(anna, chat.id, "Come and try it on.");
    await write({ outcome: "follow-up" });
    const of = { shopId: shop.base.shop.id, conversationId: chat.id, actor: chat.shopper.actor };
    const shown = await shopperMessages(db.sql, of, { after: 0 });
    expect(shown.map((one) => one.text)).toEqual(["Where is my parcel?", "Come and try it on."]);
  });

  it("opens a matter when there is none, and closes it at once", async () => {
    customerId = await person();
    const { conversationId } = await write();
    expect(await row(conversationId)).toMatchObject({
      channel: "in-person",
      status: "closed",
      assigneeId: anna.actor.id,
      lastMessageText: "Tried the blue jacket in M.",
    });
    expect((await story()).map((one) => one.kind).sort()).toEqual([
      "contact.logged",
      "conversation.closed",
      "conversation.opened",
    ]);
  });

  it("is the same contact when it arrives again, also at once", async () => {
    customerId = await person();
    const clientKey = newId();
    const [one, two] = await Promise.all([write({ clientKey }), write({ clientKey })]);
    expect(two).toEqual(one);
    expect(await write({ clientKey })).toEqual(one);
    expect(await messages(one.conversationId)).toHaveLength(1);
  });
});

describe("what became of it", () => {
  it("that needs a follow-up is open and waits", async () => {
    await respond(anna, chat.id, "Hello");
    await close(anna, chat.id);
    await write({ kind: "call", outcome: "follow-up", place: null });
    expect(await row()).toMatchObject({ status: "open", waitingSince: shop.clock.now() });
  });

  it("that nobody was reached leaves everything as it was", async () => {
    const before = await row();
    await write({ kind: "call", outcome: "not-reached", place: null });
    expect(await row()).toMatchObject({ status: "open", waitingSince: before.waitingSince });
    expect((await messages()).at(-1)).toMatchObject({ channel: "voice" });
  });
});

describe("what cannot be written down", () => {
  it("says where it is wrong", async () => {
    await expect(write({ text: " " })).rejects.toMatchObject({ fields: [{ field: "text" }] });
    await expect(write({ place: "x".repeat(81) })).rejects.toMatchObject({ fields: [{ field: "place" }] });
    await expect(write({ outcome: "not-reached" })).rejects.toMatchObject({ fields: [{ field: "outcome" }] });
    await expect(write({ clientKey: "1" })).rejects.toMatchObject({ fields: [{ field: "text" }] });
  });

  it("is of nobody of another shop", async () => {
    const other = await (await testShop(db)).staff();
    const said = { kind: "visit", text: "Hello", outcome: "solved", place: null, clientKey: newId() } as const;
    await expect(writeDown(other, { customerId, ...said })).rejects.toThrow("This customer");
    expect(await messages()).toHaveLength(1);
  });

  it("keeps no card numbers", async () => {
    await write({ text: "Paid with 4242 4242 4242 4242" });
    expect((await messages()).at(-1)?.text).toBe("Paid with [card number removed, ends 4242]");
  });
});
