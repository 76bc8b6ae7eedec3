import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Rejected, Retryable, Unclear } from "~/channels/channel";
import { deliver } from "~/channels/deliver";
import { adapters } from "~/channels/registry";
import type { Context, StaffActor } from "~/context";
import { reply } from "~/conversations/reply";
import { unsend } from "~/conversations/unsend";
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
let conversationId: string;
const far = plainChannel();
const usual = { ...far.far };
const parts = adapters.sms?.parts;
const number = "+4520123456";
const down = () => Promise.reject(new Retryable({ code: "503", words: "The provider is down." }));
const cut = () => Promise.reject(new Unclear({ code: "cut", words: "The line broke." }));

beforeAll(async () => {
  db = await testDatabase();
});

beforeEach(async () => {
  Object.assign(far.far, usual);
  if (adapters.sms && parts) adapters.sms.parts = parts;
  far.sent.length = 0;
  shop = await testShop(db);
  ctx = { ...shop.base, actor: { kind: "app" } };
  anna = await shop.staff();
  account = await plainAccount(shop, newId());
  const identifier = { kind: "phone", value: number } as const;
  const from = { address: number, name: null, identifier, grade: "provider-verified", proof: "wrote" } as const;
  await arrive(ctx, account.id, [
    { type: "message", externalId: newId(), at: shop.clock.now(), from, text: "Hello", files: [] },
  ]);
  conversationId = (await db.prisma.conversation.findFirstOrThrow({ where: { shopId: ctx.shop.id } })).id;
});

async function write(text: string): Promise<string> {
  shop.clock.advance(1_000);
  return (await reply(anna, { conversationId, text, clientKey: newId(), attachmentIds: [], seenPosition: null })).id;
}

const rows = (messageId: string) => db.prisma.delivery.findMany({ where: { messageId }, orderBy: { part: "asc" } });
const states = async (messageId: string) => (await rows(messageId)).map(({ state }) => state);
const words = () => far.sent.map(({ text }) => text);

/** Every message is sent in so many parts. */
function inParts(count: number): void {
  if (!adapters.sms) return;
  adapters.sms.parts = (outbound) =>
    Array.from({ length: count }, (_, index) => ({
      ...{ outbound, index, key: `${outbound.key}:${index}`, text: `${outbound.text} ${index}`, file: null },
    }));
}

/** A context whose process is killed at its nth transaction, before or after that is committed. */
function killedAt(nth: number, committed: boolean): Context {
  let count = 0;
  const prisma = new Proxy(db.prisma, {
    get(target, name) {
      const value = Reflect.get(target, name);
      if (name !== "$transaction") return value;
      return async (work: Parameters<typeof db.prisma.$transaction>[0]) => {
        count += 1;
        if (count > nth || (count === nth && !committed)) throw new Error("killed");
        const result = await target.$transaction(work);
        if (count === nth) throw new Error("killed");
        return result;
      };
    },
  });
  return { ...ctx, db: { ...db, prisma } };
}

describe("a worker that is killed while it sends", () => {
  it.each([
    [1, false],
    [1, true],
    [2, false],
    [2, true],
    [3, false],
    [3, true],
    [4, false],
    [4, true],
  ])("at transaction %i (committed: %s) sends nothing twice and loses nothing", async (nth, committed) => {
    inParts(2);
    const taken = new Map<string, string>();
    far.far.answer = async (part) => {
      taken.set(part.key, "taken");
      return { externalId: `sent-${part.key}`, state: "sent" };
    };
    far.far.find = async (part) =>
      taken.has(part.key) ? { externalId: `sent-${part.key}`, state: "sent" } : "not-sent";
    const id = await write("Hi");
    await expect(deliver(killedAt(nth, committed), id)).rejects.toThrow("killed");
    await deliver(ctx, id);
    expect(words()).toEqual(["Hi 0", "Hi 1"]);
    expect(await states(id)).toEqual(["sent", "sent"]);
  });
});

it("what the provider took is known although the database was away when it said so", async () => {
  const id = await write("Hi");
  let away = false;
  const prisma = new Proxy(db.prisma, {
    get: (target, name) =>
      name === "$transaction" && away
        ? async () => {
            away = false;
            throw new Error("the database is away");
          }
        : Reflect.get(target, name),
  });
  far.far.answer = async (part) => {
    away = true;
    return usual.answer(part);
  };
  await deliver({ ...ctx, db: { ...db, prisma } }, id);
  expect(await rows(id)).toMatchObject([{ state: "sent", externalId: `sent-${id}:0` }]);
});

