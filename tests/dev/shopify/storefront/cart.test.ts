import { describe, expect, it } from "vitest";
import type { ProductRecord, VariantRecord } from "../../../../dev/shopify/records";
import { openShops } from "./open-shop";
import { Shopper } from "./shopper";

const shops = openShops();

interface CartAnswer {
  token: string;
  item_count: number;
  total_price: number;
  total_discount: number;
  note: string;
  attributes: Record<string, string>;
  items: {
    key: string;
    variant_id: number;
    quantity: number;
    properties: Record<string, string>;
    url: string;
    image: string;
  }[];
  discount_codes: { code: string; applicable: boolean }[];
  sections?: Record<string, string | null>;
}

/** A variant with at least ten units on the shelf. */
function plenty(skip = 0): { product: Readonly<ProductRecord>; variant: VariantRecord } {
  const found = shops.northwind.shop
    .all("product")
    .flatMap((product) =>
      product.status === "ACTIVE"
        ? product.variants
            .filter(
              (variant) => variant.tracked && variant.inventoryPolicy === "DENY" && variant.inventoryQuantity >= 10,
            )
            .map((variant) => ({ product, variant }))
        : [],
    )[skip];
  if (!found) throw new Error("the small seed has no well-stocked variant");
  return found;
}

const visit = () => new Shopper(shops.northwind.origin);
const read = async (answer: Response) => (await answer.json()) as CartAnswer;

describe("the token of a cart", () => {
  it("is another one on each look at an empty cart, and stays after the first item", async () => {
    const shopper = visit();
    const first = await read(await shopper.get("/cart.js"));
    const second = await read(await shopper.get("/cart.js"));
    expect(first.token).toMatch(/^[^?]+\?key=[0-9a-f]+$/);
    expect(first.token).not.toBe(second.token);
    expect(shopper.cookies.size).toBe(0);

    await shopper.postJson("/cart/add.js", { id: plenty().variant.id, quantity: 1 });
    const third = await read(await shopper.get("/cart.js"));
    expect((await read(await shopper.get("/cart.json"))).token).toBe(third.token);
    expect(decodeURIComponent(shopper.cookies.get("cart_northwind-outfitters") ?? "")).toBe(third.token);
  });

  it("opens no cart with a wrong key", async () => {
    const owner = visit();
    await owner.postJson("/cart/add.js", { id: plenty().variant.id });
    const { token } = await read(await owner.get("/cart.js"));
    const thief = visit();
    thief.cookies.set("cart_northwind-outfitters", encodeURIComponent(`${token.split("?")[0]}?key=guess`));
    expect((await read(await thief.get("/cart.js"))).item_count).toBe(0);
    thief.cookies.set("cart_northwind-outfitters", encodeURIComponent(token.split("?")[0] ?? ""));
    expect((await read(await thief.get("/cart.js"))).item_count).toBe(0);
  });
});

describe("adding", () => {
  it("takes JSON, a form, multipart and a list, and merges equal lines", async () => {
    const shopper = visit();
    const { variant, product } = plenty();
    const one = await shopper.postJson("/cart/add.js", { id: variant.id, quantity: 2 });
    expect(one.status).toBe(200);
    expect(await one.json()).toMatchObject({
      variant_id: variant.id,
      quantity: 2,
      price: variant.price,
      handle: product.handle,
    });
    await shopper.postForm("/cart/add.js", { id: String(variant.id), quantity: "1" });
    const form = new FormData();
    form.set("id", String(variant.id));
    form.set("properties[_source]", "grid");
    await shopper.request("/cart/add.js", { method: "POST", body: form });
    const list = await shopper.postJson("/cart/add", { items: [{ id: plenty(1).variant.id, quantity: 1 }] });
    expect(list.status).toBe(302);
    const cart = await read(await shopper.get("/cart.js"));
    expect(cart.items.map(({ variant_id: id, quantity }) => [id, quantity])).toEqual(
      expect.arrayContaining([
        [variant.id, 3],
        [variant.id, 1],
        [plenty(1).variant.id, 1],
      ]),
    );
    expect(cart.items.find(({ properties }) => properties._source)?.properties).toEqual({ _source: "grid" });
    expect(cart.items.every(({ image }) => image.startsWith(shops.northwind.origin))).toBe(true);
  });

  it("answers 422 with Shopify's body when the shelf is empty, and adds what there is when some is left", async () => {
    const shopper = visit();
    const { variant } = plenty();
    const tooMany = await shopper.postJson("/cart/add.js", { id: variant.id, quantity: variant.inventoryQuantity + 5 });
    expect(tooMany.status).toBe(422);
    expect(await tooMany.json()).toMatchObject({
      status: 422,
      description: expect.stringContaining("items were added"),
    });
    expect((await read(await shopper.get("/cart.js"))).item_count).toBe(variant.inventoryQuantity);
    const unknown = await shopper.postJson("/cart/add.js", { id: 1 });
    expect(unknown.status).toBe(422);
    expect(await unknown.json()).toMatchObject({ status: 422, message: "Cart Error" });
  });

  it.each([
    ["no id", {}],
    ["a word as id", { id: "jacket" }],
    ["half a unit", { id: 1, quantity: 0.5 }],
  ])("refuses %s with 400 and keeps no cart", async (_, body) => {
    const shopper = visit();
    const answer = await shopper.postJson("/cart/add.js", body);
    expect(answer.status).toBe(400);
    expect(shopper.cookies.size).toBe(0);
  });

  it("refuses a body that is no JSON with 400", async () => {
    const answer = await visit().request("/cart/add.js", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{",
    });
    expect(answer.status).toBe(400);
  });

  it("goes back to the page with the reason when a plain form is refused", async () => {
    const shopper = visit();
    const { product, variant } = plenty();
    const path = `/products/${product.handle}`;
    const answer = await shopper.request("/cart/add", {
      method: "POST",
      headers: { referer: `${shops.northwind.origin}${path}` },
      body: new URLSearchParams({ id: String(variant.id), quantity: "9999" }),
    });
    expect(answer.status).toBe(302);
    const page = await shopper.follow(answer);
    expect(page.path).toContain(path);
    expect(page.html).toContain("items were added to your cart");
  });
});

