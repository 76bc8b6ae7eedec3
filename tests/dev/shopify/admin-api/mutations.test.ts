import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { putOrder, type Served, type SmallWorld, serve, smallWorld } from "./small-world";

let small: SmallWorld;
let api: Served;

beforeEach(async () => {
  small = smallWorld();
  small.world.app.subscriptions = [
    { topic: "customers/update", uri: "/webhooks/customers" },
    { topic: "customers/create", uri: "/webhooks/customers" },
    { topic: "customers/delete", uri: "/webhooks/customers" },
    { topic: "orders/updated", uri: "/webhooks/orders" },
  ];
  api = await serve(small);
});

afterEach(async () => {
  await api.close();
  small.close();
});

const topics = () => small.shop.all("webhookDelivery").map((each) => each.topic);
const ADA = "gid://shopify/Customer/601";

describe("tags", () => {
  const change = (name: "tagsAdd" | "tagsRemove", id: string, tags: string[]) =>
    api.graphql(
      `mutation ($id: ID!, $tags: [String!]!) { ${name}(id: $id, tags: $tags) { node { id ... on Customer { tags } ... on Order { tags } } userErrors { field message } } }`,
      { id, tags },
    );

  test("are added without repeats and removed whatever their case", async () => {
    expect((await change("tagsAdd", ADA, ["VIP", "chat", " "])).data.tagsAdd.node).toEqual({
      id: ADA,
      tags: ["vip", "chat"],
    });
    expect((await change("tagsRemove", ADA, ["Vip"])).data.tagsRemove.node.tags).toEqual(["chat"]);
    expect(topics()).toEqual(["customers/update", "customers/update"]);
  });

  test("on an order announce the order; on nothing they are user errors", async () => {
    const order = putOrder(small, 1);
    expect((await change("tagsAdd", `gid://shopify/Order/${order.id}`, ["chat"])).data.tagsAdd.node.tags).toEqual([
      "chat",
    ]);
    expect(topics()).toEqual(["orders/updated"]);
    expect((await change("tagsAdd", "gid://shopify/Customer/9", ["x"])).data.tagsAdd).toEqual({
      node: null,
      userErrors: [{ field: ["id"], message: "Customer does not exist" }],
    });
    expect((await change("tagsAdd", ADA, ["x".repeat(256)])).data.tagsAdd.userErrors).toHaveLength(1);
  });
});

describe("customers", () => {
  const run = (name: "customerCreate" | "customerUpdate", input: Record<string, unknown>) =>
    api.graphql(
      `mutation ($input: CustomerInput!) { ${name}(input: $input) { customer { id displayName email tags note } userErrors { field message } } }`,
      { input },
    );

  test("are created and updated", async () => {
    const { customer } = (await run("customerCreate", { firstName: "Dee", email: "dee@example.com", tags: ["chat"] }))
      .data.customerCreate;
    expect(customer).toMatchObject({ displayName: "Dee", email: "dee@example.com", tags: ["chat"] });
    const changed = (await run("customerUpdate", { id: customer.id, note: "Calls at noon" })).data.customerUpdate;
    expect(changed).toMatchObject({ customer: { note: "Calls at noon", displayName: "Dee" }, userErrors: [] });
    expect(topics()).toEqual(["customers/create", "customers/update"]);
  });

  test.each([
    [{ email: "ADA@berg.example" }, ["email"], "Email has already been taken"],
    [{ email: "nonsense" }, ["email"], "Email is invalid"],
    [{ firstName: "Eve", phone: "12" }, ["phone"], "Phone is invalid"],
    [{ firstName: "Eve", phone: "+49301234567" }, ["phone"], "Phone has already been taken"],
    [{ note: "nobody" }, null, "A name, phone number, or email address must be present"],
  ])("are refused with %j", async (input, field, message) => {
    expect((await run("customerCreate", input)).data.customerCreate).toEqual({
      customer: null,
      userErrors: [{ field, message }],
    });
    expect(small.shop.all("customer")).toHaveLength(3);
  });

  test("are deleted while nobody ordered", async () => {
    putOrder(small, 100);
    const remove = async (id: number) =>
      (
        await api.graphql(
          `mutation ($id: ID!) { customerDelete(input: { id: $id }) { deletedCustomerId userErrors { field message } } }`,
          { id: `gid://shopify/Customer/${id}` },
        )
      ).data.customerDelete;
    expect(await remove(602)).toEqual({ deletedCustomerId: "gid://shopify/Customer/602", userErrors: [] });
    expect((await remove(602)).userErrors).toEqual([{ field: ["id"], message: "Customer can't be found" }]);
    expect((await remove(601)).userErrors[0].message).toBe(
      "Customer can't be deleted because they have associated orders",
    );
    expect(topics()).toEqual(["customers/delete"]);
  });

  test("that are not there cannot be updated", async () => {
    expect(
      (await run("customerUpdate", { id: "gid://shopify/Customer/9", note: "x" })).data.customerUpdate.userErrors,
    ).toEqual([{ field: ["id"], message: "Customer does not exist" }]);
  });
});

