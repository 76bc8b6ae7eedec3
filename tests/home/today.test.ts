import { beforeAll, describe, expect, it } from "vitest";
import type { Context, StaffActor } from "~/context";
import type { Database } from "~/db.server";
import { noteWidget } from "~/home/note-widget";
import { today } from "~/home/today";
import { newId } from "~/platform/ids";
import { dismissSetup, saveSettings } from "~/settings/save";
import { defaultSettings } from "~/settings/settings";
import { respond, startChat } from "../support/chat";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";

let db: Database;
let shop: TestShop;
let anna: Context<StaffActor>;

beforeAll(async () => {
  db = await testDatabase();
  shop = await testShop(db);
  anna = await shop.staff("Anna Berg");
  await startChat(await testShop(db), "of another shop");
});

describe("Home", () => {
  it("begins with nothing to do and no step done", async () => {
    const now = await today(anna);
    expect(now.waiting).toEqual([]);
    expect(now.counts.open).toBe(0);
    expect(now.setup).toEqual({ chatOn: false, privacyLink: false, answered: false, draftOrderSent: false });
    expect(now.widget).toBe("unknown");
  });

  it("lists who waits, the longest first, and forgets them once they are answered", async () => {
    const texts = ["first", "second", "third"];
    const chats = [];
    for (const text of texts) {
      shop.clock.advance(60_000);
      chats.push(await startChat(shop, text));
    }
    expect((await today(anna)).waiting.map((one) => one.lastMessageText)).toEqual(texts);
    await respond(anna, chats[0]?.id ?? "", "Here I am");
    const now = await today(anna);
    expect(now.waiting.map((one) => one.lastMessageText)).toEqual(["second", "third"]);
    expect(now.counts).toMatchObject({ open: 3, unassigned: 2, mine: 1 });
    expect(now.setup).toMatchObject({ answered: true });
  });

  it("ticks the steps as they are done", async () => {
    await noteWidget(anna, "on");
    await saveSettings(anna, { ...defaultSettings, privacyPolicyUrl: "https://northwind.example/privacy" });
    const at = shop.clock.now();
    const draft = { shopId: anna.shop.id, id: newId(), shopifyDraftOrderId: "gid://shopify/DraftOrder/1", name: "#D1" };
    await db.prisma.draftOrder.create({
      data: { ...draft, status: "open", currency: "EUR", total: 1, createdAt: at, updatedAt: at },
    });
    expect((await today(anna)).setup).toMatchObject({ chatOn: true, privacyLink: true, draftOrderSent: false });
    await db.prisma.draftOrder.updateMany({ where: { id: draft.id }, data: { status: "paid" } });
    expect((await today(anna)).setup).toMatchObject({ draftOrderSent: true });
    await noteWidget(anna, "off");
    expect(await today(anna)).toMatchObject({ widget: "off", setup: { chatOn: false } });
  });

  it("puts the steps away for good", async () => {
    await dismissSetup(anna);
    expect((await today(anna)).setup).toBeNull();
  });

  it("counts the carts that are live, with their value", async () => {
    const shopper = await shop.shopper();
    const at = shop.clock.now();
    const cart = {
      currency: "EUR",
      itemCount: 2,
      lines: [],
      discountCodes: [],
      status: "active",
      source: "storefront",
    };
    await db.prisma.cart.create({
      data: {
        shopId: anna.shop.id,
        id: newId(),
        visitorId: shopper.actor.visitorId,
        total: 12_900,
        snapshotAt: at,
        createdAt: at,
        changedAt: at,
        ...cart,
      },
    });
    expect((await today(anna)).live).toMatchObject({ carts: 1, values: [{ currency: "EUR", total: 12_900 }] });
    shop.clock.advance(3_600_000);
    expect((await today(anna)).live).toMatchObject({ carts: 0, shoppers: 0, values: [] });
  });
});
