import { beforeAll, describe, expect, it } from "vitest";
import type { Context, ShopperActor, StaffActor } from "~/context";
import { receive } from "~/conversations/receive";
import { reply } from "~/conversations/reply";
import type { Database } from "~/db.server";
import { NotFound } from "~/http/errors";
import { listCarts, summary } from "~/live-view/list-carts";
import { startChat } from "~/live-view/start-chat";
import { newId } from "~/platform/ids";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";
import { cartLine } from "../support/stage";

let db: Database;
let shop: TestShop;
let staff: Context<StaffActor>;

beforeAll(async () => {
  db = await testDatabase();
});

const minutes = (count: number) => count * 60_000;

async function fresh() {
  shop = await testShop(db);
  staff = await shop.staff();
}

async function cartOf(shopper: Context<ShopperActor> | null, changes: object = {}) {
  const now = shop.clock.now();
  const id = newId();
  await db.prisma.cart.create({
    data: {
      shopId: staff.shop.id,
      id,
      token: id,
      visitorId: shopper?.actor.visitorId ?? null,
      currency: "EUR",
      total: 39_800,
      itemCount: 2,
      lines: [cartLine()] as object[],
      status: "active",
      source: "storefront",
      snapshotAt: now,
      createdAt: now,
      changedAt: now,
      ...changes,
    },
  });
  return id;
}

const seen = (shopper: Context<ShopperActor>, at: Date) =>
  db.prisma.visitor.update({
    where: { shopId_id: { shopId: staff.shop.id, id: shopper.actor.visitorId } },
    data: { lastSeenAt: at },
  });

describe("the list", () => {
  it("has every active cart that changed lately or whose browser was heard of, with or without a chat", async () => {
    await fresh();
    const [one, two, three] = [await shop.shopper(), await shop.shopper(), await shop.shopper()];
    const old = new Date(shop.clock.now().getTime() - minutes(31));
    const changed = await cartOf(one);
    const quiet = await cartOf(two, { changedAt: old });
    await cartOf(three, { changedAt: old });
    await seen(three, new Date(shop.clock.now().getTime() - minutes(6)));
    const nobodys = await cartOf(null, { source: "webhook" });
    await cartOf(await shop.shopper(), { status: "ordered" });
    await cartOf(await shop.shopper(), { status: "emptied", itemCount: 0 });

    const carts = await listCarts(staff);
    expect(new Set(carts.map(({ id }) => id))).toEqual(new Set([changed, quiet, nobodys]));
    expect(carts.find(({ id }) => id === nobodys)?.shopper).toBeNull();
    expect(await summary(staff)).toMatchObject({ carts: 3, values: [{ currency: "EUR", total: 3 * 39_800 }] });
  });

  it("says who it is, where they are, since when, and what staff do about it", async () => {
    await fresh();
    const shopper = await shop.shopper();
    await db.prisma.visitor.update({
      where: { shopId_id: { shopId: staff.shop.id, id: shopper.actor.visitorId } },
      data: {
        visits: 3,
        countryCode: "DE",
        pageUrl: "/products/field-jacket",
        pageTitle: "Field Jacket",
        visitStartedAt: new Date(shop.clock.now().getTime() - minutes(4)),
      },
    });
    const id = await cartOf(shopper, { checkoutAt: shop.clock.now() });
    const { conversationId } = await startChat(staff, shopper.actor.visitorId);
    const [cart] = await listCarts(staff);
    expect(cart).toMatchObject({
      id,
      lines: [{ title: "Field Jacket", quantity: 2, lineTotal: 39_800 }],
      checkoutAt: shop.clock.now().toISOString(),
      shopper: {
        here: true,
        visits: 3,
        countryCode: "DE",
        page: { path: "/products/field-jacket", title: "Field Jacket" },
        identified: false,
      },
      conversation: { id: conversationId, status: "open" },
      draftOrder: null,
    });
    expect(Date.parse(cart?.shopper?.since ?? "")).toBe(shop.clock.now().getTime() - minutes(4));
  });

  it("has nothing of another shop", async () => {
    await fresh();
    await cartOf(await shop.shopper());
    const other = await testShop(db);
    expect(await listCarts(await other.staff())).toEqual([]);
    expect(await summary(await other.staff())).toEqual({ shoppers: 0, carts: 0, values: [] });
  });
});

describe("Start a chat", () => {
  it("opens one conversation, also for two members of staff at once, in which staff write first", async () => {
    await fresh();
    const shopper = await shop.shopper();
    const other = await shop.staff("Ben Ode");
    const opened = await Promise.all([
      startChat(staff, shopper.actor.visitorId),
      startChat(other, shopper.actor.visitorId),
    ]);
    expect(new Set(opened.map(({ conversationId }) => conversationId)).size).toBe(1);
    const { conversationId } = await startChat(staff, shopper.actor.visitorId);
    await reply(staff, { conversationId, text: "Can I help?", clientKey: newId(), attachmentIds: [], seenPosition: 0 });
    const answer = await receive(shopper, { conversationId: null, text: "Yes", clientKey: newId(), attachmentIds: [] });
    expect(answer.conversationId).toBe(conversationId);
  });

  it("goes on with the conversation that there is", async () => {
    await fresh();
    const shopper = await shop.shopper();
    const message = await receive(shopper, { conversationId: null, text: "Hi", clientKey: newId(), attachmentIds: [] });
    expect(await startChat(staff, shopper.actor.visitorId)).toEqual({ conversationId: message.conversationId });
  });

  it("is not possible with another shop's shopper or with what is no id", async () => {
    await fresh();
    const shopper = await shop.shopper();
    const other = await testShop(db);
    await expect(startChat(await other.staff(), shopper.actor.visitorId)).rejects.toBeInstanceOf(NotFound);
    await expect(startChat(staff, "nobody")).rejects.toBeInstanceOf(NotFound);
  });
});