describe("orders", () => {
  const update = (input: Record<string, unknown>) =>
    api.graphql(
      `mutation ($input: OrderInput!) { orderUpdate(input: $input) { order { note tags customAttributes { key value } } userErrors { field message } } }`,
      { input },
    );

  test("take a note, tags and attributes", async () => {
    const order = putOrder(small, 1);
    const { data } = await update({
      id: `gid://shopify/Order/${order.id}`,
      note: "Ring twice",
      tags: ["chat"],
      customAttributes: [{ key: "a", value: "b" }],
    });
    expect(data.orderUpdate).toEqual({
      order: { note: "Ring twice", tags: ["chat"], customAttributes: [{ key: "a", value: "b" }] },
      userErrors: [],
    });
    expect(topics()).toEqual(["orders/updated"]);
  });

  test("that are not there, or with a bad address, are refused", async () => {
    expect((await update({ id: "gid://shopify/Order/9", note: "x" })).data.orderUpdate.userErrors).toEqual([
      { field: ["id"], message: "Order does not exist" },
    ]);
    const order = putOrder(small, 1);
    expect((await update({ id: `gid://shopify/Order/${order.id}`, email: "x" })).data.orderUpdate.userErrors).toEqual([
      { field: ["email"], message: "Email is invalid" },
    ]);
  });
});

describe("metafields", () => {
  const set = (metafields: Record<string, unknown>[]) =>
    api.graphql(
      `mutation ($metafields: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $metafields) { metafields { namespace key type value jsonValue compareDigest } userErrors { field message code elementIndex } } }`,
      { metafields },
    );

  test("are set on a customer, an order, the shop and the installation, read back and deleted", async () => {
    const { data: ids } = await api.graphql("{ shop { id } currentAppInstallation { id } }");
    const order = putOrder(small, 1);
    const owners = [ADA, `gid://shopify/Order/${order.id}`, ids.shop.id, ids.currentAppInstallation.id];
    for (const ownerId of owners) {
      const { data } = await set([
        { ownerId, namespace: "$app:chat", key: "state", type: "json", value: '{"open":2}' },
      ]);
      expect(data.metafieldsSet.userErrors).toEqual([]);
      expect(data.metafieldsSet.metafields[0]).toMatchObject({ key: "state", jsonValue: { open: 2 } });
      expect(data.metafieldsSet.metafields[0].namespace).toMatch(/^app--\d+--chat$/);
    }
    const read =
      await api.graphql(`{ customer(id: "${ADA}") { metafield(namespace: "$app:chat", key: "state") { value } metafields(first: 5) { nodes { key } } }
      shop { metafield(namespace: "$app:chat", key: "state") { value ownerType } } currentAppInstallation { metafields(first: 3, namespace: "$app:chat") { nodes { key } } } }`);
    expect(read.data).toMatchObject({
      customer: { metafield: { value: '{"open":2}' }, metafields: { nodes: [{ key: "state" }] } },
      shop: { metafield: { ownerType: "SHOP" } },
      currentAppInstallation: { metafields: { nodes: [{ key: "state" }] } },
    });
    const removed = await api.graphql(
      `mutation ($m: [MetafieldIdentifierInput!]!) { metafieldsDelete(metafields: $m) { deletedMetafields { key ownerId } userErrors { message } } }`,
      {
        m: [
          { ownerId: ADA, namespace: "$app:chat", key: "state" },
          { ownerId: ADA, namespace: "$app:chat", key: "never" },
        ],
      },
    );
    expect(removed.data.metafieldsDelete).toEqual({
      deletedMetafields: [{ key: "state", ownerId: ADA }, null],
      userErrors: [],
    });
  });

  test("are all refused when one is wrong", async () => {
    const { data } = await set([
      { ownerId: ADA, key: "good", type: "boolean", value: "true" },
      { ownerId: ADA, key: "number", type: "number_integer", value: "two" },
      { ownerId: ADA, key: "untyped", value: "x" },
      { ownerId: ADA, key: "x", type: "json", value: "{" },
    ]);
    expect(data.metafieldsSet.metafields).toBeNull();
    expect(
      data.metafieldsSet.userErrors.map((error: { field: string[]; code: string }) => [
        error.field.join("."),
        error.code,
      ]),
    ).toEqual([
      ["metafields.1.value", "INVALID_VALUE"],
      ["metafields.2.type", "BLANK"],
      ["metafields.3.key", "TOO_SHORT"],
      ["metafields.3.value", "INVALID_VALUE"],
    ]);
    expect(small.shop.get("customer", 601)?.metafields).toEqual([]);
    const many = Array.from({ length: 26 }, (_, index) => ({
      ownerId: ADA,
      key: `key${index}`,
      type: "boolean",
      value: "true",
    }));
    expect((await set(many)).errors[0].message).toBe(
      "The input array size of 26 is greater than the maximum allowed of 25.",
    );
  });

  test("are guarded by the digest of what was read", async () => {
    const first = (await set([{ ownerId: ADA, key: "counter", type: "number_integer", value: "1" }])).data.metafieldsSet
      .metafields[0];
    const next = { ownerId: ADA, key: "counter", value: "2", compareDigest: first.compareDigest };
    expect((await set([next])).data.metafieldsSet.userErrors).toEqual([]);
    expect((await set([next])).data.metafieldsSet.userErrors[0].code).toBe("STALE_OBJECT");
  });
});

