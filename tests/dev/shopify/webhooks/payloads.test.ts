import { afterEach, beforeEach, expect, test } from "vitest";
import {
  customerPayload,
  customerRedactPayload,
  dataRequestPayload,
  fulfillmentPayload,
  orderPayload,
  shopPayload,
  shopRedactPayload,
} from "../../../../dev/shopify/webhooks/payloads";
import { zoned } from "../../../../dev/shopify/webhooks/payloads/forms";
import { putOrder, SHOP, type SmallWorld, smallWorld } from "../admin-api/small-world";

let small: SmallWorld;

beforeEach(() => {
  small = smallWorld();
});
afterEach(() => small.close());

test("times are in the shop's zone, summer and winter", () => {
  const berlin = small.shop.settings();
  expect(zoned("2026-11-21T12:00:00.000Z", berlin)).toBe("2026-11-21T13:00:00+01:00");
  expect(zoned("2026-07-01T23:30:00.000Z", berlin)).toBe("2026-07-02T01:30:00+02:00");
  expect(zoned("2026-11-21T12:00:00.000Z", small.other.settings())).toBe("2026-11-21T07:00:00-05:00");
  expect(zoned(null, berlin)).toBeNull();
});

test("an order has its lines, money, addresses, customer and fulfilments", () => {
  const order = putOrder(small, 1, {
    attributes: [{ key: "cart", value: "c_1" }],
    tags: ["a", "b"],
    discountCodes: ["WELCOME10"],
  });
  const line = order.lines[0];
  order.fulfillments = [
    {
      id: 77,
      name: "#1001-F1",
      status: "SUCCESS",
      displayStatus: "DELIVERED",
      trackingCompany: "DHL",
      trackingNumber: "JD01",
      trackingUrl: "https://t.example",
      lines: [{ lineId: line?.id ?? 0, quantity: 1 }],
      createdAt: order.createdAt,
      updatedAt: order.createdAt,
      estimatedDeliveryAt: null,
      deliveredAt: order.createdAt,
    },
  ];
  const payload = orderPayload(small.shop, order);
  expect(payload).toMatchObject({
    admin_graphql_api_id: `gid://shopify/Order/${order.id}`,
    name: "#1001",
    order_number: 1001,
    currency: "EUR",
    email: "ada@berg.example",
    cart_token: "cart-1001",
    checkout_token: "checkout-1001",
    note_attributes: [{ name: "cart", value: "c_1" }],
    tags: "a, b",
    discount_codes: [{ code: "WELCOME10" }],
    financial_status: "paid",
    fulfillment_status: null,
    total_price: "478.52",
    subtotal_price: "398.00",
    total_tax: "75.62",
    total_price_set: { shop_money: { amount: "478.52", currency_code: "EUR" } },
    shipping_address: { city: "Berlin", country: "Germany", country_code: "DE", name: "Ada Berg" },
    customer: { id: 601, email: "ada@berg.example", first_name: "Ada" },
    line_items: [
      {
        variant_id: 11,
        title: "Field Jacket",
        variant_title: "Olive / M",
        quantity: 2,
        price: "199.00",
        properties: [{ name: "Engraving", value: "A.B." }],
      },
    ],
    fulfillments: [{ tracking_number: "JD01", shipment_status: "delivered" }],
    shipping_lines: [{ title: "Standard", price: "4.90" }],
  });
  expect(fulfillmentPayload(small.shop, order, order.fulfillments[0] ?? never())).toMatchObject({
    order_id: order.id,
    tracking_numbers: ["JD01"],
    line_items: [{ quantity: 1 }],
  });
  const guest = orderPayload(small.shop, { ...order, customerId: null });
  expect(guest).not.toHaveProperty("customer");
});

test("a customer has no counts of orders any more", () => {
  const customer = small.shop.get("customer", 601) ?? never();
  const payload = customerPayload(small.shop, customer);
  expect(payload).toMatchObject({
    id: 601,
    state: "enabled",
    default_address: { city: "Berlin", default: true },
    addresses: [{ customer_id: 601 }],
  });
  for (const gone of ["orders_count", "total_spent", "tags", "email_marketing_consent"])
    expect(payload).not.toHaveProperty(gone);
});

test("the shop, and the three compliance topics", () => {
  const order = putOrder(small, 1);
  const shop = small.shop.settings();
  expect(shopPayload(small.world, small.shop)).toMatchObject({
    id: shop.id,
    myshopify_domain: SHOP,
    currency: "EUR",
    shop_owner: "Maya Lindqvist",
  });
  const customer = small.shop.get("customer", 601) ?? never();
  expect(shopRedactPayload(small.shop)).toEqual({ shop_id: shop.id, shop_domain: SHOP });
  expect(customerRedactPayload(small.shop, customer)).toEqual({
    shop_id: shop.id,
    shop_domain: SHOP,
    customer: { id: 601, email: "ada@berg.example", phone: "+49301234567" },
    orders_to_redact: [order.id],
  });
  expect(dataRequestPayload(small.shop, customer)).toMatchObject({
    orders_requested: [order.id],
    data_request: { id: expect.any(Number) },
  });
});

function never(): never {
  throw new Error("not there");
}
