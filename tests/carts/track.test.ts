import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CartLine, CartSnapshot } from "~/carts/cart";
import { type CartPayload, fromWebhook } from "~/carts/from-webhook";
import { ordered } from "~/carts/ordered";
import { requestEmpty } from "~/carts/request-empty";
import { track } from "~/carts/track";
import type { Context, ShopperActor } from "~/context";
import type { Database } from "~/db.server";
import { change } from "~/events/change";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";

let db: Database;
let shop: TestShop;
let shopper: Context<ShopperActor>;
let count = 0;
beforeAll(async () => {
  db = await testDatabase();
});
beforeEach(async () => {
  shop = await testShop(db);
  shopper = await shop.shopper();
  count += 1;
});

const token = () => `cart-${count}`;

function line(variant: number, quantity: number): CartLine {
  return {
    key: `${variant}:k`,
    variantId: `gid://shopify/ProductVariant/${variant}`,
    productId: "gid://shopify/Product/1",
    title: "Field Jacket",
    variantTitle: "Olive / L",
    sku: "NW-1",
    image: "https://cdn.shopify.com/jacket.png",
    url: "/products/field-jacket?variant=1",
    quantity,
    price: 21_900,
    lineTotal: 21_900 * quantity,
    properties: {},
  };
}

function snapshot(lines: CartLine[], more: Partial<CartSnapshot> = {}): CartSnapshot {
  return {
    token: token(),
    currency: "EUR",
    total: lines.reduce((sum, each) => sum + each.lineTotal, 0),
    itemCount: lines.reduce((sum, each) => sum + each.quantity, 0),
    lines,
    discountCodes: [],
    note: null,
    at: shop.clock.now(),
    settled: false,
    ...more,
  };
}

const carts = () => db.prisma.cart.findMany({ where: { shopId: shop.base.shop.id }, orderBy: { createdAt: "asc" } });
const facts = async () =>
  (await db.prisma.event.findMany({ where: { shopId: shop.base.shop.id }, orderBy: { id: "asc" } })).map(
    (each) => each.kind,
  );
const asShopify = (): Context => ({ ...shop.base, actor: { kind: "shopify" } });

describe("a browser's cart", () => {
  it("is kept with our own id for its attribute, and tells of it once", async () => {
    const answer = await track(shopper, snapshot([line(1, 2)]));
    const [cart] = await carts();
    expect(answer).toEqual({ cartId: cart?.id, attribute: "__throughline", updates: null });
    expect(cart).toMatchObject({ status: "active", total: 43_800, itemCount: 2, visitorId: shopper.actor.visitorId });
    expect(await facts()).toEqual(["cart.changed"]);
    expect(shop.signals.growths).toBe(1);
  });

  it("makes no fact of a snapshot that says the same", async () => {
    await track(shopper, snapshot([line(1, 2)]));
    shop.clock.advance(60_000);
    await track(shopper, snapshot([line(1, 2)]));
    expect(await facts()).toEqual(["cart.changed"]);
    expect((await carts())[0]?.snapshotAt).toEqual(shop.clock.now());
  });

  it("is not overwritten by an older snapshot that comes late", async () => {
    const early = snapshot([line(1, 1)]);
    shop.clock.advance(1_000);
    await track(shopper, snapshot([line(1, 3)]));
    await track(shopper, early);
    expect((await carts())[0]).toMatchObject({ itemCount: 3 });
    expect(await facts()).toEqual(["cart.changed"]);
  });

  it("ends in the state of the newest snapshot whatever the order of arrival", async () => {
    const start = shop.clock.now().getTime();
    shop.clock.advance(60_000);
    const all = [5, 1, 4, 2, 3].map((at) => snapshot([line(1, at)], { at: new Date(start + at * 1_000) }));
    await Promise.all(all.map((each) => track(shopper, each)));
    expect(await carts()).toMatchObject([{ itemCount: 5 }]);
  });

  it("believes no clock that runs ahead of ours", async () => {
    await track(shopper, snapshot([line(1, 1)], { at: new Date(shop.clock.now().getTime() + 3_600_000) }));
    shop.clock.advance(1_000);
    await track(shopper, snapshot([line(1, 2)]));
    expect((await carts())[0]).toMatchObject({ itemCount: 2 });
  });

  it("is emptied when the browser shows none, and comes back with the same id", async () => {
    const { cartId } = await track(shopper, snapshot([line(1, 1)]));
    shop.clock.advance(1_000);
    // An empty cart has another token every time.
    expect(await track(shopper, snapshot([], { token: "another" }))).toMatchObject({ cartId: null });
    expect(await carts()).toMatchObject([{ status: "emptied", itemCount: 0, total: 0, lines: [] }]);
    shop.clock.advance(1_000);
    expect((await track(shopper, snapshot([line(2, 1)]))).cartId).toBe(cartId);
    expect(await facts()).toEqual(["cart.changed", "cart.emptied", "cart.changed"]);
  });

  it("is over when the browser has another one", async () => {
    await track(shopper, snapshot([line(1, 1)]));
    shop.clock.advance(1_000);
    await track(shopper, snapshot([line(2, 1)], { token: "next" }));
    expect((await carts()).map((each) => `${each.token} ${each.status}`)).toEqual([
      `${token()} emptied`,
      "next active",
    ]);
  });

  it("moves to the visitor that the browser became", async () => {
    await track(shopper, snapshot([line(1, 1)]));
    const next = await shop.shopper();
    shop.clock.advance(1_000);
    await track(next, snapshot([line(1, 1)]));
    expect(await carts()).toMatchObject([{ visitorId: next.actor.visitorId, status: "active" }]);
  });

  it("is one when two visitors show it in the same moment", async () => {
    const other = await shop.shopper();
    await Promise.all([track(shopper, snapshot([line(1, 1)])), track(other, snapshot([line(1, 1)]))]);
    expect(await carts()).toHaveLength(1);
  });

  it("is another in another shop, with the same token", async () => {
    const there = await testShop(db);
    await track(shopper, snapshot([line(1, 1)]));
    await track(await there.shopper(), snapshot([line(1, 9)]));
    expect(await carts()).toMatchObject([{ itemCount: 1 }]);
  });
});

