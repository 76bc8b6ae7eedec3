import { beforeAll, describe, expect, it } from "vitest";
import type { Context, StaffActor } from "~/context";
import { assign } from "~/conversations/assign";
import { close } from "~/conversations/close";
import { note } from "~/conversations/note";
import { thread, threadPage } from "~/conversations/thread";
import type { ThreadEntry } from "~/conversations/thread-entry";
import type { Database } from "~/db.server";
import { NotFound } from "~/http/errors";
import { newId } from "~/platform/ids";
import { respond, say, startChat, upload } from "../support/chat";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";

let db: Database;
let shop: TestShop;
let anna: Context<StaffActor>;

beforeAll(async () => {
  db = await testDatabase();
  shop = await testShop(db);
  anna = await shop.staff("Anna Berg");
});

const words = (entry: ThreadEntry): string =>
  entry.type === "message" ? entry.message.text : entry.type === "note" ? `note: ${entry.note.text}` : entry.fact.kind;

describe("a conversation for staff", () => {
  it("has messages, notes and facts in one order, with who did what", async () => {
    const chat = await startChat(shop, "Is it in stock?");
    await respond(anna, chat.id, "Yes");
    await note(anna, { conversationId: chat.id, text: "Wants it by Friday", clientKey: newId() });
    await say(chat.shopper, chat.id, "Thanks");
    await assign(anna, { conversationId: chat.id, staffId: null });
    await close(anna, chat.id);

    const { entries, hasEarlier } = await thread(anna, chat.id);
    expect(entries.map(words)).toEqual([
      "Is it in stock?",
      "conversation.assigned",
      "Yes",
      "note: Wants it by Friday",
      "Thanks",
      "conversation.assigned",
      "conversation.closed",
    ]);
    expect(entries.map((entry) => entry.position)).toEqual(
      [...entries.map((entry) => entry.position)].sort((a, b) => a - b),
    );
    expect(new Set(entries.map((entry) => entry.position)).size).toBe(entries.length);
    expect(hasEarlier).toBe(false);
    expect(entries[1]).toMatchObject({ fact: { actorName: "Anna Berg", data: { staffName: "Anna Berg" } } });
    expect(entries[3]).toMatchObject({ note: { staffName: "Anna Berg" } });
  });

  it("comes in pages that touch and do not overlap", async () => {
    const chat = await startChat(shop, "message 0");
    for (let number = 1; number < threadPage * 2 + 10; number += 1)
      await say(chat.shopper, chat.id, `message ${number}`);
    const found: string[] = [];
    let before: number | undefined;
    let pages = 0;
    for (let more = true; more; ) {
      const page = await thread(anna, chat.id, before);
      found.unshift(...page.entries.map(words));
      before = page.entries[0]?.position;
      more = page.hasEarlier;
      pages += 1;
    }
    expect(found).toEqual(Array.from({ length: threadPage * 2 + 10 }, (_, number) => `message ${number}`));
    expect(pages).toBe(3);
  });

  it("shows what was attached", async () => {
    const chat = await startChat(shop);
    const picture = await upload(db, anna.shop.id, `staff:${anna.actor.id}`);
    await respond(anna, chat.id, "", { attachmentIds: [picture] });
    const last = (await thread(anna, chat.id)).entries.at(-1);
    expect(last).toMatchObject({ message: { text: "", attachments: [{ id: picture, mediaType: "image/png" }] } });
  });

  it("is not there for another shop, nor under any other id", async () => {
    const chat = await startChat(shop);
    const stranger = await (await testShop(db)).staff();
    for (const [who, id] of [[stranger, chat.id] as const, [anna, newId()] as const, [anna, "' OR 1=1"] as const]) {
      await expect(thread(who, id)).rejects.toBeInstanceOf(NotFound);
    }
  });
});
