import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Inbound, InboundMessage } from "~/channels/channel";
import { deliver } from "~/channels/deliver";
import { readInbound } from "~/channels/receive";
import { adapters } from "~/channels/registry";
import type { Context, StaffActor } from "~/context";
import { reply } from "~/conversations/reply";
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
const usual = { ...far.far };
const read = adapters.sms?.read;
const number = "+4520123456";

beforeAll(async () => {
  db = await testDatabase();
});

beforeEach(async () => {
  Object.assign(far.far, usual);
  if (adapters.sms && read) adapters.sms.read = read;
  shop = await testShop(db);
  ctx = { ...shop.base, actor: { kind: "app" } };
  anna = await shop.staff();
  account = await plainAccount(shop, newId());
});

function said(text: string, more: Partial<InboundMessage> = {}): InboundMessage {
  const identifier = { kind: "phone", value: number } as const;
  const from = { address: number, name: null, identifier, grade: "provider-verified", proof: "wrote" } as const;
  return { type: "message", externalId: newId(), at: shop.clock.now(), from, text, files: [], ...more };
}

const talk = () => db.prisma.conversation.findFirstOrThrow({ where: { shopId: ctx.shop.id } });
const texts = async () =>
  (await db.prisma.message.findMany({ where: { shopId: ctx.shop.id }, orderBy: { position: "asc" } })).map(
    ({ text }) => text,
  );
const waiting = () => db.prisma.inbound.count({ where: { accountId: account.id, state: "waiting" } });
const write = async (text: string) => {
  const conversationId = (await talk()).id;
  return reply(anna, { conversationId, text, clientKey: newId(), attachmentIds: [], seenPosition: null });
};

/** Arrives while our message is being sent, before the provider has said its id; much else arrives as well. */
async function whileSending(item: Inbound): Promise<string> {
  await arrive(ctx, account.id, [said("Hello")]);
  const message = await write("Hi Mia");
  far.far.answer = async () => {
    await arrive(ctx, account.id, [item]);
    for (let more = 0; more < 9; more += 1) await arrive(ctx, account.id, [said("And?", { automatic: true })]);
    return { externalId: "theirs", state: "sent" };
  };
  await deliver(ctx, message.id);
  expect(await waiting()).toBe(1);
  shop.clock.advance(10_000);
  await readInbound(ctx, account.id);
  expect(await waiting()).toBe(0);
  return message.id;
}

describe("what a provider tells before it has answered", () => {
  it("as an echo is not there twice", async () => {
    await whileSending(said("Hi Mia", { echo: true, externalId: "theirs" }));
    expect((await texts()).filter((text) => text === "Hi Mia")).toHaveLength(1);
  });

  it("as an echo is there when it was written elsewhere at the same time", async () => {
    await whileSending(said("I look", { echo: true, externalId: "another" }));
    expect(await texts()).toContain("I look");
  });

  it("as a receipt is not forgotten, however much else arrives meanwhile", async () => {
    const at = shop.clock.now();
    const failure = { code: "1", words: "They are out of reach." };
    const id = await whileSending({ type: "receipt", externalId: "theirs", at, state: "failed", failure });
    expect(await db.prisma.delivery.findFirst({ where: { messageId: id } })).toMatchObject({ state: "failed" });
  });
});

describe("what comes out of order", () => {
  it("of something that never comes is given up after some minutes and holds nothing up", async () => {
    await arrive(ctx, account.id, [
      { type: "deletion", externalId: newId(), at: shop.clock.now(), address: number, message: "never" },
      said("Hello"),
    ]);
    expect(await texts()).toEqual(["Hello"]);
    for (let tries = 0; tries < 8; tries += 1) {
      expect(await waiting()).toBe(tries < 7 ? 1 : 0);
      shop.clock.advance(300_000);
      await readInbound(ctx, account.id);
    }
  });

  it("as an edit brings back nothing that was taken back, and undoes no later edit", async () => {
    const at = shop.clock.now();
    const about = { externalId: newId(), address: number, message: "m" };
    const later = new Date(at.getTime() + 1_000);
    await arrive(ctx, account.id, [
      said("one", { externalId: "m" }),
      { type: "edit", ...about, text: "three", at: later },
      { type: "edit", ...about, text: "two", at },
    ]);
    expect(await texts()).toEqual(["three"]);
    await arrive(ctx, account.id, [
      { type: "deletion", ...about, at },
      { type: "edit", ...about, text: "four", at: later },
    ]);
    expect(await texts()).toEqual([""]);
  });

  it("as an answer given elsewhere leaves waiting what was written after it", async () => {
    const before = shop.clock.now();
    shop.clock.advance(60_000);
    await arrive(ctx, account.id, [said("Still there?")]);
    const { waitingSince } = await talk();
    await arrive(ctx, account.id, [said("Good morning", { echo: true, at: before })]);
    expect((await talk()).waitingSince).toEqual(waitingSince);
    shop.clock.advance(60_000);
    await arrive(ctx, account.id, [said("Yes", { echo: true })]);
    expect((await talk()).waitingSince).toBeNull();
  });
});

it("whoever types is seen typing in the conversation in which they wrote last", async () => {
  await arrive(ctx, account.id, [said("Hello")]);
  const sent: unknown[] = [];
  const signals = { ...ctx.signals, logGrew: () => undefined, send: (signal: unknown) => sent.push(signal) };
  const heard = { ...ctx, signals } as unknown as Context;
  await arrive(heard, account.id, [{ type: "typing", externalId: newId(), at: shop.clock.now(), address: number }]);
  expect(sent).toMatchObject([{ kind: "typing", conversationId: (await talk()).id, by: "shopper" }]);
});

describe("what cannot be read at the moment", () => {
  it("waits, is read later, and holds nothing up", async () => {
    let broken = true;
    if (adapters.sms && read) {
      adapters.sms.read = async (raw, of) => {
        if (broken && raw.key === "first") throw new TypeError("fetch failed");
        return read(raw, of);
      };
    }
    await arrive(ctx, account.id, [said("one"), said("two")], ["first", "second"]);
    expect(await texts()).toEqual(["two"]);
    expect(await waiting()).toBe(1);
    broken = false;
    shop.clock.advance(5_000);
    await readInbound(ctx, account.id);
    expect(await texts()).toEqual(["two", "one"]);
  });

  it("is put aside, where staff see it, when it never can be", async () => {
    if (adapters.sms) adapters.sms.read = () => Promise.reject(new TypeError("no such thing"));
    await arrive(ctx, account.id, [said("one")]);
    for (let tries = 0; tries < 12; tries += 1) {
      shop.clock.advance(3_600_000);
      await readInbound(ctx, account.id);
    }
    const row = await db.prisma.inbound.findFirstOrThrow({ where: { accountId: account.id } });
    expect(row).toMatchObject({ state: "aside", problem: "This could not be read." });
    expect(row.body.length).toBeGreaterThan(0);
  });
});
