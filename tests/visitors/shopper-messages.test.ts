import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readFile } from "~/attachments/read";
import { readBytes } from "~/attachments/store/store";
import type { Context, ShopperActor } from "~/context";
import { shopperReceipt } from "~/conversations/seen";
import { staffTyping } from "~/conversations/typing";
import type { Database } from "~/db.server";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { newId } from "~/platform/ids";
import { currentPlace, toCursor } from "~/realtime/cursor";
import type { EventView } from "~/realtime/frames";
import { Hub } from "~/realtime/hub";
import { postgresBus } from "~/realtime/postgres-bus";
import type { StateAnswer } from "~/visitors/answers";
import { hasChat } from "~/visitors/has-chat";
import { chatState } from "~/visitors/state";
import { conversationRow, say } from "../support/chat";
import { type TestShop, TestSignals, testShop } from "../support/context";
import { testDatabase } from "../support/database";
import { TestEar, until } from "../support/listening";

let db: Database & { url: string };
let shop: TestShop;
let hub: Hub;
let accountId: string;

beforeAll(async () => {
  db = await testDatabase();
  Object.assign(process.env, {
    ...{ SHOPIFY_API_KEY: "key", SHOPIFY_API_SECRET: "hush-hush-hush", SHOPIFY_APP_URL: "http://127.0.0.1:1" },
    ...{ SCOPES: "read_orders", DATABASE_URL: db.url },
  });
  shop = await testShop(db);
  hub = new Hub(db.sql);
  await hub.start(postgresBus(db.url));
  Object.assign(shop.base, { signals: hub });
  accountId = newId();
  await db.prisma.channelAccount.create({
    data: {
      ...{ shopId: shop.base.shop.id, id: accountId, kind: "email", externalId: "help@northwind.example" },
      ...{ name: "Help", state: "active", createdAt: shop.clock.now() },
    },
  });
});
afterAll(() => hub.stop());

const shopId = () => shop.base.shop.id;

async function leaf(): Promise<string> {
  const id = newId();
  const now = shop.clock.now();
  await db.prisma.customer.create({ data: { shopId: shopId(), id, createdAt: now, updatedAt: now } });
  return id;
}

async function endpoint(customerId: string): Promise<string> {
  const id = newId();
  const address = `${id}@example.com`;
  await db.prisma.endpoint.create({
    data: { shopId: shopId(), id, accountId, customerId, address, createdAt: shop.clock.now() },
  });
  return id;
}

interface Written {
  author: "shopper" | "staff" | "app";
  channel: string;
  /** Of a shopper's message. */
  customerId?: string | null;
  visitorId?: string | null;
  endpointId?: string | null;
  takenBack?: boolean;
}

async function conversation(customerId: string, visitorId: string | null, channel = "email"): Promise<string> {
  const now = shop.clock.now();
  const id = newId();
  await db.prisma.conversation.create({
    data: { shopId: shopId(), id, customerId, visitorId, channel, status: "open", lastMessageAt: now, openedAt: now },
  });
  return id;
}

/** A message with a file and its fact, as every way in and out leaves it. */
async function write(conversationId: string, written: Written): Promise<{ id: string; fileId: string }> {
  const [id, fileId] = [newId(), newId()];
  await change({ ...shop.base, actor: { kind: "app" } }, async (tx) => {
    const key = { shopId_id: { shopId: shopId(), id: conversationId } };
    const { position, customerId, visitorId } = await tx.conversation.update({
      where: key,
      data: { position: { increment: 1 } },
    });
    const { takenBack = false, ...rest } = written;
    const at = shop.clock.now();
    await tx.message.create({
      data: {
        ...{ shopId: shopId(), id, conversationId, position, text: `${id} says`, clientKey: id, at, ...rest },
        ...{ accountId: rest.endpointId ? accountId : null, deletedAt: takenBack ? at : null },
        content: { email: { subject: "To all", cc: [{ name: null, address: "third@example.com" }] } },
      },
    });
    await tx.attachment.create({
      data: {
        ...{ shopId: shopId(), id: fileId, owner: "channel", messageId: id, name: "a.png", mediaType: "image/png" },
        ...{ size: 3, content: Buffer.from("abc"), at },
      },
    });
    const kind = written.author === "shopper" ? "message.received" : "message.sent";
    await record(
      tx,
      { ...shop.base, actor: { kind: "app" } },
      kind,
      { messageId: id },
      {
        ...{ conversationId, customerId, visitorId, position },
      },
    );
  });
  return { id, fileId };
}

