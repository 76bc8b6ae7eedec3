import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Context, StaffActor } from "~/context";
import { mailBody } from "~/conversations/mail-body";
import { messageView } from "~/conversations/message-view";
import { settleDelivery } from "~/conversations/settle-delivery";
import { unsend } from "~/conversations/unsend";
import { NotFound } from "~/http/errors";
import { list } from "~/inbox/list";
import { newId } from "~/platform/ids";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";

let db: Awaited<ReturnType<typeof testDatabase>>;
let shop: TestShop;
let anna: Context<StaffActor>;
let conversationId: string;
let endpointId: string;
let accountId: string;

beforeAll(async () => {
  db = await testDatabase();
});

beforeEach(async () => {
  shop = await testShop(db);
  anna = await shop.staff();
  const [shopId, at] = [anna.shop.id, shop.clock.now()];
  const customerId = newId();
  [conversationId, endpointId, accountId] = [newId(), newId(), newId()];
  const { prisma } = db;
  await prisma.customer.create({ data: { shopId, id: customerId, createdAt: at, updatedAt: at } });
  const account = { shopId, id: accountId, kind: "email", externalId: accountId, name: "help", state: "active" };
  await prisma.channelAccount.create({ data: { ...account, createdAt: at } });
  const address = "ida@holm.example";
  await prisma.endpoint.create({ data: { shopId, id: endpointId, accountId, customerId, address, createdAt: at } });
  const told = { lastMessageAt: at, lastMessageText: "Ours", lastMessageFrom: "staff", openedAt: at };
  const state = { channel: "email", status: "open", position: 2 };
  await prisma.conversation.create({ data: { shopId, id: conversationId, customerId, ...state, ...told } });
  await message("shopper", 1, "Where is it?");
});

async function message(author: "shopper" | "staff", position: number, text: string): Promise<string> {
  const id = newId();
  const staffId = author === "staff" ? anna.actor.id : null;
  const at = shop.clock.now();
  await db.prisma.message.create({
    data: {
      ...{ shopId: anna.shop.id, id, conversationId, position, author, staffId, channel: "email", text },
      ...{ clientKey: id, at, accountId, endpointId },
    },
  });
  return id;
}

async function ours(state: string, more: object = {}, part = 0, id?: string): Promise<string> {
  const messageId = id ?? (await message("staff", 2, "Ours"));
  const queuedAt = shop.clock.now();
  const error = state === "failed" ? "No such mailbox." : null;
  await db.prisma.delivery.create({
    data: { shopId: anna.shop.id, messageId, part, accountId, endpointId, state, queuedAt, error, ...more },
  });
  return messageId;
}

const stateOf = async (messageId: string) => (await messageView(anna, messageId)).delivery?.state;
const jobs = async (messageId: string) => {
  const { rows } = await db.sql.query<{ count: number }>(
    `SELECT count(*)::int AS "count" FROM graphile_worker._private_jobs WHERE payload->>'messageId' = $1`,
    [messageId],
  );
  return rows[0]?.count;
};

describe("what failed", () => {
  it("is shown in the list, and sent again as if it had never been tried", async () => {
    const messageId = await ours("failed", { attempts: 7 });
    expect((await list(anna, { view: "open" })).rows[0]?.undelivered).toBe(true);
    await settleDelivery(anna, { conversationId, messageId, as: "again" });
    expect(await stateOf(messageId)).toBe("queued");
    const row = await db.prisma.delivery.findFirstOrThrow({ where: { messageId } });
    expect(row).toMatchObject({ attempts: 0, error: null, sendingAt: null });
    expect(await jobs(messageId)).toBe(1);
    expect((await list(anna, { view: "open" })).rows[0]?.undelivered).toBe(false);
    await expect(settleDelivery(anna, { conversationId, messageId, as: "again" })).rejects.toMatchObject({
      status: 409,
    });
  });

  it("sends no part twice that was sent", async () => {
    const messageId = await ours("sent");
    await ours("failed", {}, 1, messageId);
    await settleDelivery(anna, { conversationId, messageId, as: "again" });
    const rows = await db.prisma.delivery.findMany({ where: { messageId }, orderBy: { part: "asc" } });
    expect(rows.map(({ state }) => state)).toEqual(["sent", "queued"]);
  });

  it("cannot be said to have arrived", async () => {
    const messageId = await ours("failed");
    const said = settleDelivery(anna, { conversationId, messageId, as: "arrived" });
    await expect(said).rejects.toMatchObject({ status: 409 });
  });
});

it("takes somebody's word for what nobody knows, and sends nothing", async () => {
  const messageId = await ours("unclear");
  await settleDelivery(anna, { conversationId, messageId, as: "arrived" });
  expect(await stateOf(messageId)).toBe("sent");
  expect(await jobs(messageId)).toBe(0);
});

describe("taking back", () => {
  it("gives the words back and leaves the conversation as it was", async () => {
    const messageId = await ours("queued");
    expect(await unsend(anna, { conversationId, messageId })).toEqual({ text: "Ours", attachments: [] });
    expect(await messageView(anna, messageId)).toMatchObject({
      text: "",
      delivery: null,
      deletedAt: expect.any(String),
    });
    const row = await db.prisma.conversation.findFirstOrThrow({ where: { id: conversationId } });
    expect(row).toMatchObject({ lastMessageText: "Where is it?", lastMessageFrom: "shopper" });
    expect(row.waitingSince).not.toBeNull();
  });

  it("comes too late once it is on its way", async () => {
    for (const [state, more] of [
      ["sending", {}],
      ["sent", {}],
      ["queued", { attempts: 1 }],
    ] as const) {
      const messageId = await ours(state, more);
      await expect(unsend(anna, { conversationId, messageId })).rejects.toMatchObject({ status: 409 });
      expect((await messageView(anna, messageId)).text).toBe("Ours");
      await db.prisma.message.delete({ where: { shopId_id: { shopId: anna.shop.id, id: messageId } } });
    }
  });
});

it("is for the staff of the shop alone", async () => {
  const messageId = await ours("failed");
  const stranger = await (await testShop(db)).staff();
  const attempts = await Promise.allSettled([
    settleDelivery(stranger, { conversationId, messageId, as: "again" }),
    unsend(stranger, { conversationId, messageId }),
    mailBody(stranger, { conversationId, messageId }),
  ]);
  for (const attempt of attempts) {
    expect(attempt).toMatchObject({ status: "rejected", reason: expect.any(NotFound) });
  }
  expect(await stateOf(messageId)).toBe("failed");
});

it("opens a mail in full, once it is a mail, and writes down who did", async () => {
  const messageId = await message("staff", 2, "Hello");
  await expect(mailBody(anna, { conversationId, messageId })).rejects.toBeInstanceOf(NotFound);
  const body = { html: "<p>Hello</p>", fullText: "Hello\n> before" };
  await db.prisma.mailBody.create({ data: { shopId: anna.shop.id, messageId, ...body } });
  expect(await mailBody(anna, { conversationId, messageId })).toMatchObject({ ...body, inboundId: null, pictures: [] });
  const [entry] = await db.prisma.auditEntry.findMany({ where: { shopId: anna.shop.id } });
  expect(entry).toMatchObject({ action: "mail.read", subjectId: conversationId, actorId: anna.actor.id });
});
