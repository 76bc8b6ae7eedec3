import { describe, expect, it } from "vitest";
import type { DraftOrderRecord } from "../../../../dev/shopify/records";
import { openShops } from "./open-shop";
import { Shopper } from "./shopper";

const shops = openShops();

const address = {
  email: "ada@example.com",
  firstName: "Ada",
  lastName: "Holm",
  address1: "Havnegade 1",
  zip: "8000",
  city: "Aarhus C",
  countryCode: "DK",
};

function stocked() {
  const found = shops.northwind.shop
    .all("product")
    .flatMap((product) => (product.status === "ACTIVE" ? product.variants : []))
    .find((variant) => variant.tracked && variant.requiresShipping && variant.inventoryQuantity >= 10);
  if (!found) throw new Error("nothing well stocked");
  return found;
}

/** A shopper with one item in the cart, at the first step of the checkout. */
async function atCheckout() {
  const shopper = new Shopper(shops.northwind.origin);
  await shopper.postJson("/cart/add.js", {
    id: stocked().id,
    quantity: 2,
    properties: { Engraving: "A", _hidden: "x" },
  });
  const { token } = (await (
    await shopper.postJson("/cart/update.js", { note: "Ring twice", attributes: { __throughline: "v-1" } })
  ).json()) as { token: string };
  const start = await shopper.postForm("/cart", { checkout: "", "updates[]": "2" });
  const opened = await shopper.follow(start);
  return { shopper, opened, cartToken: token.split("?")[0] ?? "", path: opened.path.replace(/\/information$/, "") };
}

describe("a checkout", () => {
  it("goes through contact, shipping and payment to an order, and leaves a fresh cart", async () => {
    const before = shops.northwind.sent().length;
    const { shopper, opened, cartToken, path } = await atCheckout();
    expect(opened.html).toContain("Engraving: A");
    // The pixels on the page know of it, the shopper does not see it.
    expect(opened.html.replace(/<script[\s\S]*?<\/script>/g, "")).not.toContain("_hidden");
    expect(opened.html).not.toContain("shopify-section");
    expect((await shopper.follow(await shopper.get(`${path}/payment`))).path).toBe(`${path}/information`);
    const second = await shopper.follow(await shopper.postForm(`${path}/information`, address));
    expect(second.path).toBe(`${path}/shipping`);
    const third = await shopper.follow(await shopper.postForm(`${path}/shipping`, { rate: "express" }));
    expect(third.path).toBe(`${path}/payment`);
    expect(third.html).toContain("Pay now");
    const stockBefore = stocked().inventoryQuantity;
    const done = await shopper.follow(await shopper.postForm(`${path}/payment`, { payment: "accept" }));
    expect(done.path).toMatch(/^\/orders\/[0-9a-f]+$/);
    expect(done.html).toContain("Thank you, Ada");

    const order = shops.northwind.shop.all("order").find((each) => each.cartToken === cartToken);
    expect(order).toMatchObject({
      email: "ada@example.com",
      note: "Ring twice",
      financialStatus: "PAID",
      shippingLine: { code: "express", price: 1490 },
    });
    expect(order?.attributes).toContainEqual({ key: "__throughline", value: "v-1" });
    expect(shops.northwind.shop.get("cart", cartToken)?.completedAt).not.toBeNull();
    expect(stockBefore - stocked().inventoryQuantity).toBe(2);

    const cart = (await (await shopper.get("/cart.js")).json()) as { item_count: number; token: string };
    expect(cart.item_count).toBe(0);
    expect(cart.token.split("?")[0]).not.toBe(cartToken);
    const sent = shops.northwind.sent().slice(before);
    expect(sent.filter((topic) => topic === "checkouts/create")).toHaveLength(1);
    expect(sent.indexOf("checkouts/create")).toBeLessThan(sent.indexOf("checkouts/update"));
    expect(sent.slice(-2)).toEqual(["orders/create", "orders/paid"]);
    expect((await shopper.follow(await shopper.get(path))).path).toBe(done.path);
  });

  it("says what is missing beside the field and keeps what was typed", async () => {
    const { shopper, path } = await atCheckout();
    const answer = await shopper.postForm(`${path}/information`, {
      ...address,
      email: "ada",
      city: "",
      lastName: '"><script>',
    });
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(html).toContain("Enter a valid email");
    expect(html).toContain("Enter a city");
    expect(html).toContain("&quot;&gt;&lt;script&gt;");
    expect(html).not.toContain(`"><script>`);
  });

  it("takes a code, refuses an unknown one, and survives a declined card", async () => {
    const { shopper, path, cartToken } = await atCheckout();
    expect(
      await (await shopper.postForm(`${path}/discount`, { discount: "NOPE", step: "information" })).text(),
    ).toContain("Enter a valid discount code");
    await shopper.postForm(`${path}/discount`, { discount: "WELCOME10", step: "information" });
    await shopper.postForm(`${path}/information`, address);
    await shopper.postForm(`${path}/shipping`, { rate: "standard" });
    const declined = await shopper.postForm(`${path}/payment`, { payment: "decline" });
    expect(declined.status).toBe(422);
    expect(await declined.text()).toContain("declined");
    expect(shops.northwind.shop.all("order").some((order) => order.cartToken === cartToken)).toBe(false);
    await shopper.postForm(`${path}/payment`, { payment: "accept" });
    const order = shops.northwind.shop.all("order").find((each) => each.cartToken === cartToken);
    expect(order?.totals.discount).toBe(Math.round(stocked().price * 0.2));
  });

  it("follows the cart while it is open, and does not sell what is gone", async () => {
    const { shopper, path, cartToken } = await atCheckout();
    await shopper.postForm(`${path}/information`, address);
    await shopper.postForm(`${path}/shipping`, { rate: "standard" });
    await shopper.postJson("/cart/change.js", { line: 1, quantity: 3 });
    expect(await shopper.page(`${path}/payment`)).toContain("Quantity 3");
    const product = shops.northwind.shop.get("product", stocked().productId);
    const variant = product?.variants.find(({ id }) => id === stocked().id);
    if (!product || !variant) throw new Error("the product is gone");
    const kept = variant.inventoryQuantity;
    variant.inventoryQuantity = 1;
    shops.northwind.shop.put("product", product.id, product);
    const refused = await shopper.postForm(`${path}/payment`, { payment: "accept" });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain("no longer available");
    expect(shops.northwind.shop.all("order").some((order) => order.cartToken === cartToken)).toBe(false);
    variant.inventoryQuantity = kept;
    shops.northwind.shop.put("product", product.id, product);
  });

  it("sends a shopper without a cart back, and knows no foreign tokens", async () => {
    const shopper = new Shopper(shops.northwind.origin);
    expect((await shopper.get("/checkout")).headers.get("location")).toBe("/cart");
    expect((await shopper.get("/checkouts/none/payment")).status).toBe(404);
    const { path } = await atCheckout();
    expect((await new Shopper(shops.lumen.origin).get(`${path}/information`)).status).toBe(404);
  });
});

