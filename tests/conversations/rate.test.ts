import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { rate } from "~/conversations/rate";
import type { Database } from "~/db.server";
import { type Chat, factsOf, startChat } from "../support/chat";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";

let db: Database;
let shop: TestShop;
let chat: Chat;

beforeAll(async () => {
  db = await testDatabase();
  shop = await testShop(db);
});
beforeEach(async () => {
  chat = await startChat(shop);
});

const kept = () =>
  db.prisma.rating.findUnique({
    where: { shopId_conversationId: { shopId: shop.base.shop.id, conversationId: chat.id } },
  });

describe("rate", () => {
  it("keeps the shopper's last word, and the same word once", async () => {
    await rate(chat.shopper, { conversationId: chat.id, score: 2, comment: "Slow" });
    await rate(chat.shopper, { conversationId: chat.id, score: 5, comment: " " });
    await rate(chat.shopper, { conversationId: chat.id, score: 5, comment: null });
    expect(await kept()).toMatchObject({ score: 5, comment: null, visitorId: chat.shopper.actor.visitorId });
    const facts = await factsOf(db, chat.id);
    expect(facts.filter((kind) => String(kind).includes("rated"))).toHaveLength(2);
  });

  it.each([0, 6, 2.5, Number.NaN])("refuses %s", async (score) => {
    await expect(rate(chat.shopper, { conversationId: chat.id, score, comment: null })).rejects.toMatchObject({
      status: 422,
    });
    expect(await kept()).toBeNull();
  });

  it("is nobody's but the shopper's of the conversation", async () => {
    const stranger = await shop.shopper();
    await expect(rate(stranger, { conversationId: chat.id, score: 5, comment: null })).rejects.toMatchObject({
      status: 404,
    });
  });
});
