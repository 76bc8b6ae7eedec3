import { beforeAll, describe, expect, it } from "vitest";
import type { Context, StaffActor } from "~/context";
import { note } from "~/conversations/note";
import { receive } from "~/conversations/receive";
import { reply } from "~/conversations/reply";
import type { Database } from "~/db.server";
import { search } from "~/inbox/search";
import { newId } from "~/platform/ids";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";

let db: Database;
let shop: TestShop;
let anna: Context<StaffActor>;

beforeAll(async () => {
  db = await testDatabase();
  shop = await testShop(db);
  anna = await shop.staff();
});

async function chat(text: string, by: TestShop = shop): Promise<string> {
  by.clock.advance(1_000);
  const shopper = await by.shopper();
  return (await receive(shopper, { conversationId: null, text, clientKey: newId(), attachmentIds: [] })).conversationId;
}

const found = async (words: string, by = anna) => (await search(by, { words, before: null })).rows.map((row) => row.id);
const personOf = async (id: string) =>
  (await db.prisma.conversation.findFirstOrThrow({ where: { shopId: anna.shop.id, id } })).customerId;
const marked = async (words: string) =>
  (await search(anna, { words, before: null })).rows.map((row) =>
    row.line.map((part) => (part.found ? `[${part.text}]` : part.text)).join(""),
  );

describe("search", () => {
  it("finds the message in which all words begin, in any order, and shows where they stand", async () => {
    const id = await chat("The zipper of my Kingfisher jacket came broken");
    await chat("My zipper is fine");
    expect(await found("king ZIPP")).toEqual([id]);
    expect(await found("kingfisher fine")).toEqual([]);
    expect(await found("ingfisher")).toEqual([]);
    expect(await marked("king zipp")).toEqual(["The [zipp]er of my [King]fisher jacket came broken"]);
  });

  it("finds what staff wrote, numbers within signs, addresses by their parts, and letters of any script", async () => {
    const id = await chat("About INV-73551, see https://example.com/pelikan?x=1 or mail quentin.x@example.org");
    for (const words of ["73551", "inv-73551", "#73551", "pelikan", "quentin", "quentin.x@example.org"]) {
      expect(await found(words), words).toEqual([id]);
    }
    await reply(anna, {
      conversationId: id,
      text: "Grüße, Жанна 東京",
      clientKey: newId(),
      attachmentIds: [],
      seenPosition: 1,
    });
    for (const words of ["grüß", "GRÜSSE".replace("SS", "ß"), "жан", "東京"])
      expect(await found(words), words).toEqual([id]);
  });

  it("finds over every channel, and a mail by its subject", async () => {
    const id = await chat("hello there");
    await db.prisma.message.updateMany({
      where: { shopId: anna.shop.id, conversationId: id },
      data: { channel: "email", content: { email: { subject: "Re: Wanderstock order" } } },
    });
    expect(await found("wanderst hello")).toEqual([id]);
    expect(await marked("wanderst")).toEqual(["Re: [Wanderst]ock order · hello there"]);
  });

  it("finds a person by name, address and number, with every conversation of theirs", async () => {
    const [one, two] = [await chat("first"), await chat("second")];
    const personId = await personOf(one);
    await db.prisma.customer.update({
      where: { shopId_id: { shopId: anna.shop.id, id: personId } },
      data: { name: "Oluwaseun O'Brien", email: "seun.brien@example.com", phone: "+447700900123" },
    });
    await db.prisma.customer.update({
      where: { shopId_id: { shopId: anna.shop.id, id: await personOf(two) } },
      data: { mergedIntoId: personId },
    });
    for (const words of ["oluwa", "O'Brien", "seun brien", "447700900", "7700900123"]) {
      expect(await found(words), words).toEqual([two, one]);
    }
    expect((await marked("oluwa"))[0]).toContain("[Oluwa]seun");
  });

  it("leaves out notes, what was deleted, and what the app says by itself", async () => {
    const id = await chat("plain words");
    await note(anna, { conversationId: id, text: "secretnote", clientKey: newId() });
    expect(await found("secretnote")).toEqual([]);
    const gone = await chat("withdrawnword");
    expect(await found("withdrawnword")).toEqual([gone]);
    await db.prisma.message.updateMany({
      where: { shopId: anna.shop.id, conversationId: gone },
      data: { deletedAt: new Date() },
    });
    expect(await found("withdrawnword")).toEqual([]);
  });

  it("finds nothing of another shop's, and no message by the shop's own id", async () => {
    const other = await testShop(db);
    const theirs = await chat("nightingale", other);
    const mine = await chat("nightingale");
    expect(await found("nightingale")).toEqual([mine]);
    expect(await found("nightingale", await other.staff())).toEqual([theirs]);
    const first = anna.shop.id.slice(0, 8);
    expect((await marked(first)).join()).not.toContain("nightingale");
  });

  it("goes on where a page ended, whatever is said meanwhile", async () => {
    const busy = await testShop(db);
    const staff = await busy.staff();
    const ids: string[] = [];
    for (let number = 0; number < 35; number += 1) ids.unshift(await chat(`flamingo ${number}`, busy));
    const first = await search(staff, { words: "flam", before: null });
    await chat("flamingo too", busy);
    const second = await search(staff, { words: "flam", before: first.nextCursor });
    expect([...first.rows, ...second.rows].map((row) => row.id)).toEqual(ids);
    expect(second.nextCursor).toBeNull();
    await expect(search(staff, { words: "flam", before: "1.x" })).rejects.toMatchObject({ status: 422 });
  });

  it.each(["", "   ", "'", "!!! ??? &|()", "\\", "\0", "''", "🙂"])("takes %j for no word at all", async (words) => {
    expect(await search(anna, { words, before: null })).toEqual({ rows: [], nextCursor: null });
  });

  it.each([
    "cobalt & !teal",
    "cobalt | teal",
    "'cobalt' \"teal\"",
    "cobalt:* <-> teal",
    "(cobalt teal",
    "cobalt\\ teal\\'",
    "cobalt\0teal",
    `cobalt teal ${"teal ".repeat(500)}`,
  ])("takes %j for its words", async (words) => {
    const id = (await found("cobalt teal"))[0] ?? (await chat("cobalt, teal"));
    expect(await found(words)).toEqual([id]);
  });

  it("takes a word longer than any, and a text longer than an index takes", async () => {
    expect(await found("x".repeat(100_000))).toEqual([]);
    const id = await chat("long");
    const text = Array.from({ length: 200_000 }, (_, number) => `w${number}é`).join(" ");
    await db.prisma.message.updateMany({ where: { shopId: anna.shop.id, conversationId: id }, data: { text } });
    expect(await found("w77é")).toEqual([id]);
  });

  it("is written down once a day", async () => {
    const fresh = await (await testShop(db)).staff();
    await found("anything", fresh);
    await found("something", fresh);
    const entries = await db.prisma.auditEntry.findMany({ where: { shopId: fresh.shop.id } });
    expect(entries.map((entry) => entry.action)).toEqual(["messages.searched"]);
    expect(entries[0]?.detail).toEqual({});
  });
});
