import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { resetLimits } from "~/http/limits";
import { action as cart } from "~/routes/storefront.cart";
import { action as journey } from "~/routes/storefront.journey";
import { post, type Storefront, testStorefront } from "../support/storefront";

let front: Storefront;
beforeAll(async () => {
  front = await testStorefront();
});
beforeEach(resetLimits);

const at = (): string => front.clock.now().toISOString();
const search = (id: string, query: string) => ({ id, at: at(), kind: "search", query });
const told = async (token: string, signals: object[]): Promise<number> =>
  (await front.ask(journey, "/storefront/journey", token, post({ signals }))).status;

async function storyOf(token: string) {
  const { actor } = await front.shopper(token);
  return front.app.db.prisma.timelineEntry.findMany({
    where: {
      shopId: front.shop.base.shop.id,
      subjectId: actor.visitorId,
      kind: { in: ["storefront.searched", "page.viewed"] },
    },
    orderBy: { at: "asc" },
    select: { kind: true, data: true },
  });
}

describe("what the web pixel tells", () => {
  it("stands in this browser's story, once however often it arrives", async () => {
    const { token } = await front.open({ tracking: true });
    const signals = [
      search("s1", " rain\u0000 jacket "),
      { id: "c1", at: at(), kind: "collection", title: "Rain", path: "/collections/rain?x=1" },
    ];
    expect(await told(token, signals)).toBe(200);
    expect(await told(token, signals)).toBe(200);
    const story = await storyOf(token);
    expect(story).toHaveLength(2);
    expect(story).toContainEqual({ kind: "storefront.searched", data: { query: "rain jacket", results: null } });
    expect(story).toContainEqual({ kind: "page.viewed", data: { path: "/collections/rain", title: "Rain" } });
  });

  it("is not kept without permission to track", async () => {
    const { token } = await front.open({ tracking: false });
    expect(await told(token, [search("s2", "rain")])).toBe(200);
    expect(await storyOf(token)).toEqual([]);
  });

  it("marks the cart on its way to the checkout, once", async () => {
    const { token } = await front.open({ tracking: true });
    const item = {
      key: "1:a",
      variant_id: 1,
      product_id: 2,
      product_title: "Coat",
      quantity: 1,
      original_price: 100,
      final_line_price: 100,
    };
    const snapshot = {
      at: front.clock.now().getTime(),
      cart: { token: "pixel-cart", currency: "EUR", total_price: 100, items: [item] },
    };
    expect((await front.ask(cart, "/storefront/cart", token, post(snapshot))).status).toBe(200);
    const step = (id: string, name: string) => ({
      id,
      at: at(),
      kind: "checkout",
      step: name,
      token: "t",
      order: null,
    });
    expect(await told(token, [step("k1", "started")])).toBe(200);
    expect(await told(token, [step("k2", "contact")])).toBe(200);
    const { actor } = await front.shopper(token);
    const where = { shopId: front.shop.base.shop.id, visitorId: actor.visitorId };
    expect(await front.app.db.prisma.cart.findFirst({ where })).toMatchObject({ checkoutAt: front.clock.now() });
    expect(await front.app.db.prisma.event.count({ where: { ...where, kind: "cart.checkout-started" } })).toBe(1);
  });

  it.each([
    ["no list", {}],
    ["an unknown kind", { signals: [{ id: "x", at: "2026-11-21T10:00:00Z", kind: "clicked" }] }],
    ["a date that is none", { signals: [{ id: "x", at: "soon", kind: "search", query: "a" }] }],
    [
      "too many",
      {
        signals: Array.from({ length: 21 }, (_, n) => ({
          id: `${n}`,
          at: "2026-11-21T10:00:00Z",
          kind: "search",
          query: "a",
        })),
      },
    ],
  ])("is refused in words when it is %s", async (_what, body) => {
    const { token } = await front.open({ tracking: true });
    const response = await front.ask(journey, "/storefront/journey", token, post(body));
    expect(response.status).toBe(422);
  });
});