describe("webhook subscriptions", () => {
  const create = (topic: string, uri: string, more = {}) =>
    api.graphql(
      `mutation ($topic: WebhookSubscriptionTopic!, $input: WebhookSubscriptionInput!) { webhookSubscriptionCreate(topic: $topic, webhookSubscription: $input) {
        webhookSubscription { id topic uri includeFields endpoint { ... on WebhookHttpEndpoint { callbackUrl } } } userErrors { field message } } }`,
      { topic, input: { uri, ...more } },
    );

  test("are made, listed without the declared ones, changed and deleted", async () => {
    const made = (await create("ORDERS_PAID", "https://app.example/hook", { includeFields: ["id"] })).data
      .webhookSubscriptionCreate;
    expect(made).toMatchObject({
      userErrors: [],
      webhookSubscription: {
        topic: "ORDERS_PAID",
        includeFields: ["id"],
        endpoint: { callbackUrl: "https://app.example/hook" },
      },
    });
    const listed = (
      await api.graphql("{ webhookSubscriptions(first: 10) { nodes { id } } webhookSubscriptionsCount { count } }")
    ).data;
    expect(listed).toEqual({
      webhookSubscriptions: { nodes: [{ id: made.webhookSubscription.id }] },
      webhookSubscriptionsCount: { count: 1 },
    });
    const { id } = made.webhookSubscription;
    const changed = await api.graphql(
      `mutation ($id: ID!) { webhookSubscriptionUpdate(id: $id, webhookSubscription: { uri: "https://app.example/other" }) { webhookSubscription { uri } userErrors { message } } }`,
      { id },
    );
    expect(changed.data.webhookSubscriptionUpdate.webhookSubscription.uri).toBe("https://app.example/other");
    const remove = () =>
      api.graphql(
        `mutation ($id: ID!) { webhookSubscriptionDelete(id: $id) { deletedWebhookSubscriptionId userErrors { field message } } }`,
        { id },
      );
    expect((await remove()).data.webhookSubscriptionDelete).toEqual({
      deletedWebhookSubscriptionId: id,
      userErrors: [],
    });
    expect((await remove()).data.webhookSubscriptionDelete.userErrors).toEqual([
      { field: ["id"], message: "Webhook subscription does not exist" },
    ]);
  });

  test("are refused twice at one address, without encryption, and without the scope", async () => {
    await create("ORDERS_PAID", "https://app.example/hook");
    const field = ["webhookSubscription", "callbackUrl"];
    expect((await create("ORDERS_PAID", "https://app.example/hook")).data.webhookSubscriptionCreate.userErrors).toEqual(
      [{ field, message: "Address for this topic has already been taken" }],
    );
    expect((await create("ORDERS_PAID", "http://app.example/hook")).data.webhookSubscriptionCreate.userErrors).toEqual([
      { field, message: "Address protocol http:// is not supported" },
    ]);
    expect((await create("FULFILLMENTS_CREATE", "https://app.example/hook")).errors[0].extensions.code).toBe(
      "ACCESS_DENIED",
    );
    expect((await create("THEMES_PUBLISH", "https://app.example/hook")).errors[0].message).toContain(
      "webhooks of the topic THEMES_PUBLISH",
    );
  });
});
