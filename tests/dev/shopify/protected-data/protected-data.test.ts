import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  DATA,
  isFieldApproved,
  isTypeApproved,
  PROTECTED_TYPES,
  refusedIn,
  unapprovedFor,
} from "../../../../dev/shopify/protected-data/data";
import { approvedPayload, isAboutCustomers } from "../../../../dev/shopify/protected-data/payload";
import { loadAdminSchema } from "../../../../dev/shopify/schema/load";
import { customerPayload, customerRedactPayload, orderPayload } from "../../../../dev/shopify/webhooks/payloads";
import { publish } from "../../../../dev/shopify/webhooks/publish";
import { putOrder, type Served, type SmallWorld, serve, smallWorld } from "../admin-api/small-world";

let small: SmallWorld;
let api: Served;

beforeEach(async () => {
  small = smallWorld();
  api = await serve(small);
});
afterEach(async () => {
  await api.close();
  small.close();
});

function refuse(refused: { everything?: boolean; data?: (typeof DATA)[number][] }) {
  const unapprovedFields = unapprovedFor({ everything: refused.everything ?? false, data: refused.data ?? [] });
  small.shop.put("shop", "shop", { ...small.shop.settings(), unapprovedFields });
  return small.shop.settings();
}

test("the outcome of the review goes into the shop's record and out again, and leaves other paths", () => {
  for (const everything of [true, false]) {
    for (const data of [[], ["email" as const], [...DATA]]) {
      const unapprovedFields = unapprovedFor({ everything, data }, ["Order.note", "Customer.email", "Customer"]);
      expect(unapprovedFields).toContain("Order.note");
      expect(refusedIn({ unapprovedFields })).toEqual({ everything, data });
    }
  }
});

test("every refused name is in the official schema", async () => {
  const { schema } = await loadAdminSchema();
  expect(PROTECTED_TYPES.filter((name) => !schema.getType(name))).toEqual([]);
  const settings = refuse({ data: [...DATA] });
  for (const field of ["Customer.displayName", "MailingAddress.zip", "CompanyAddress.recipient", "Order.phone"]) {
    const [type = "", name = ""] = field.split(".");
    expect(isFieldApproved(settings, type, name), field).toBe(false);
  }
  expect(isFieldApproved(settings, "Customer", "id")).toBe(true);
  expect(isFieldApproved(settings, "MailingAddress", "city")).toBe(true);
  expect(isTypeApproved(settings, "Customer")).toBe(true);
  expect(isTypeApproved(refuse({ everything: true }), "Customer")).toBe(false);
});

test("single data come back null with an error each and HTTP 200", async () => {
  refuse({ data: ["phone", "address"] });
  const { data, errors } = await api.graphql(
    `{ customer(id: "gid://shopify/Customer/601") { email phone defaultAddress { address1 city phone zip } } }`,
  );
  expect(data.customer).toEqual({
    email: "ada@berg.example",
    phone: null,
    defaultAddress: { address1: null, city: "Berlin", phone: null, zip: null },
  });
  expect(errors.map((each: { path: string[] }) => each.path.at(-1))).toEqual(["phone", "address1", "phone", "zip"]);
  for (const each of errors) {
    expect(each.message).toMatch(/^This app is not approved to use the \w+ field\./);
    expect(each.extensions.code).toBe("ACCESS_DENIED");
  }
});

test("without any approval there are neither customers nor orders, but products", async () => {
  refuse({ everything: true });
  putOrder(small, 1);
  const { data, errors } = await api.graphql(
    `{ products(first: 1) { nodes { title } } customer(id: "gid://shopify/Customer/601") { id } }`,
  );
  expect(data.customer).toBeNull();
  expect(data.products.nodes).toHaveLength(1);
  expect(errors[0].message).toMatch(/^This app is not approved to access the Customer object\./);
  expect((await api.graphql("{ orders(first: 1) { nodes { id } } }")).errors[0].extensions.code).toBe("ACCESS_DENIED");
  const { data: made } = await api.graphql(
    `mutation { webhookSubscriptionCreate(topic: ORDERS_PAID, webhookSubscription: { uri: "https://a.example/" }) { webhookSubscription { id } userErrors { message } } }`,
  );
  expect(made.webhookSubscriptionCreate.webhookSubscription).toBeNull();
  expect(made.webhookSubscriptionCreate.userErrors[0].message).toMatch(/containing protected customer data/);
});

describe("webhook payloads", () => {
  test("keep their shape and lose what is not approved, at any depth", () => {
    const settings = refuse({ data: ["email", "phone", "name", "address"] });
    const order = orderPayload(small.shop, putOrder(small, 1));
    const approved = approvedPayload(settings, "orders/create", order) as unknown as typeof order;
    expect(Object.keys(approved)).toEqual(Object.keys(order));
    expect(approved.name).toBe("#1001");
    expect(approved.line_items[0]?.name).toBe(order.line_items[0]?.name);
    expect(approved.shipping_address).toMatchObject({ name: null, address1: null, zip: null, city: "Berlin" });
    expect(approved.customer).toMatchObject({ id: 601, email: null, first_name: null, phone: null });
    for (const secret of ["Berg", "Ada", "ada@berg.example", "1234567", "Torstra"]) {
      expect(JSON.stringify(approved)).not.toContain(secret);
    }
  });

  test("one datum alone", () => {
    const customer = small.shop.get("customer", 601);
    if (!customer) throw new Error("no customer");
    const settings = refuse({ data: ["email"] });
    const approved = approvedPayload(settings, "customers/update", customerPayload(small.shop, customer));
    expect(approved).toMatchObject({ email: null, first_name: "Ada", phone: "+49301234567" });
  });

  test("topics about customers are not sent at all without approval; compliance is, as it is", () => {
    small.world.app.subscriptions = ["orders/paid", "carts/update", "customers/redact"].map((topic) => ({
      topic,
      uri: "/webhooks",
    }));
    refuse({ everything: true, data: [...DATA] });
    const customer = small.shop.get("customer", 601);
    if (!customer) throw new Error("no customer");
    publish(small.world, small.shop, "orders/paid", { id: 1 });
    publish(small.world, small.shop, "carts/update", { id: "c" });
    publish(small.world, small.shop, "customers/redact", customerRedactPayload(small.shop, customer));
    const sent = small.shop.all("webhookDelivery");
    expect(sent.map((each) => each.topic)).toEqual(["carts/update", "customers/redact"]);
    expect(sent[1]?.body).toContain("ada@berg.example");
    expect(isAboutCustomers("shop/update")).toBe(false);
  });
});