describe("what is written to one person", () => {
  it("goes in the order in which it was written, also when only the job of the last is left", async () => {
    await write("one");
    await write("two");
    const last = await write("three");
    await deliver(ctx, last);
    expect(words()).toEqual(["one", "two", "three"]);
  });

  it("waits behind what the provider cannot take at the moment, also when that is tried on the way", async () => {
    await write("one");
    const last = await write("two");
    far.far.answer = down;
    await deliver(ctx, last);
    expect(words()).toEqual(["one"]);
    far.far.answer = usual.answer;
    shop.clock.advance(10_000);
    await deliver(ctx, last);
    expect(words()).toEqual(["one", "one", "two"]);
  });

  it("does not wait for ever behind a part of which nobody knows whether it went out", async () => {
    inParts(2);
    const first = await write("one");
    far.far.answer = cut;
    await deliver(ctx, first);
    expect(await states(first)).toEqual(["unclear", "queued"]);
    const last = await write("two");
    far.far.answer = usual.answer;
    await deliver(ctx, last);
    expect(words()).toEqual(["one 0", "two 0", "two 1"]);
  });
});

describe("what was begun", () => {
  it("has not failed because the channel was paused meanwhile: it may have arrived", async () => {
    const id = await write("Hi");
    await db.prisma.delivery.updateMany({ where: { messageId: id }, data: { state: "sending", attempts: 1 } });
    await db.prisma.channelAccount.updateMany({ where: { id: account.id }, data: { state: "paused" } });
    await deliver(ctx, id);
    expect(await states(id)).toEqual(["unclear"]);
  });

  it("is not sent again when a receipt said meanwhile that it is there", async () => {
    const id = await write("Hi");
    far.far.answer = async () => {
      await db.prisma.delivery.updateMany({ where: { messageId: id }, data: { state: "delivered" } });
      return down();
    };
    await deliver(ctx, id);
    shop.clock.advance(3_600_000);
    await deliver(ctx, id);
    expect(words()).toEqual(["Hi"]);
    expect(await states(id)).toEqual(["delivered"]);
  });

  it("is asked for also when it had been tried often before", async () => {
    const id = await write("Hi");
    far.far.answer = down;
    for (let tries = 0; tries < 4; tries += 1) {
      await deliver(ctx, id);
      shop.clock.advance(3_600_000);
    }
    far.far.answer = cut;
    far.far.find = async () => "unknown";
    await db.sql.query(`DELETE FROM graphile_worker._private_jobs`);
    await deliver(ctx, id);
    const { rows: jobs } = await db.sql.query<{ run_at: Date }>(`SELECT run_at FROM graphile_worker._private_jobs`);
    expect(jobs.map(({ run_at }) => run_at.getTime() - shop.clock.now().getTime())).toEqual([5_000]);
  });

  it("is one message when two workers take it at once", async () => {
    const id = await write("Hi");
    await Promise.all([deliver(ctx, id), deliver(ctx, id)]);
    expect(words()).toEqual(["Hi"]);
  });
});

describe("what cannot go", () => {
  it("because the app cannot make it ready says so, and what follows goes", async () => {
    if (adapters.sms && parts) {
      adapters.sms.parts = (outbound) => {
        if (outbound.text === "one") throw new TypeError("a mistake of ours");
        return parts(outbound);
      };
    }
    const first = await write("one");
    await deliver(ctx, await write("two"));
    expect(words()).toEqual(["two"]);
    expect(await rows(first)).toMatchObject([{ state: "failed", errorCode: "not-ready" }]);
  });

  it("because it was taken back at that moment leaves no part behind", async () => {
    inParts(3);
    const id = await write("Hi");
    let taken: Promise<unknown> | undefined;
    far.far.rule = () => {
      taken ??= unsend(anna, { conversationId, messageId: id });
      return usual.rule({ address: number, lastInAt: null }, { settings: {} }, shop.clock.now());
    };
    const slow = new Proxy(ctx.db.prisma, {
      get(target, name) {
        const value = Reflect.get(target, name);
        if (name !== "$executeRaw") return value;
        return async (...asked: unknown[]) => {
          await taken;
          return (value as (...asked: unknown[]) => unknown).apply(target, asked);
        };
      },
    });
    await deliver({ ...ctx, db: { ...ctx.db, prisma: slow } }, id);
    expect(await rows(id)).toEqual([]);
    expect(words()).toEqual([]);
  });

  it("because they were erased in the middle ends quietly", async () => {
    inParts(2);
    const id = await write("Hi");
    far.far.answer = async (part) => {
      await db.prisma.endpoint.deleteMany({ where: { accountId: account.id } });
      return usual.answer(part);
    };
    await deliver(ctx, id);
    await deliver(ctx, id);
    expect(words()).toEqual(["Hi 0"]);
  });

  it("because the person closed it in the middle stops there", async () => {
    inParts(2);
    const id = await write("Hi");
    const failure = { code: "blocked", words: "They blocked the store." };
    far.far.answer = (part) => (part.index === 0 ? usual.answer(part) : Promise.reject(new Rejected(failure, true)));
    await deliver(ctx, id);
    expect(await states(id)).toEqual(["sent", "failed"]);
  });
});
