import { beforeAll, describe, expect, it } from "vitest";
import type { Context, ShopperActor, StaffActor } from "~/context";
import { personBeside } from "~/customers/beside";
import { gradeWords } from "~/customers/grade-words";
import { isProven } from "~/customers/grades";
import { join } from "~/customers/join";
import { listCustomers } from "~/customers/list";
import { merge } from "~/customers/merge";
import { initials, personName } from "~/customers/name";
import { openShopifyCustomer } from "~/customers/open-shopify-customer";
import { profile } from "~/customers/profile";
import type { Database } from "~/db.server";
import { NotFound } from "~/http/errors";
import { newId } from "~/platform/ids";
import { startChat } from "../support/chat";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";
import { customerGid, mirrorCustomer } from "../support/mirror";

let db: Database;
let shop: TestShop;
let anna: Context<StaffActor>;
let stranger: Context<StaffActor>;

beforeAll(async () => {
  db = await testDatabase();
  shop = await testShop(db);
  anna = await shop.staff("Anna Berg");
  stranger = await (await testShop(db)).staff();
});

async function person(data: { name?: string; email?: string; phone?: string; shopifyCustomerId?: string }) {
  shop.clock.advance(1_000);
  const at = shop.clock.now();
  return db.prisma.customer.create({
    data: { shopId: anna.shop.id, id: newId(), createdAt: at, updatedAt: at, ...data },
  });
}

async function cart(visitorId: string, total: number, more: { status?: string; itemCount?: number } = {}) {
  shop.clock.advance(1_000);
  const at = shop.clock.now();
  const lines = [{ key: "1", title: "Fjord jacket", quantity: 1, price: total, lineTotal: total }];
  const row = { shopId: anna.shop.id, id: newId(), visitorId, currency: "EUR", total, lines, discountCodes: [] };
  return db.prisma.cart.create({
    data: {
      itemCount: 1,
      status: "active",
      source: "storefront",
      snapshotAt: at,
      createdAt: at,
      changedAt: at,
      ...row,
      ...more,
    },
  });
}

const search = async (text: string, as = anna) =>
  (await listCustomers(as, { search: text, cursor: null })).rows.map((row) => row.name);

