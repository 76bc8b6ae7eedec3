import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Rejected, Retryable, Unclear } from "~/channels/channel";
import { deliver } from "~/channels/deliver";
import type { Context, StaffActor } from "~/context";
import { messageView } from "~/conversations/message-view";
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
let conversationId: string;
const far = plainChannel();
const usual = { ...far.far };
const number = "+4520123456";

beforeAll(async () => {
  db = await testDatabase();
});

beforeEach(async () => {
  Object.assign(far.far, usual);
  far.sent.length = 0;
  shop = await testShop(db);
  ctx = { ...shop.base, actor: { kind: "app" } };
  anna = await shop.staff();
  account = await plainAccount(shop, newId());
  await arrive(ctx, account.id, [
    {
      type: "message",
      externalId: "in-1",
      at: shop.clock.now(),
      from: {
        address: number,
        name: "Mia",
        identifier: { kind: "phone", value: number },
        grade: "provider-verified",
        proof: "wrote",
      },
      text: "Hello",
      files: [],
    },
  ]);
  conversationId = (await db.prisma.conversation.findFirstOrThrow({ where: { shopId: ctx.shop.id } })).id;
});

const write = (text = "Hi Mia") =>
  reply(anna, { conversationId, text, clientKey: newId(), attachmentIds: [], seenPosition: null });
const stateOf = async (id: string) => (await messageView(ctx, id)).delivery;

async function jobsFor(messageId: string): Promise<{ run_at: Date; queue: string | null }[]> {
  const { rows } = await db.sql.query(
    `SELECT j.run_at, q.queue_name AS queue FROM graphile_worker._private_jobs j
       JOIN graphile_worker._private_tasks t ON t.id = j.task_id LEFT JOIN graphile_worker._private_job_queues q ON q.id = j.job_queue_id
      WHERE t.identifier = 'deliver-message' AND j.payload->>'messageId' = $1 ORDER BY j.id`,
    [messageId],
  );
  return rows;
}