const messagesOf = (events: EventView[], conversationId: string) =>
  events.flatMap((event) => (event.conversationId === conversationId ? (event.message?.id ?? []) : []));

/** The last fact of a conversation, which everybody who reaches it hears. */
const closed = (conversationId: string) =>
  change({ ...shop.base, actor: { kind: "app" } }, (tx) =>
    record(tx, { ...shop.base, actor: { kind: "app" } }, "conversation.closed", {}, { conversationId }),
  );

/** What reaches this shopper of a conversation, by every way there is. */
async function reaches(ctx: Context<ShopperActor>, conversationId: string, files: Map<string, string>, from: string) {
  const pages: string[] = [];
  let before: { before: number } | null = null;
  for (;;) {
    const state: StateAnswer | null = await chatState(ctx, before, conversationId).catch(() => null);
    if (!state?.conversation) break;
    pages.unshift(...state.conversation.messages.map(({ id }) => id));
    const first: { position: number } | undefined = state.conversation.messages[0];
    if (!state.conversation.older || !first) break;
    before = { before: first.position };
  }
  const after = await chatState(ctx, { after: 0 }, conversationId).catch(() => null);
  const ear = await new TestEar({ as: "shopper", shopId: shopId(), ...ctx.actor }).join(hub, from);
  hub.leave(ear);
  const opened: string[] = [];
  for (const [messageId, fileId] of files) {
    const file = await readFile(ctx, fileId).catch(() => null);
    if (file && (await readBytes(file.bytes)).byteLength === 3) opened.push(messageId);
  }
  return {
    pages,
    after: after?.conversation?.messages.map(({ id }) => id) ?? [],
    told: messagesOf(ear.events, conversationId),
    files: opened,
    json: JSON.stringify([after, ear.frames]),
  };
}

describe("what a shopper is sent", () => {
  it("is what the rule allows, by every way there is", async () => {
    const mine = [await leaf(), await leaf()] as const;
    const others = [await leaf(), await leaf()] as const;
    const leaves = [...mine, ...others];
    const endpoints = new Map<string, string>();
    for (const id of leaves) endpoints.set(id, await endpoint(id));
    const browser = (await shop.shopper()).actor.visitorId;
    const elsewhere = (await shop.shopper()).actor.visitorId;
    const staff = await new TestEar({ as: "staff", shopId: shopId(), staffId: newId(), staffName: "Anna" }).join(hub);
    const leafOf = fc.constantFrom(...leaves);
    const visitor = fc.constantFrom(browser, elsewhere, null);
    const message = fc.record({
      author: fc.constantFrom("shopper", "staff", "app"),
      channel: fc.constantFrom("chat", "email", "whatsapp", "voice", "in-person"),
      customerId: leafOf,
      visitorId: visitor,
      to: fc.option(leafOf),
      takenBack: fc.boolean(),
    });
    const proof = fc.constantFrom("nobody", "one", "both");
    await fc.assert(
      fc.asyncProperty(
        leafOf,
        visitor,
        proof,
        fc.array(message, { maxLength: 12 }),
        async (owner, at, who, messages) => {
          const proven: readonly string[] = who === "nobody" ? [] : who === "one" ? [mine[0]] : mine;
          const [customerId = null, ...alsoProven] = proven;
          const ctx = { ...shop.base, actor: { kind: "shopper", visitorId: browser, customerId, alsoProven } as const };
          const from = toCursor(await currentPlace(db.sql));
          const live = await new TestEar({ as: "shopper", shopId: shopId(), ...ctx.actor }).join(hub);
          const id = await conversation(owner, at);
          const isReached = at === browser || proven.includes(owner);
          const allowed: string[] = [];
          const files = new Map<string, string>();
          for (const { to, ...one } of messages) {
            const isShopper = one.author === "shopper";
            const endpointId = to === null ? null : (endpoints.get(to) ?? null);
            const made = await write(id, {
              ...one,
              author: one.author as Written["author"],
              customerId: isShopper ? one.customerId : null,
              visitorId: isShopper ? one.visitorId : null,
              endpointId,
            });
            files.set(made.id, made.fileId);
            const inChat = one.channel === "chat" && to === null;
            const isTheirs = isShopper
              ? one.visitorId === browser || proven.includes(one.customerId)
              : inChat || (one.author === "staff" && to !== null && proven.includes(to));
            const forStaff = one.channel === "voice" || one.channel === "in-person" || one.takenBack;
            if (isReached && isTheirs && !forStaff) allowed.push(made.id);
          }
          await closed(id);
          await until(
            () => staff.events.some((event) => event.conversationId === id && event.kind === "conversation.closed"),
            "the hub is there",
          );
          expect(messagesOf(live.events, id)).toEqual(isReached ? allowed : []);
          hub.leave(live);
          const { json, ...ways } = await reaches(ctx, id, files, from);
          expect(ways).toEqual({ pages: allowed, after: allowed, told: allowed, files: allowed });
          expect(json).not.toContain("third@example.com");
        },
      ),
      { numRuns: 15 },
    );
  }, 60_000);
});