describe("a cart permalink", () => {
  it("fills the cart with what it names and opens the checkout, or the cart when asked", async () => {
    const shopper = new Shopper(shops.northwind.origin);
    const { id } = stocked();
    const query = "discount=WELCOME10&note=Hi&attributes[__id]=v-2";
    const opened = await shopper.follow(await shopper.get(`/cart/${id}:2,1:1?${query}`));
    expect(opened.path).toMatch(/^\/checkouts\/[0-9a-f]+\/information$/);
    const cart = await shopper.get("/cart.js");
    expect(await cart.json()).toMatchObject({ item_count: 2, note: "Hi", discount_codes: [{ code: "WELCOME10" }] });
    expect((await shopper.get(`/cart/${id}:1?storefront=true`)).headers.get("location")).toBe("/cart");
    expect(await (await shopper.get("/cart.js")).json()).toMatchObject({ item_count: 1 });
    expect((await new Shopper(shops.northwind.origin).get("/cart/1:1")).headers.get("location")).toBe("/cart");
  });
});

describe("a discount link", () => {
  it("puts its code on the cart, or on the first item to come, and stays on the storefront", async () => {
    const shopper = new Shopper(shops.northwind.origin);
    const followed = await shopper.get("/discount/WELCOME10?redirect=/collections/all");
    expect(followed.headers.get("location")).toBe("/collections/all");
    await shopper.postJson("/cart/add.js", { id: stocked().id });
    const applied = { discount_codes: [{ code: "WELCOME10", applicable: true }] };
    expect(await (await shopper.get("/cart.js")).json()).toMatchObject(applied);
    expect((await shopper.get("/discount/TAKE5?redirect=//evil.example")).headers.get("location")).toBe("/");
    expect(await (await shopper.get("/cart.js")).json()).toMatchObject({ discount_codes: [{ code: "TAKE5" }] });
  });
});

describe("an invoice", () => {
  const openDraft = (): DraftOrderRecord => {
    const found = shops.northwind.shop
      .all("draftOrder")
      .find(({ orderId, lines }) => orderId === null && lines.length > 0);
    if (!found) throw new Error("the small seed has no open draft");
    return structuredClone(found) as DraftOrderRecord;
  };

  it("is paid once, closes the draft and does not touch the shopper's cart", async () => {
    const draft = openDraft();
    const shopper = new Shopper(shops.northwind.origin);
    await shopper.postJson("/cart/add.js", { id: stocked().id });
    const path = `/invoices/${draft.invoiceToken}`;
    const page = await shopper.page(path);
    expect(page).toContain(`Invoice ${draft.name}`);
    expect(page).toContain("Pay now");
    expect((await shopper.postForm(path, { payment: "accept" })).status).toBe(422);
    const fields = { ...address, rate: "standard", payment: "accept" };
    const done = await shopper.follow(await shopper.postForm(path, fields));
    expect(done.path).toMatch(/^\/orders\//);
    const closed = shops.northwind.shop.get("draftOrder", draft.id);
    expect(closed).toMatchObject({ status: "COMPLETED", email: "ada@example.com" });
    const order = shops.northwind.shop.get("order", closed?.orderId ?? 0);
    expect(order).toMatchObject({
      sourceName: "shopify_draft_order",
      draftOrderId: draft.id,
      cartToken: null,
      financialStatus: "PAID",
    });
    expect(order?.totals.total).toBe(
      order ? order.totals.subtotal - order.totals.discount + order.totals.shipping + order.totals.tax : -1,
    );
    const cart = (await (await shopper.get("/cart.js")).json()) as { item_count: number };
    expect(cart.item_count).toBe(1);
    const count = shops.northwind.shop.all("order").length;
    expect((await shopper.follow(await shopper.postForm(path, fields))).path).toBe(done.path);
    expect(shops.northwind.shop.all("order")).toHaveLength(count);
  });

  it("is a 404 for an unknown token and in another shop", async () => {
    expect((await new Shopper(shops.northwind.origin).get("/invoices/none")).status).toBe(404);
    const draft = shops.northwind.shop.all("draftOrder")[0];
    expect((await new Shopper(shops.lumen.origin).get(`/invoices/${draft?.invoiceToken}`)).status).toBe(404);
  });
});
