import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { InboundMessage } from "~/channels/channel";
import { keepInbound } from "~/channels/keep";
import { readInbound } from "~/channels/receive";
import type { Context, StaffActor } from "~/context";
import { close } from "~/conversations/close";
import { conversationMessages } from "~/conversations/message-view";
import { reply } from "~/conversations/reply";
import { merge } from "~/customers/merge";
import { mergePreview } from "~/customers/merging/preview";
import type { Database } from "~/db.server";
import { newId } from "~/platform/ids";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";
import { arrive, plainAccount, plainChannel } from "../support/plain-channel";

let db: Database;
let shop: TestShop;
let ctx: Context;
let anna: Context<StaffActor>;
let account: { id: string };
const far = plainChannel();

beforeAll(async () => {
  db = await testDatabase();
});

beforeEach(async () => {
  shop = await testShop(db);
  ctx = { ...shop.base, actor: { kind: "app" } };
  anna = await shop.staff();
  account = await plainAccount(shop, `+1555${Math.floor(Math.random() * 1e7)}`);
  far.sent.length = 0;
});

let phones = 20_120_000;
const phone = () => {
  phones += 1;
  return `+45${phones}`;
};

function said(text: string, from: string, more: Partial<InboundMessage> = {}): InboundMessage {
  return {
    type: "message",
    externalId: newId(),
    at: shop.clock.now(),
    from: {
      address: from,
      name: null,
      identifier: { kind: "phone", value: from },
      grade: "provider-verified",
      proof: "wrote from this number",
    },
    text,
    files: [],
    ...more,
  };
}

const conversations = () =>
  db.prisma.conversation.findMany({ where: { shopId: ctx.shop.id }, orderBy: { openedAt: "asc" } });
const texts = async (id: string) =>
  (await conversationMessages(db.sql, ctx.shop.id, id, { after: 0 })).map((one) => one.text);