describe("a conversation of several", () => {
  it("stays closed to a leaf that staff merged, who finds nothing in it when they sign in", async () => {
    const [ann, bea] = [await leaf(), await leaf()];
    const id = await conversation(ann, null);
    await write(id, { author: "shopper", channel: "email", customerId: ann, endpointId: await endpoint(ann) });
    const mail = await write(id, {
      author: "shopper",
      channel: "email",
      customerId: bea,
      endpointId: await endpoint(bea),
    });
    await write(id, { author: "staff", channel: "chat" });
    const signedIn = await shop.shopper({ customerId: bea });
    await expect(chatState(signedIn, null, id)).rejects.toThrow("not found");
    expect((await chatState(signedIn)).conversation).toBeNull();
    await expect(readFile(signedIn, mail.fileId)).rejects.toThrow("not found");
    await expect(shopperReceipt(signedIn, { conversationId: id, position: 1, what: "seen" })).rejects.toThrow(
      "not found",
    );
    await expect(say(signedIn, id, "Let me in")).rejects.toThrow("not found");
    const own = await say(signedIn, null, "Hello");
    expect(own.conversationId).not.toBe(id);
  });

  it("goes on in the chat of whoever began it by mail and has signed in, and in no other browser's", async () => {
    const ann = await leaf();
    const id = await conversation(ann, null);
    await write(id, { author: "shopper", channel: "email", customerId: ann, endpointId: await endpoint(ann) });
    const cc = await write(id, { author: "shopper", channel: "email", customerId: await leaf() });
    const signedIn = await shop.shopper({ customerId: ann });
    expect(await hasChat(signedIn)).toBe(false);
    const said = await say(signedIn, null, "I am here now");
    expect(said.conversationId).toBe(id);
    expect(await conversationRow(db, shopId(), id)).toMatchObject({
      channel: "chat",
      visitorId: signedIn.actor.visitorId,
      lastMessageFrom: "shopper",
    });
    expect(await hasChat(signedIn)).toBe(true);
    const shown = (await chatState(signedIn)).conversation?.messages ?? [];
    expect(shown.map(({ channel }) => channel)).toEqual(["email", "chat"]);
    expect(shown.map((message) => message.id)).not.toContain(cc.id);
    const stranger = await shop.shopper();
    await expect(chatState(stranger, null, id)).rejects.toThrow("not found");
  });

  it("that was closed goes on too, and is then this browser's", async () => {
    const ann = await leaf();
    const id = await conversation(ann, null);
    const key = { shopId_id: { shopId: shopId(), id } };
    await db.prisma.conversation.update({ where: key, data: { status: "closed", closedAt: shop.clock.now() } });
    const signedIn = await shop.shopper({ customerId: ann });
    expect((await say(signedIn, null, "Once more")).conversationId).toBe(id);
    expect(await conversationRow(db, shopId(), id)).toMatchObject({
      ...{ channel: "chat", status: "open", visitorId: signedIn.actor.visitorId },
    });
    const reopened = await db.prisma.event.findFirst({ where: { conversationId: id, kind: "conversation.reopened" } });
    expect(reopened?.visitorId).toBe(signedIn.actor.visitorId);
  });

  it("does not tell a browser that staff write while they answer somebody's mail", async () => {
    const shopper = await shop.shopper();
    const first = await say(shopper, null, "Hello");
    const staff = { ...(await shop.staff()), signals: new TestSignals() };
    await staffTyping(staff, first.conversationId);
    expect(staff.signals.sent).toHaveLength(2);
    await db.prisma.conversation.update({
      where: { shopId_id: { shopId: shopId(), id: first.conversationId } },
      data: { channel: "email" },
    });
    await staffTyping(staff, first.conversationId);
    expect(staff.signals.sent).toHaveLength(3);
  });
});