describe("the list of customers", () => {
  beforeAll(async () => {
    await person({ name: "Maya Okafor", email: "maya@example.com" });
    await person({ name: "Søren Ødegård", phone: "+4520123456" });
    await person({ name: "100% Wool_Fan", email: "wool@example.org" });
  });

  it("finds by words of name, e-mail and phone, in any case and order", async () => {
    expect(await search("okafor MAYA")).toEqual(["Maya Okafor"]);
    expect(await search("ødegård")).toEqual(["Søren Ødegård"]);
    expect(await search("20123")).toEqual(["Søren Ødegård"]);
    expect(await search("+4520")).toEqual(["Søren Ødegård"]);
    expect(await search("maya@example.com")).toEqual(["Maya Okafor"]);
    expect(await search("ok may")).toEqual(["Maya Okafor"]);
    expect(await search("kafor")).toEqual([]);
    expect(await search("maya wool")).toEqual([]);
  });

  it("takes % and _ for what they are", async () => {
    expect(await search("100%")).toEqual(["100% Wool_Fan"]);
    for (const none of ["%", "_", "\\", "'", "' | 'maya", "maya':*", "m&", "!maya"])
      expect(await search(none)).toEqual([]);
  });

  it("leaves out visitors of whom nothing is known and who never wrote", async () => {
    const silent = await person({});
    const chat = await startChat(shop);
    const writer = await db.prisma.conversation.findFirstOrThrow({ where: { id: chat.id } });
    const { rows } = await listCustomers(anna, { search: "", cursor: null });
    expect(rows.map((row) => row.id)).toContain(writer.customerId);
    expect(rows.map((row) => row.id)).not.toContain(silent.id);
    expect(rows.find((row) => row.id === writer.customerId)?.conversations).toBe(1);
  });

  it("shows a merged person once, found by what any leaf of theirs is called", async () => {
    const known = await person({ name: "Ingrid Holm", email: "ingrid@example.com" });
    const guest = await person({ name: "Inga H", phone: "+4520998877" });
    await db.prisma.$transaction((tx) => join(tx, anna, { fromId: guest.id, intoId: known.id, evidence: "staff" }));
    const { rows } = await listCustomers(anna, { search: "inga", cursor: null });
    expect(rows).toMatchObject([{ id: known.id, name: "Ingrid Holm", phone: "+4520998877" }]);
    expect(await search("20998877")).toEqual(["Ingrid Holm"]);
  });

  it("finds Shopify's customers who never were in touch, apart, until they are met", async () => {
    await mirrorCustomer(db, anna.shop.id, 77, { name: "Torvald Müller", email: "torvald@example.com" });
    await mirrorCustomer(db, anna.shop.id, 78, { name: "Torvald Gone", deletedAt: new Date() });
    const find = () => listCustomers(anna, { search: "torvald muller", cursor: null });
    expect((await find()).unmet).toMatchObject([{ shopifyCustomerId: customerGid(77), name: "Torvald Müller" }]);
    expect((await listCustomers(stranger, { search: "torvald", cursor: null })).unmet).toEqual([]);
    expect((await listCustomers(anna, { search: "", cursor: null })).unmet).toEqual([]);
    const id = await openShopifyCustomer(anna, "77");
    expect(await openShopifyCustomer(anna, "77")).toBe(id);
    expect((await find()).unmet).toEqual([]);
    await expect(openShopifyCustomer(anna, "78")).rejects.toThrow(NotFound);
    for (const wrong of ["", "x", "7/8", "-1"])
      await expect(openShopifyCustomer(anna, wrong)).rejects.toThrow(NotFound);
  });

  it("is of one shop", async () => {
    expect(await search("maya", stranger)).toEqual([]);
  });

  it("comes in pages that lose and double nobody", async () => {
    const busy = await testShop(db);
    const ctx = await busy.staff();
    // Everybody at the same moment, so that only the id tells them apart.
    const at = busy.clock.now();
    await db.prisma.customer.createMany({
      data: Array.from({ length: 60 }, (_, number) => ({
        shopId: ctx.shop.id,
        id: newId(),
        name: `Person ${number}`,
        createdAt: at,
        updatedAt: at,
      })),
    });
    const found: string[] = [];
    for (let cursor: string | null = null, pages = 0; pages === 0 || cursor; pages += 1) {
      const page = await listCustomers(ctx, { search: "", cursor });
      found.push(...page.rows.map((row) => row.id));
      cursor = page.nextCursor;
    }
    expect(found).toHaveLength(60);
    expect(new Set(found).size).toBe(60);
  });
});

describe("the person beside a conversation", () => {
  it("has the live cart of the browser that chats, and nothing that is ordered or empty", async () => {
    const chat = await startChat(shop);
    const { visitorId } = chat.shopper.actor;
    await cart(visitorId, 9_900);
    await cart(visitorId, 5_000, { status: "ordered" });
    await cart(visitorId, 0, { itemCount: 0 });
    expect((await personBeside(anna, chat.id)).cart).toMatchObject({ total: 9_900, currency: "EUR" });
  });

  it("has another browser's cart only where a sign-in ties it to the same person", async () => {
    const gid = "gid://shopify/Customer/42";
    const maya = await person({ name: "Maya", shopifyCustomerId: gid });
    const chats = await shop.shopper({ customerId: maya.id });
    const chat = await startChatOf(chats);
    const claimed = await shop.shopper({ customerId: maya.id });
    await cart(claimed.actor.visitorId, 1_000);
    expect((await personBeside(anna, chat)).cart).toBeNull();
    const signedIn = await shop.shopper({ customerId: maya.id });
    await db.prisma.visitor.updateMany({ where: { id: signedIn.actor.visitorId }, data: { signedInAs: gid } });
    await cart(signedIn.actor.visitorId, 2_000);
    expect((await personBeside(anna, chat)).cart?.total).toBe(2_000);
  });

  it("does not take for shown here what only somebody has shown whom staff merged with them", async () => {
    const email = "both@example.com";
    const guest = await person({ email });
    const proven = await person({ name: "Both Berg", email });
    const known = async (customerId: string, grade: string) => {
      const seen = { firstSeenAt: shop.clock.now(), lastSeenAt: shop.clock.now() };
      const row = { id: newId(), customerId, kind: "email", value: email, grade, proof: "a test", ...seen };
      await db.prisma.identity.create({ data: { shopId: anna.shop.id, ...row } });
    };
    await known(guest.id, "claimed");
    await known(proven.id, "emailed-code");
    const chat = await startChatOf(await shop.shopper({ customerId: guest.id }));
    const other = await startChatOf(await shop.shopper({ customerId: proven.id }));
    await merge(anna, { customerId: proven.id, otherId: guest.id, seen: [] });
    const shown = async (id: string) =>
      (await personBeside(anna, id)).identities.map((one) => `${one.grade} ${one.elsewhere ? "elsewhere" : "here"}`);
    expect(await shown(chat)).toEqual(["claimed here", "emailed-code elsewhere"]);
    expect(await shown(other)).toEqual(["emailed-code here"]);
    const page = await profile(anna, guest.id);
    expect(page.identities.map(({ grade }) => grade)).toEqual(["claimed", "emailed-code"]);
  });

  it("has earlier conversations of the same person, without this one", async () => {
    const maya = await person({ name: "Talkative" });
    const shopper = await shop.shopper({ customerId: maya.id });
    const first = await startChatOf(shopper);
    await db.prisma.conversation.updateMany({
      where: { id: first },
      data: { status: "closed", closedAt: new Date("2020-01-01") },
    });
    const second = await startChatOf(shopper);
    expect(second).not.toBe(first);
    expect((await personBeside(anna, second)).earlier.map((one) => one.id)).toEqual([first]);
  });

  it("is not there for another shop", async () => {
    const chat = await startChat(shop);
    await expect(personBeside(stranger, chat.id)).rejects.toBeInstanceOf(NotFound);
    await expect(personBeside(anna, "nonsense")).rejects.toBeInstanceOf(NotFound);
  });
});