it("keeps a cart of many rupiah to the last one, whose hundredths are more than 32 bits hold", async () => {
  const total = 2_500_000_099;
  await track(shopper, snapshot([{ ...line(1, 1), price: total, lineTotal: total }], { currency: "IDR", total }));
  expect(await carts()).toMatchObject([{ currency: "IDR", total }]);
});

describe("a cart whose draft order was paid", () => {
  const pay = async (cartId: string) => change(asShopify(), (tx) => requestEmpty(tx, asShopify(), cartId, null));

  it("is emptied by the shopper's next page, which confirms", async () => {
    const { cartId } = await track(shopper, snapshot([line(1, 2)]));
    await pay(cartId as string);
    await pay(cartId as string);
    shop.clock.advance(1_000);
    const told = await track(shopper, snapshot([line(1, 2)]));
    expect(told.updates).toEqual({ "1:k": 0 });
    // A page that asks again before it could do so is told the same.
    expect((await track(shopper, snapshot([line(1, 2)]))).updates).toEqual({ "1:k": 0 });
    shop.clock.advance(1_000);
    expect((await track(shopper, snapshot([], { settled: true }))).updates).toBeNull();
    expect(await carts()).toMatchObject([{ status: "emptied", emptyRequestedAt: null }]);
    expect(await facts()).toEqual(["cart.changed", "cart.emptied"]);
  });

  it("takes nothing out twice when the page that did it was gone before it could say so", async () => {
    const { cartId } = await track(shopper, snapshot([line(1, 1)]));
    await pay(cartId as string);
    shop.clock.advance(1_000);
    expect((await track(shopper, snapshot([line(1, 3)]))).updates).toEqual({ "1:k": 2 });
    shop.clock.advance(1_000);
    expect((await track(shopper, snapshot([line(1, 2)]))).updates).toBeNull();
    expect(await carts()).toMatchObject([{ status: "active", itemCount: 2, emptyRequestedAt: null }]);
  });

  it("keeps what the shopper added after the payment", async () => {
    const { cartId } = await track(shopper, snapshot([line(1, 2)]));
    await pay(cartId as string);
    shop.clock.advance(1_000);
    expect((await track(shopper, snapshot([line(1, 3), line(2, 1)]))).updates).toEqual({ "1:k": 1 });
    shop.clock.advance(1_000);
    expect((await track(shopper, snapshot([line(1, 1), line(2, 1)], { settled: true }))).updates).toBeNull();
    expect(await carts()).toMatchObject([{ status: "active", itemCount: 2, emptyRequestedAt: null }]);
  });
});

