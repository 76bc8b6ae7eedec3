import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Context, StaffActor } from "~/context";
import { staffSeen } from "~/conversations/seen";
import { split } from "~/conversations/splitting/split";
import { unsplit } from "~/conversations/splitting/unsplit";
import { thread } from "~/conversations/thread";
import type { Database } from "~/db.server";
import { NotFound } from "~/http/errors";
import { list } from "~/inbox/list";
import { openConversation } from "~/inbox/open-conversation";
import { newId } from "~/platform/ids";
import { type Chat, conversationRow, respond, say, startChat } from "../../support/chat";
import { type TestShop, testShop } from "../../support/context";
import { testDatabase } from "../../support/database";

let db: Database;
let shop: TestShop;
let anna: Context<StaffActor>;
let chat: Chat;
let second: string;

beforeAll(async () => {
  db = await testDatabase();
});

beforeEach(async () => {
  shop = await testShop(db);
  anna = await shop.staff("Anna Berg");
  chat = await startChat(shop, "Where is my parcel?");
  await respond(anna, chat.id, "On its way.");
  second = (await say(chat.shopper, chat.id, "And may I swap the jacket?")).id;
  await respond(anna, chat.id, "Of course.");
});

const asked = (more: object = {}) => ({
  ...{ conversationId: chat.id, messageId: second, only: false, clientKey: newId(), ...more },
});
const texts = async (id: string) =>
  (await thread(anna, id)).entries.flatMap((one) => (one.type === "message" ? [one.message.text] : []));

describe("split", () => {
  it("begins a conversation at a message, with what was answered to it", async () => {
    const { conversationId } = await split(anna, asked());
    expect(await texts(chat.id)).toEqual(["Where is my parcel?", "On its way."]);
    expect(await texts(conversationId)).toEqual(["And may I swap the jacket?", "Of course."]);
    const row = await conversationRow(db, anna.shop.id, chat.id);
    expect(row).toMatchObject({ lastMessageText: "On its way.", waitingSince: null });
    expect(await openConversation(anna, conversationId)).toMatchObject({ status: "open", splitFrom: chat.id });
  });

  it("takes only the message where that is asked, and then it waits for an answer", async () => {
    const { conversationId } = await split(anna, asked({ only: true }));
    expect(await texts(conversationId)).toEqual(["And may I swap the jacket?"]);
    const row = await conversationRow(db, anna.shop.id, conversationId);
    expect(row.waitingSince).not.toBeNull();
    expect(row.position).toBe(2);
  });

  it("leaves what was read read", async () => {
    await staffSeen(anna, { conversationId: chat.id, position: 100 });
    const { conversationId } = await split(anna, asked());
    const { rows } = await list(anna, { view: "open" });
    expect(rows.map(({ id, unread }) => [id, unread]).sort()).toEqual(
      [
        [chat.id, false],
        [conversationId, false],
      ].sort(),
    );
  });

  it("is the same conversation for the same key, and for a colleague at the same moment", async () => {
    const bo = await shop.staff("Bo Lind");
    const one = asked();
    const [first, other] = await Promise.all([split(anna, one), split(bo, asked())]);
    expect(other).toEqual(first);
    expect(await split(anna, one)).toEqual(first);
    expect(await db.prisma.conversation.count({ where: { shopId: anna.shop.id } })).toBe(2);
  });

  it("refuses to leave nothing, a message of the team's, and another shop's", async () => {
    await expect(split(anna, asked({ messageId: chat.first.id }))).rejects.toMatchObject({ status: 409 });
    const [, reply] = (await thread(anna, chat.id)).entries.filter((one) => one.type === "message");
    const messageId = reply?.type === "message" ? reply.message.id : "";
    await expect(split(anna, asked({ messageId }))).rejects.toMatchObject({ status: 409 });
    const stranger = await (await testShop(db)).staff();
    await expect(split(stranger, asked())).rejects.toThrow(NotFound);
  });
});

describe("undoing it", () => {
  it("puts everything back at its place, and what came meanwhile behind it; once", async () => {
    const { conversationId } = await split(anna, asked());
    await say(chat.shopper, conversationId, "In blue, please.");
    expect(await unsplit(anna, conversationId)).toEqual({ conversationId: chat.id });
    expect(await unsplit(anna, conversationId)).toEqual({ conversationId: chat.id });
    expect(await texts(chat.id)).toEqual([
      ...["Where is my parcel?", "On its way.", "And may I swap the jacket?", "Of course.", "In blue, please."],
    ]);
    const row = await conversationRow(db, anna.shop.id, chat.id);
    expect(row).toMatchObject({ lastMessageText: "In blue, please.", lastMessageFrom: "shopper" });
    await expect(openConversation(anna, conversationId)).rejects.toThrow(NotFound);
    expect((await list(anna, { view: "open" })).rows).toHaveLength(1);
  });

  it("waits for a split of the split, and is not for another shop", async () => {
    await say(chat.shopper, chat.id, "One more thing");
    const { conversationId } = await split(anna, asked());
    const third = (await thread(anna, conversationId)).entries.findLast((one) => one.type === "message");
    const messageId = third?.type === "message" ? third.message.id : "";
    const again = await split(anna, asked({ conversationId, messageId }));
    await expect(unsplit(anna, conversationId)).rejects.toMatchObject({ status: 409 });
    await unsplit(anna, again.conversationId);
    const stranger = await (await testShop(db)).staff();
    await expect(unsplit(stranger, conversationId)).rejects.toThrow(NotFound);
    await unsplit(anna, conversationId);
    expect(await texts(chat.id)).toHaveLength(5);
  });

  it("is told in the activity log", async () => {
    const { conversationId } = await split(anna, asked());
    await unsplit(anna, conversationId);
    const entries = await db.prisma.auditEntry.findMany({ where: { shopId: anna.shop.id } });
    expect(entries.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["conversation.split", "conversation.unsplit"]),
    );
  });
});
