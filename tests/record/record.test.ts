import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Context, ShopperActor, StaffActor } from "~/context";
import { close } from "~/conversations/close";
import { rate } from "~/conversations/rate";
import type { Database } from "~/db.server";
import { newId } from "~/platform/ids";
import { readRecord } from "~/record/read-record";
import { startConversation } from "~/record/start-conversation";
import { respond, say } from "../support/chat";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";

let db: Database;
let shop: TestShop;
let anna: Context<StaffActor>;
let number = 100;
let gid: string;

beforeAll(async () => {
  db = await testDatabase();
  shop = await testShop(db);
  anna = await shop.staff("Anna Berg");
});
beforeEach(() => {
  number += 1;
  gid = `gid://shopify/Customer/${number}`;
});

/** A customer of Shopify's who is signed in on a browser. */
async function signedIn(): Promise<Context<ShopperActor>> {
  const now = shop.clock.now();
  const shopId = shop.base.shop.id;
  const customerId = newId();
  await db.prisma.customer.create({
    data: { shopId, id: customerId, shopifyCustomerId: gid, name: "Amalie", createdAt: now, updatedAt: now },
  });
  const shopper = await shop.shopper({ customerId });
  await db.prisma.visitor.update({
    where: { shopId_id: { shopId, id: shopper.actor.visitorId } },
    data: { customerId, signedInAs: gid },
  });
  return { ...shopper, actor: { ...shopper.actor, customerId } };
}

describe("what stands on Shopify's page of a customer", () => {
  it("is their latest conversations, what is open, and how they found them", async () => {
    const amalie = await signedIn();
    const { conversationId } = await say(amalie, null, "Where is my parcel?");
    await respond(anna, conversationId, "On its way.");
    await close(anna, conversationId);
    await rate(amalie, { conversationId, score: 4, comment: null });
    const view = await readRecord(anna, { customer: gid });
    expect(view).toMatchObject({
      shopifyCustomerId: gid,
      name: "Amalie",
      openMatters: 0,
      waitingSince: null,
      satisfaction: 4,
      ratings: 1,
      reach: { possible: true },
    });
    expect(view.conversations).toEqual([
      expect.objectContaining({ id: conversationId, status: "closed", lastMessageText: "On its way." }),
    ]);
    const read = { shopId: shop.base.shop.id, action: "customer.read", subjectId: amalie.actor.customerId };
    expect(await db.prisma.auditEntry.count({ where: read })).toBe(1);
  });

  it("is empty, with the reason why nobody can write to them, for one who never came", async () => {
    expect(await readRecord(anna, { customer: gid })).toMatchObject({
      shopifyCustomerId: gid,
      conversations: [],
      reach: { possible: false, words: expect.stringContaining("cannot reach them yet") },
    });
  });

  it("is nothing of another shop's", async () => {
    const amalie = await signedIn();
    await say(amalie, null, "Hello");
    const stranger = await (await testShop(db)).staff();
    expect(await readRecord(stranger, { customer: gid })).toMatchObject({ conversations: [], name: null });
  });

  it.each(["gid://shopify/Order/1", "1", "gid://shopify/Customer/1 OR 1=1", ""])("refuses %s", async (customer) => {
    await expect(readRecord(anna, { customer })).rejects.toMatchObject({ status: 422 });
  });

  it("says that an order which nobody told us of has no customer", async () => {
    expect(await readRecord(anna, { order: "gid://shopify/Order/99" })).toMatchObject({
      shopifyCustomerId: null,
      reach: { possible: false },
    });
  });
});

describe("starting a conversation from there", () => {
  it("reaches the browser on which they were signed in, once however often it is pressed", async () => {
    const amalie = await signedIn();
    const input = { customer: gid, text: "Your jacket is back in stock.", clientKey: newId() };
    const { conversationId } = await startConversation(anna, input);
    expect(await startConversation(anna, input)).toEqual({ conversationId });
    const messages = await db.prisma.message.findMany({ where: { shopId: shop.base.shop.id, conversationId } });
    expect(messages.map(({ text, author }) => ({ text, author }))).toEqual([{ text: input.text, author: "staff" }]);
    const row = { shopId_id: { shopId: shop.base.shop.id, id: conversationId } };
    expect(await db.prisma.conversation.findUnique({ where: row })).toMatchObject({
      visitorId: amalie.actor.visitorId,
    });
  });

  it("goes on with the conversation that is open", async () => {
    const amalie = await signedIn();
    const { conversationId } = await say(amalie, null, "Hello?");
    const input = { customer: gid, text: "Hello!", clientKey: newId() };
    expect(await startConversation(anna, input)).toEqual({ conversationId });
  });

  it("says why it cannot, and leaves nothing behind", async () => {
    const before = await db.prisma.conversation.count();
    await expect(startConversation(anna, { customer: gid, text: "Hi", clientKey: newId() })).rejects.toMatchObject({
      status: 422,
    });
    await signedIn();
    await expect(startConversation(anna, { customer: gid, text: " ", clientKey: newId() })).rejects.toMatchObject({
      status: 422,
    });
    expect(await db.prisma.conversation.count()).toBe(before);
  });

  it("never reaches a browser that only says that it is theirs", async () => {
    await signedIn();
    await db.prisma.visitor.updateMany({ where: { signedInAs: gid }, data: { signedInAs: null } });
    await expect(startConversation(anna, { customer: gid, text: "Hi", clientKey: newId() })).rejects.toMatchObject({
      status: 422,
    });
  });
});