describe("a reply on a channel", () => {
  it("goes where the shopper wrote last, is queued with the message, and is sent once", async () => {
    const message = await write();
    expect(message).toMatchObject({ channel: "sms", delivery: { state: "queued" } });
    expect(await jobsFor(message.id)).toMatchObject([{ queue: expect.stringContaining(message.endpointId ?? "-") }]);
    await deliver(ctx, message.id);
    await deliver(ctx, message.id);
    expect(far.sent.map((part) => [part.outbound.address, part.text])).toEqual([[number, "Hi Mia"]]);
    expect(await stateOf(message.id)).toMatchObject({ state: "sent", error: null });
  });

  it("waits and is tried again when the provider is down, and what follows stays behind it", async () => {
    far.far.answer = () => Promise.reject(new Retryable({ code: "503", words: "The provider is down." }));
    const first = await write("one");
    await deliver(ctx, first.id);
    expect(await stateOf(first.id)).toMatchObject({ state: "queued", error: "The provider is down." });
    shop.clock.advance(1_000);
    const second = await write("two");
    far.far.answer = usual.answer;
    await deliver(ctx, second.id);
    expect(await stateOf(second.id)).toMatchObject({ state: "queued" });
    shop.clock.advance(10_000);
    await deliver(ctx, second.id);
    expect(far.sent.slice(1).map((part) => part.text)).toEqual(["one", "two"]);
    expect(await stateOf(first.id)).toMatchObject({ state: "sent", error: null });
  });

  it("is given up loudly after many tries, and its conversation waits again", async () => {
    far.far.answer = () => Promise.reject(new Retryable({ code: "503", words: "The provider is down." }));
    const message = await write();
    for (let tries = 0; tries < 8; tries += 1) {
      await deliver(ctx, message.id);
      shop.clock.advance(24 * 3_600_000);
    }
    expect(await stateOf(message.id)).toMatchObject({ state: "failed", error: "The provider is down." });
    const row = await db.prisma.conversation.findFirstOrThrow({ where: { id: conversationId } });
    expect(row.waitingSince).not.toBeNull();
  });

  it("that the provider refuses says why, and closes the endpoint where nothing can go any more", async () => {
    const failure = { code: "blocked", words: "They blocked the store. Use another channel." };
    far.far.answer = () => Promise.reject(new Rejected(failure, true));
    const message = await write();
    await deliver(ctx, message.id);
    expect(await stateOf(message.id)).toMatchObject({ state: "failed", error: failure.words });
    await expect(write("again")).rejects.toMatchObject({ fields: [{ field: "text", message: failure.words }] });
  });

  it("whose outcome is not known is never sent again before the provider was asked", async () => {
    far.far.answer = () => Promise.reject(new Unclear({ code: "cut", words: "The line broke." }));
    const message = await write();
    await deliver(ctx, message.id);
    expect(await stateOf(message.id)).toMatchObject({ state: "unclear" });
    far.far.answer = usual.answer;
    await deliver(ctx, message.id);
    expect(far.sent).toHaveLength(1);
    far.far.find = async () => ({ externalId: "found", state: "sent" });
    await deliver(ctx, message.id);
    expect(far.sent).toHaveLength(1);
    expect(await stateOf(message.id)).toMatchObject({ state: "sent" });
  });

  it("that the provider never had is sent again", async () => {
    far.far.answer = () => Promise.reject(new Unclear({ code: "cut", words: "The line broke." }));
    const message = await write();
    await deliver(ctx, message.id);
    far.far.answer = usual.answer;
    far.far.find = async () => "not-sent";
    await deliver(ctx, message.id);
    expect(far.sent).toHaveLength(2);
    expect(await stateOf(message.id)).toMatchObject({ state: "sent" });
  });

  it("of a worker that died while it was sending is asked for, not sent again", async () => {
    const message = await write();
    await db.prisma.delivery.updateMany({ where: { messageId: message.id }, data: { state: "sending", attempts: 1 } });
    await deliver(ctx, message.id);
    expect(far.sent).toHaveLength(0);
    expect(await stateOf(message.id)).toMatchObject({ state: "unclear" });
  });

  it("rises with its receipts, whichever comes first, and never falls", async () => {
    const message = await write();
    await deliver(ctx, message.id);
    const externalId = `sent-${message.id}:0`;
    const at = shop.clock.now();
    await arrive(ctx, account.id, [{ type: "receipt", externalId, at, state: "read" }]);
    expect(await stateOf(message.id)).toMatchObject({ state: "read" });
    await arrive(ctx, account.id, [
      { type: "receipt", externalId, at, state: "delivered" },
      { type: "receipt", externalId, at, state: "failed", failure: { code: "1", words: "no" } },
    ]);
    expect(await stateOf(message.id)).toMatchObject({ state: "read", error: null });
  });

  it("that comes back as an echo is not there twice", async () => {
    const message = await write();
    await deliver(ctx, message.id);
    await arrive(ctx, account.id, [
      {
        type: "message",
        echo: true,
        externalId: `sent-${message.id}:0`,
        at: shop.clock.now(),
        from: {
          address: number,
          name: null,
          identifier: { kind: "phone", value: number },
          grade: "provider-verified",
          proof: "",
        },
        text: "Hi Mia",
        files: [],
      },
    ]);
    expect(await db.prisma.message.count({ where: { conversationId } })).toBe(2);
  });

  it("is refused while the channel is paused or its window is over, with the reason", async () => {
    far.far.rule = () => ({ open: false, words: "24 hours are over.", instead: null });
    await expect(write()).rejects.toMatchObject({ fields: [{ message: "24 hours are over." }] });
    far.far.rule = usual.rule;
    const message = await write();
    await db.prisma.channelAccount.updateMany({ where: { id: account.id }, data: { state: "paused" } });
    await expect(write()).rejects.toMatchObject({ fields: [{ message: expect.stringContaining("paused") }] });
    await deliver(ctx, message.id);
    expect(await stateOf(message.id)).toMatchObject({ state: "failed", error: expect.stringContaining("paused") });
    expect(far.sent).toHaveLength(0);
  });

  it("goes to no endpoint of somebody else, of this shop or another", async () => {
    const other = "+4520999999";
    await arrive(ctx, account.id, [
      {
        type: "message",
        externalId: "in-2",
        at: shop.clock.now(),
        from: {
          address: other,
          name: null,
          identifier: { kind: "phone", value: other },
          grade: "provider-verified",
          proof: "",
        },
        text: "Someone else",
        files: [],
      },
    ]);
    const endpoint = await db.prisma.endpoint.findFirstOrThrow({ where: { accountId: account.id, address: other } });
    const answer = { conversationId, text: "Hi", clientKey: newId(), attachmentIds: [], seenPosition: null };
    await expect(reply(anna, { ...answer, to: { endpointId: endpoint.id } })).rejects.toMatchObject({ status: 422 });
    await expect(reply(anna, { ...answer, to: { chat: true } })).rejects.toMatchObject({ status: 422 });
  });
});

describe("what the provider says of a refusal", () => {
  it("ends the window until they write again, and is no fault of the account's", async () => {
    far.far.answer = () =>
      Promise.reject(new Rejected({ code: "131047", words: "24 hours are over.", isOf: "window" }));
    const message = await write();
    await deliver(ctx, message.id);
    const endpoint = await db.prisma.endpoint.findFirstOrThrow({ where: { accountId: account.id } });
    expect(endpoint.lastInAt?.getTime()).toBe(shop.clock.now().getTime() - 24 * 3_600_000);
    const row = await db.prisma.channelAccount.findFirstOrThrow({ where: { id: account.id } });
    expect(row.lastError).toBeNull();
  });

  it("stands at the account when nothing goes out until somebody changes it", async () => {
    far.far.answer = () => Promise.reject(new Rejected({ code: "190", words: "Reconnect it.", isOf: "account" }));
    const message = await write();
    await deliver(ctx, message.id);
    const row = await db.prisma.channelAccount.findFirstOrThrow({ where: { id: account.id } });
    expect(row.lastError).toBe("Reconnect it.");
  });
});
