import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addLines, createCart, findCart } from "../../../../dev/shopify/commerce/carts";
import { lineOf } from "../../../../dev/shopify/commerce/lines";
import { OutOfStock, placeOrder } from "../../../../dev/shopify/commerce/place-order";
import { totalsOf } from "../../../../dev/shopify/commerce/prices";
import type { CheckoutRecord } from "../../../../dev/shopify/records";
import { BERLIN, type SmallWorld, smallWorld } from "../admin-api/small-world";

let small: SmallWorld;

beforeEach(() => {
  small = smallWorld();
  small.world.app.subscriptions = ["orders/create", "orders/paid", "checkouts/update", "customers/create"].map(
    (topic) => ({ topic, uri: "/hooks" }),
  );
});
afterEach(() => small.close());

function checkout(quantity: number, changes: Partial<CheckoutRecord> = {}): CheckoutRecord {
  const { shop, world } = small;
  const cart = addLines(world, shop, createCart(world), [{ id: 11, quantity: 1 }]).cart;
  const lines = [lineOf(shop, 11, quantity)];
  const record: CheckoutRecord = {
    id: shop.newId("checkout"),
    token: `checkout-${quantity}-${shop.all("checkout").length}`,
    cartToken: cart.token,
    email: "new@buyer.example",
    phone: null,
    customerId: null,
    lines,
    attributes: [{ key: "__throughline", value: "v_1" }],
    note: "Ring twice",
    discountCodes: [],
    shippingLine: null,
    shippingAddress: BERLIN,
    totals: totalsOf({ lines, orderDiscount: null, shippingLine: null, taxRate: 0.19 }),
    orderId: null,
    createdAt: "2026-11-21T12:00:00.000Z",
    updatedAt: "2026-11-21T12:00:00.000Z",
    completedAt: null,
    ...changes,
  };
  shop.put("checkout", record.token, record);
  return record;
}

const sent = () => small.shop.all("webhookDelivery").map((each) => each.topic);
const onShelf = () => small.shop.get("product", 1)?.variants[0]?.inventoryQuantity;

describe("paying a checkout", () => {
  test("makes the order, the customer, the webhooks, and ends the cart", () => {
    const from = checkout(2);
    const order = placeOrder(small.world, small.shop, { from });
    expect(order).toMatchObject({
      name: "#1001",
      financialStatus: "PAID",
      sourceName: "web",
      cartToken: from.cartToken,
      checkoutToken: from.token,
      attributes: [{ key: "__throughline", value: "v_1" }],
      totals: { subtotal: 39_800, tax: 7562, total: 47_362 },
    });
    expect(small.shop.get("checkout", from.token)).toMatchObject({ orderId: order.id, completedAt: order.createdAt });
    expect(small.shop.get("customer", order.customerId ?? 0)).toMatchObject({
      email: "new@buyer.example",
      firstName: "Ada",
    });
    expect(findCart(small.shop, from.cartToken ?? "")).toBeNull();
    expect(onShelf()).toBe(3);
    expect(sent()).toEqual(["customers/create", "checkouts/update", "orders/create", "orders/paid"]);
    const paid = JSON.parse(small.shop.all("webhookDelivery").at(-1)?.body ?? "{}");
    expect(paid).toMatchObject({
      id: order.id,
      cart_token: from.cartToken,
      checkout_token: from.token,
      note_attributes: [{ name: "__throughline", value: "v_1" }],
      financial_status: "paid",
      total_price: "473.62",
      customer: { email: "new@buyer.example" },
    });
  });

  test("twice gives the first order again", () => {
    const from = checkout(1);
    const first = placeOrder(small.world, small.shop, { from });
    expect(placeOrder(small.world, small.shop, { from }).id).toBe(first.id);
    expect(small.shop.all("order")).toHaveLength(1);
    expect(onShelf()).toBe(4);
  });

  test("knows a customer by address, and numbers orders in a row past those that were there", () => {
    const order = placeOrder(small.world, small.shop, { from: checkout(1, { email: "ADA@berg.example" }) });
    expect(order.customerId).toBe(601);
    small.shop.put("order", 5, { ...order, id: 5, number: 1700, name: "#1700" });
    expect(placeOrder(small.world, small.shop, { from: checkout(1) }).name).toBe("#1701");
  });

  test("beyond stock changes nothing", () => {
    const from = checkout(6);
    const before = sent().length;
    expect(() => placeOrder(small.world, small.shop, { from })).toThrow(OutOfStock);
    expect(onShelf()).toBe(5);
    expect(small.shop.all("order")).toEqual([]);
    expect(small.shop.get("checkout", from.token)?.orderId).toBeNull();
    expect(sent()).toHaveLength(before);
    expect(findCart(small.shop, from.cartToken ?? "")).not.toBeNull();
  });
});