describe("what comes in through a channel", () => {
  it("opens a conversation with whoever wrote, and goes on with it", async () => {
    const from = phone();
    await arrive(ctx, account.id, [said("Is the jacket there?", from), said("In large", from)]);
    const [one, ...more] = await conversations();
    expect(more).toEqual([]);
    expect(one).toMatchObject({
      channel: "sms",
      status: "open",
      lastMessageText: "In large",
      lastMessageFrom: "shopper",
    });
    expect(one?.waitingSince).toEqual(shop.clock.now());
    expect(await texts(one?.id ?? "")).toEqual(["Is the jacket there?", "In large"]);
    const endpoint = await db.prisma.endpoint.findFirstOrThrow({ where: { accountId: account.id } });
    expect(endpoint).toMatchObject({ address: from, customerId: one?.customerId, lastInAt: shop.clock.now() });
  });

  it("is one message however often it arrives, under the same key or another", async () => {
    const message = said("Hello", phone());
    await arrive(ctx, account.id, [message, message, message], ["a", "a", "b"]);
    await arrive(ctx, account.id, [message], ["c"]);
    const [one] = await conversations();
    expect(await texts(one?.id ?? "")).toEqual(["Hello"]);
  });

  it("is one message also when several workers read at once", async () => {
    const from = phone();
    await keepInbound(
      ctx,
      Array.from({ length: 60 }, (_, at) => ({
        account: { shopId: ctx.shop.id, id: account.id },
        key: `k${at}`,
        body: Buffer.from(JSON.stringify([said(`line ${at}`, from, { externalId: `m${at}` })])),
      })),
    );
    await Promise.all([1, 2, 3].map(() => readInbound(ctx, account.id)));
    const [one] = await conversations();
    expect((await texts(one?.id ?? "")).sort()).toEqual(Array.from({ length: 60 }, (_, at) => `line ${at}`).sort());
  });

  it("of another shop's account is nothing of this shop's", async () => {
    const other = await testShop(db);
    const [kept] = await keepInbound(ctx, [
      { account: { shopId: other.base.shop.id, id: account.id }, key: "k", body: Buffer.from("[]") },
    ]);
    expect(kept).toBe("unknown");
    expect(await db.prisma.inbound.count({ where: { accountId: account.id } })).toBe(0);
  });

  it("that cannot be understood is put aside and kept, and what follows is read", async () => {
    await keepInbound(ctx, [
      { account: { shopId: ctx.shop.id, id: account.id }, key: "bad", body: Buffer.from("what is this") },
    ]);
    await arrive(ctx, account.id, [said("Hello", phone())]);
    const aside = await db.prisma.inbound.findFirstOrThrow({ where: { accountId: account.id, key: "bad" } });
    expect(aside).toMatchObject({ state: "aside", problem: "This is not JSON." });
    expect(Buffer.from(aside.body).toString()).toBe("what is this");
    expect(await conversations()).toHaveLength(1);
  });

  it("goes into a matter of the same person that is open on another channel", async () => {
    const email = await plainAccount(shop, `${newId()}@shop.example`, "sms");
    const from = phone();
    await arrive(ctx, account.id, [said("By text", from)]);
    await arrive(ctx, email.id, [said("And elsewhere", from)]);
    const [one, ...more] = await conversations();
    expect(more).toEqual([]);
    expect(await texts(one?.id ?? "")).toEqual(["By text", "And elsewhere"]);
  });

  it("of people whom staff merged goes into the one open matter", async () => {
    const [first, second] = [phone(), phone()];
    await arrive(ctx, account.id, [said("From one number", first)]);
    await arrive(ctx, account.id, [said("From another", second)]);
    const [one, other] = await conversations();
    const [customerId, otherId] = [one?.customerId ?? "", other?.customerId ?? ""];
    const { contradictions } = await mergePreview(anna, { customerId, otherId });
    await merge(anna, { customerId, otherId, seen: contradictions.map(({ key }) => key) });
    await close(anna, one?.id ?? "");
    await arrive(ctx, account.id, [said("Once more", first)]);
    expect(await texts(other?.id ?? "")).toContain("Once more");
  });

  it("never finds anybody by a claim, and whoever claims the same again is the same stranger", async () => {
    const from = phone();
    await arrive(ctx, account.id, [said("I am really here", from)]);
    const claim = (text: string) => {
      const message = said(text, from);
      return { ...message, from: { ...message.from, grade: "claimed" as const } };
    };
    await arrive(ctx, account.id, [claim("I say I am"), claim("and again")]);
    const [real, stranger, ...more] = await conversations();
    expect(more).toEqual([]);
    expect(stranger?.customerId).not.toBe(real?.customerId);
    expect(await texts(stranger?.id ?? "")).toEqual(["I say I am", "and again"]);
  });

  it("has card numbers taken out before anything is kept", async () => {
    await arrive(ctx, account.id, [said("my card 4242 4242 4242 4242", phone())]);
    const [one] = await conversations();
    expect(await texts(one?.id ?? "")).toEqual(["my card [card number removed, ends 4242]"]);
    const raw = await db.prisma.inbound.findFirstOrThrow({ where: { accountId: account.id } });
    expect(Buffer.from(raw.body).toString()).toBe("");
  });

  it("takes what the store wrote elsewhere as the store's, once", async () => {
    const from = phone();
    await arrive(ctx, account.id, [said("Hello?", from)]);
    await arrive(ctx, account.id, [said("Hi, from my phone", from, { echo: true })]);
    const [one] = await conversations();
    const messages = await conversationMessages(db.sql, ctx.shop.id, one?.id ?? "", { after: 0 });
    expect(messages.map(({ author, text }) => [author, text])).toEqual([
      ["shopper", "Hello?"],
      ["staff", "Hi, from my phone"],
    ]);
    expect(one?.waitingSince).toBeNull();
  });

  it("changes, takes back and reacts to what was written", async () => {
    const from = phone();
    const message = said("Helo", from, { externalId: "x1" });
    await arrive(ctx, account.id, [message]);
    const at = shop.clock.now();
    await arrive(ctx, account.id, [
      { type: "edit", externalId: "e1", at, address: from, message: "x1", text: "Hello" },
      { type: "reaction", externalId: "r1", at, address: from, to: "x1", emoji: "❤" },
    ]);
    const [one] = await conversations();
    const [edited] = await conversationMessages(db.sql, ctx.shop.id, one?.id ?? "", { after: 0 });
    expect(edited).toMatchObject({ text: "Hello", reactions: [{ emoji: "❤", by: "shopper" }] });
    expect((await conversations())[0]?.lastMessageText).toBe("Hello");
    await arrive(ctx, account.id, [{ type: "deletion", externalId: "d1", at, address: from, message: "x1" }]);
    const [gone] = await conversationMessages(db.sql, ctx.shop.id, one?.id ?? "", { after: 0 });
    expect(gone).toMatchObject({ text: "", deletedAt: at.toISOString() });
    expect((await conversations())[0]?.lastMessageText).toBe("Deleted a message");
  });

  it("that says STOP closes the endpoint and withdraws consent, and START opens it again", async () => {
    const from = phone();
    await arrive(ctx, account.id, [said("Hello", from)]);
    const at = shop.clock.now();
    await arrive(ctx, account.id, [
      { type: "consent", externalId: "c1", at, address: from, gives: false, wording: "STOP" },
    ]);
    const [one] = await conversations();
    const answer = { conversationId: one?.id ?? "", text: "Hi", attachmentIds: [], seenPosition: null };
    await expect(reply(anna, { ...answer, clientKey: newId() })).rejects.toMatchObject({
      fields: [{ field: "text", message: expect.stringContaining("STOP") }],
    });
    const consents = await db.prisma.consent.findMany({ where: { customerId: one?.customerId ?? "" } });
    expect(consents.map(({ purpose, state }) => [purpose, state]).sort()).toEqual([
      ["marketing", "withdrawn"],
      ["service", "withdrawn"],
    ]);
    await arrive(ctx, account.id, [
      {
        type: "consent",
        externalId: "c2",
        at: new Date(at.getTime() + 1_000),
        address: from,
        gives: true,
        wording: "START",
      },
    ]);
    await reply(anna, { ...answer, clientKey: newId() });
  });
});