async function startChatOf(shopper: Context<ShopperActor>): Promise<string> {
  const { receive } = await import("~/conversations/receive");
  const message = await receive(shopper, {
    conversationId: null,
    text: "Hello",
    clientKey: newId(),
    attachmentIds: [],
  });
  return message.conversationId;
}

describe("the page of a person", () => {
  it("has their identities, conversations and carts, and is not there for another shop", async () => {
    const maya = await person({ name: "Maya", email: "maya2@example.com" });
    const at = shop.clock.now();
    await db.prisma.identity.create({
      data: {
        shopId: anna.shop.id,
        id: newId(),
        customerId: maya.id,
        kind: "email",
        value: "maya2@example.com",
        grade: "claimed",
        proof: "typed in the chat",
        firstSeenAt: at,
        lastSeenAt: at,
      },
    });
    const shopper = await shop.shopper({ customerId: maya.id });
    await startChatOf(shopper);
    await cart(shopper.actor.visitorId, 4_200);
    const page = await profile(anna, maya.id);
    expect(page.identities).toMatchObject([
      { value: "maya2@example.com", grade: "claimed", proof: "typed in the chat" },
    ]);
    expect(page.conversations).toMatchObject([{ lastMessageText: "Hello", status: "open" }]);
    expect(page.carts).toMatchObject([{ total: 4_200, titles: ["Fjord jacket"] }]);
    await expect(profile(stranger, maya.id)).rejects.toBeInstanceOf(NotFound);
  });
});

describe("words about people", () => {
  it("never make a claim look like proof", () => {
    expect(gradeWords("claimed")).toContain("not proven");
    expect(gradeWords("something new")).toContain("not proven");
    expect(["claimed", "something new"].some(isProven)).toBe(false);
    expect(["provider-verified", "aligned-mail", "signed-in", "staff-confirmed"].every(isProven)).toBe(true);
  });

  it("call everybody something", () => {
    expect(personName({ name: "  ", email: "a@b.example" })).toBe("a@b.example");
    expect(personName({ name: null, email: null, phone: "+45 1" })).toBe("+45 1");
    expect(personName({ name: null })).toBe("Visitor");
    expect(personName({ name: null, email: "a@b.example", addressProven: false })).toBe("a@b.example (not proven)");
    expect(personName({ name: "Ada", email: "a@b.example", addressProven: false })).toBe("Ada");
    expect(initials("a@b.example (not proven)")).toBe("A");
    expect([initials("Maya Ann Okafor"), initials("李小龍"), initials("🦊 Fox"), initials("")]).toEqual([
      "MO",
      "李",
      "🦊F",
      "",
    ]);
  });
});