describe("a cart that became an order", () => {
  const order = (more: object) => ({ orderId: "gid://shopify/Order/9", cartToken: null, attributes: [], ...more });
  const become = (more: object) => change(asShopify(), (tx) => ordered(tx, asShopify(), order(more)));

  it.each(["attribute", "token", "token with its key"])("is found by its %s, once", async (how) => {
    const { cartId } = await track(shopper, snapshot([line(1, 1)]));
    const more = {
      attribute: { attributes: [{ name: "__throughline", value: cartId }] },
      token: { cartToken: token() },
      "token with its key": { cartToken: `${token()}?key=secret` },
    }[how] as object;
    expect((await become(more))?.id).toBe(cartId);
    expect((await become(more))?.id).toBe(cartId);
    expect(await carts()).toMatchObject([{ status: "ordered", orderId: "gid://shopify/Order/9" }]);
    expect(await facts()).toEqual(["cart.changed", "cart.ordered"]);
  });

  it("is not found by another shop's id, by nonsense, or by nothing", async () => {
    const there = await testShop(db);
    const { cartId } = await track(await there.shopper(), snapshot([line(1, 1)]));
    for (const value of [cartId, "nonsense", ""]) {
      expect(await become({ attributes: [{ name: "__throughline", value }] })).toBeNull();
    }
    expect(await become({ cartToken: "" })).toBeNull();
  });

  it("takes no later snapshot", async () => {
    await track(shopper, snapshot([line(1, 1)]));
    await become({ cartToken: token() });
    shop.clock.advance(1_000);
    expect(await track(shopper, snapshot([line(1, 5)]))).toMatchObject({ cartId: null, updates: null });
    expect(await carts()).toMatchObject([{ status: "ordered", itemCount: 1 }]);
  });
});

describe("a carts webhook", () => {
  const payload = (quantity: number, at: Date, more = {}): CartPayload => ({
    token: token(),
    updated_at: at.toISOString(),
    note: null,
    line_items:
      quantity === 0
        ? []
        : [
            {
              key: "1:k",
              variant_id: 1,
              product_id: 1,
              title: "Field Jacket - Olive / L",
              quantity,
              price: "219.00",
              line_price: (219 * quantity).toFixed(2),
              sku: "NW-1",
              properties: {},
            },
          ],
    ...more,
  });
  const tell = (each: CartPayload) => fromWebhook(asShopify(), each, shop.clock.now());

  it("is the backstop for a browser that told nothing", async () => {
    await tell(payload(2, shop.clock.now()));
    expect(await carts()).toMatchObject([{ source: "webhook", visitorId: null, total: 43_800, itemCount: 2 }]);
    expect(await facts()).toEqual(["cart.changed"]);
  });

  it("keeps the pictures and words that the browser told", async () => {
    await track(shopper, snapshot([line(1, 1)]));
    shop.clock.advance(1_000);
    await tell(payload(3, shop.clock.now()));
    expect((await carts())[0]).toMatchObject({
      itemCount: 3,
      visitorId: shopper.actor.visitorId,
      lines: [{ title: "Field Jacket", variantTitle: "Olive / L", image: "https://cdn.shopify.com/jacket.png" }],
    });
  });

  it("changes nothing when it is older, or says the same without the codes", async () => {
    const old = payload(1, shop.clock.now());
    shop.clock.advance(1_000);
    await track(shopper, snapshot([line(1, 3)], { total: 60_000, discountCodes: ["SAVE"] }));
    await tell(old);
    shop.clock.advance(1_000);
    await tell(payload(3, shop.clock.now()));
    await tell(payload(3, shop.clock.now()));
    expect(await carts()).toMatchObject([{ itemCount: 3, total: 60_000, discountCodes: ["SAVE"] }]);
    expect(await facts()).toEqual(["cart.changed"]);
  });

  it("empties a known cart and makes none of an empty one", async () => {
    await tell(payload(0, shop.clock.now()));
    expect(await carts()).toEqual([]);
    await track(shopper, snapshot([line(1, 1)]));
    shop.clock.advance(1_000);
    await tell(payload(0, shop.clock.now()));
    expect(await carts()).toMatchObject([{ status: "emptied" }]);
  });

  it("keeps no key of the token", async () => {
    await tell(payload(1, shop.clock.now(), { token: `${token()}?key=secret` }));
    expect(JSON.stringify(await carts())).not.toContain("secret");
  });
});