describe("changing", () => {
  it("sets by key, by line and by variant, clears, and keeps note and attributes", async () => {
    const shopper = visit();
    const { variant } = plenty();
    await shopper.postJson("/cart/add.js", { items: [{ id: variant.id, quantity: 2 }, { id: plenty(1).variant.id }] });
    const before = await read(await shopper.get("/cart.js"));
    const line = before.items.find(({ variant_id: id }) => id === variant.id);
    const byKey = await read(await shopper.postJson("/cart/change.js", { id: line?.key, quantity: 4 }));
    expect(byKey.items.find(({ key }) => key === line?.key)?.quantity).toBe(4);
    const updated = await read(
      await shopper.postJson("/cart/update.js", {
        updates: { [variant.id]: 1 },
        note: "Leave at the door",
        attributes: { gift: "yes", __throughline: "hidden-id" },
      }),
    );
    expect(updated).toMatchObject({ item_count: 2, note: "Leave at the door", attributes: { gift: "yes" } });
    const byLine = await read(await shopper.postForm("/cart/change.js", { line: "1", quantity: "0" }));
    expect(byLine.items).toHaveLength(1);
    const cleared = await read(await shopper.postJson("/cart/clear.js", {}));
    expect(cleared).toMatchObject({ item_count: 0, note: "Leave at the door", attributes: { gift: "yes" } });
    expect((await shopper.postJson("/cart/change.js", { id: "1:none", quantity: 1 })).status).toBe(400);
  });

  it("hides attributes with two underscores from Liquid and AJAX but keeps them", async () => {
    const shopper = visit();
    await shopper.postJson("/cart/add.js", { id: plenty().variant.id });
    const answer = await read(await shopper.postJson("/cart/update.js", { attributes: { __id: "secret-id" } }));
    expect(answer.attributes).toEqual({});
    const stored = shops.northwind.shop.get("cart", answer.token.split("?")[0] ?? "");
    expect(stored?.attributes).toEqual({ __id: "secret-id" });
    expect(await shopper.page("/cart")).not.toContain("secret-id");
  });

  it("applies a discount code and says which does not apply", async () => {
    const shopper = visit();
    await shopper.postJson("/cart/add.js", { id: plenty().variant.id });
    const cart = await read(await shopper.postJson("/cart/update.js", { discount: "WELCOME10,NOPE" }));
    expect(cart.discount_codes).toEqual([
      { code: "WELCOME10", applicable: true },
      { code: "NOPE", applicable: false },
    ]);
    expect(cart.total_discount).toBe(Math.round(plenty().variant.price / 10));
  });
});

describe("sections", () => {
  it("come with the answer, in the language of the path, and null for an unknown one", async () => {
    const shopper = visit();
    const answer = await read(
      await shopper.postJson("/ar/cart/add.js", {
        id: plenty().variant.id,
        sections: ["cart-drawer", "nope"],
        sections_url: "/ar/",
      }),
    );
    expect(answer.sections?.["cart-drawer"]).toContain('id="shopify-section-cart-drawer"');
    expect(answer.sections?.["cart-drawer"]).toContain("سلتك");
    expect(answer.sections?.nope).toBeNull();
    const rendered = (await (await shopper.get("/?sections=cart-icon-bubble")).json()) as Record<string, string>;
    expect(rendered["cart-icon-bubble"]).toContain("Cart with 1 item");
    expect(await shopper.page("/cart?section_id=cart-icon-bubble")).not.toContain("<html");
  });

  it("are refused with 400 beyond five, before anything is changed", async () => {
    const shopper = visit();
    const body = { id: plenty().variant.id, sections: "a,b,c,d,e,f" };
    expect((await shopper.postJson("/cart/add.js", body)).status).toBe(400);
    expect((await read(await shopper.get("/cart.js"))).item_count).toBe(0);
  });
});

describe("webhooks", () => {
  it("tell of a new cart once, of changes after that, and not of attributes alone", async () => {
    const shopper = visit();
    const start = shops.northwind.sent().length;
    await shopper.postJson("/cart/add.js", { id: plenty().variant.id });
    await shopper.postJson("/cart/update.js", { attributes: { __id: "1" } });
    await shopper.postJson("/cart/change.js", { line: 1, quantity: 2 });
    await shopper.postJson("/cart/change.js", { line: 1, quantity: 2 });
    expect(shops.northwind.sent().slice(start)).toEqual(["carts/create", "carts/update"]);
    const { token } = await read(await shopper.get("/cart.js"));
    const last = shops.northwind.deliveries().at(-1);
    expect(JSON.parse(last?.body ?? "{}")).toMatchObject({ token: token.split("?")[0] });
    expect(last?.body).not.toContain(token.split("key=")[1]);
  });
});
