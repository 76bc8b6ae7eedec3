import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type Answer,
  OTHER_SHOP,
  putOrder,
  type Served,
  SHOP,
  type SmallWorld,
  serve,
  smallWorld,
  tokenFor,
} from "./small-world";

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

/** The data of a query that must not have errors. */
async function ask(query: string, variables: Record<string, unknown> = {}): Promise<Answer> {
  const { data, errors } = await api.graphql(query, variables);
  expect(errors).toBeUndefined();
  return data;
}

describe("what an app reads", () => {
  test("the shop and the app's own installation", async () => {
    const data =
      await ask(`{ shop { name myshopifyDomain currencyCode ianaTimezone plan { publicDisplayName } primaryDomain { url } }
      currentAppInstallation { accessScopes { handle } app { title apiKey } } }`);
    expect(data.shop).toMatchObject({
      name: "Northwind Outfitters",
      myshopifyDomain: SHOP,
      currencyCode: "EUR",
      ianaTimezone: "Europe/Berlin",
      plan: { publicDisplayName: "Basic" },
      primaryDomain: { url: "http://localhost:2" },
    });
    const handles = data.currentAppInstallation.accessScopes.map((scope: { handle: string }) => scope.handle);
    expect(handles).toContain("read_draft_orders");
    expect(handles).toContain("write_draft_orders");
  });

  test("a customer with orders, fulfilment, tracking and lines", async () => {
    const order = putOrder(small, 2);
    small.shop.put("order", order.id, {
      ...order,
      fulfillmentStatus: "PARTIALLY_FULFILLED",
      fulfillments: [
        {
          id: 77,
          name: "#1001-F1",
          status: "SUCCESS",
          displayStatus: "IN_TRANSIT",
          trackingCompany: "DHL",
          trackingNumber: "JD01",
          trackingUrl: "https://t.example/JD01",
          lines: [{ lineId: order.lines[0]?.id ?? 0, quantity: 1 }],
          createdAt: order.createdAt,
          updatedAt: order.createdAt,
          estimatedDeliveryAt: null,
          deliveredAt: null,
        },
      ],
    });
    putOrder(small, 1, { financialStatus: "PENDING" });
    putOrder(small, 90);
    const { customer } = await ask(`{ customer(id: "gid://shopify/Customer/601") {
      displayName email phone note tags numberOfOrders amountSpent { amount currencyCode }
      defaultEmailAddress { emailAddress marketingState } defaultPhoneNumber { phoneNumber }
      defaultAddress { city countryCodeV2 country formatted(withName: true) }
      lastOrder { name }
      orders(first: 5, sortKey: PROCESSED_AT, reverse: true) { nodes {
        name displayFinancialStatus displayFulfillmentStatus totalPriceSet { shopMoney { amount currencyCode } }
        fulfillments { displayStatus trackingInfo { company number url } fulfillmentLineItems(first: 5) { nodes { quantity lineItem { title } } } }
        transactions(first: 2) { kind status amountSet { shopMoney { amount } } }
        lineItems(first: 5) { nodes { title quantity image { url(transform: { maxWidth: 100 }) altText } customAttributes { key value } variant { sku } } } } } } }`);
    expect(customer).toMatchObject({
      displayName: "Ada Berg",
      numberOfOrders: "3",
      // Two paid orders: 398.00 + 19 % + 4.90 each; the unpaid one is not money yet.
      amountSpent: { amount: "957.04", currencyCode: "EUR" },
      defaultEmailAddress: { emailAddress: "ada@berg.example", marketingState: "SUBSCRIBED" },
      defaultPhoneNumber: { phoneNumber: "+49301234567" },
      defaultAddress: {
        city: "Berlin",
        countryCodeV2: "DE",
        country: "Germany",
        formatted: ["Ada Berg", "Torstraße 1", "Berlin 10119", "Germany"],
      },
      lastOrder: { name: "#1002" },
    });
    // The order of 90 days ago needs read_all_orders.
    expect(customer.orders.nodes.map((each: { name: string }) => each.name)).toEqual(["#1002", "#1001"]);
    expect(customer.orders.nodes[1]).toMatchObject({
      displayFinancialStatus: "PAID",
      displayFulfillmentStatus: "PARTIALLY_FULFILLED",
      fulfillments: [
        {
          displayStatus: "IN_TRANSIT",
          trackingInfo: [{ company: "DHL", number: "JD01", url: "https://t.example/JD01" }],
          fulfillmentLineItems: { nodes: [{ quantity: 1, lineItem: { title: "Field Jacket" } }] },
        },
      ],
      transactions: [{ kind: "SALE", status: "SUCCESS", amountSet: { shopMoney: { amount: "478.52" } } }],
      lineItems: {
        nodes: [
          {
            title: "Field Jacket",
            quantity: 2,
            image: { url: "http://localhost:2/cdn/products/1.svg?width=100", altText: "Field Jacket" },
            customAttributes: [{ key: "Engraving", value: "A.B." }],
            variant: { sku: "SKU-11" },
          },
        ],
      },
    });
  });

  test("orders of the last 60 days only, until read_all_orders is granted", async () => {
    putOrder(small, 10);
    const old = putOrder(small, 61);
    const query = `{ ordersCount { count } orders(first: 10) { nodes { name } } order(id: "gid://shopify/Order/${old.id}") { name } }`;
    expect(await ask(query)).toEqual({
      ordersCount: { count: 1 },
      orders: { nodes: [{ name: "#1001" }] },
      order: null,
    });
    const scopes = [...small.world.app.scopes, "read_all_orders"];
    small.shop.put("installation", small.world.app.clientId, {
      ...must(small.shop.get("installation", small.world.app.clientId)),
      scopes,
    });
    const { data } = await api.graphql(query, {}, tokenFor(small, scopes));
    expect(data).toMatchObject({ ordersCount: { count: 2 }, order: { name: "#1002" } });
  });

  test("products and variants with stock, images and options", async () => {
    const { product } = await ask(`{ product(id: "gid://shopify/Product/1") { title totalInventory featuredImage { url }
      featuredMedia { ... on MediaImage { image { altText } } }
      options { name values } priceRangeV2 { minVariantPrice { amount } }
      variants(first: 5) { nodes { displayName price inventoryQuantity availableForSale inventoryPolicy selectedOptions { name value } inventoryItem { tracked } product { handle } } } } }`);
    expect(product).toMatchObject({
      title: "Field Jacket",
      totalInventory: 5,
      featuredMedia: { image: { altText: "Field Jacket" } },
      options: [
        { name: "Color", values: ["Olive"] },
        { name: "Size", values: ["M", "L"] },
      ],
      priceRangeV2: { minVariantPrice: { amount: "199.0" } },
    });
    expect(product.variants.nodes).toMatchObject([
      {
        displayName: "Field Jacket - Olive / M",
        price: "199.00",
        inventoryQuantity: 5,
        availableForSale: true,
        inventoryItem: { tracked: true },
      },
      {
        inventoryQuantity: 0,
        availableForSale: false,
        selectedOptions: [
          { name: "Color", value: "Olive" },
          { name: "Size", value: "L" },
        ],
      },
    ]);
  });

  test("nodes of several types at once, with null for those that are gone", async () => {
    const { nodes } = await ask(
      `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Customer { displayName } ... on ProductVariant { sku } } }`,
      { ids: ["gid://shopify/Customer/601", "gid://shopify/ProductVariant/21", "gid://shopify/Product/999"] },
    );
    expect(nodes).toEqual([
      { __typename: "Customer", id: "gid://shopify/Customer/601", displayName: "Ada Berg" },
      { __typename: "ProductVariant", id: "gid://shopify/ProductVariant/21", sku: "SKU-21" },
      null,
    ]);
  });

  test("nothing of another shop, whatever id is asked for", async () => {
    const foreign = { ...must(small.shop.get("customer", 601)), id: 901, email: "only@lumen.example" };
    small.other.put("customer", foreign.id, foreign);
    expect(
      await ask(
        `{ customer(id: "gid://shopify/Customer/901") { id } customersCount(query: "email:only@lumen.example") { count } }`,
      ),
    ).toEqual({
      customer: null,
      customersCount: { count: 0 },
    });
    const reply = await api.send(
      OTHER_SHOP,
      "/admin/api/2026-07/graphql.json",
      JSON.stringify({ query: "{ shop { name } }" }),
      {
        "x-shopify-access-token": tokenFor(small),
      },
    );
    expect(reply.status).toBe(401);
  });
});

describe("pages", () => {
  const names = (connection: Answer) => connection.nodes.map((node: { name: string }) => node.name);

  beforeEach(() => {
    for (const daysAgo of [5, 4, 3, 2, 1]) putOrder(small, daysAgo);
  });

  test("walk forwards and backwards without repeats or gaps", async () => {
    const page = `nodes { name } edges { cursor node { name } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }`;
    const first = (await ask(`{ orders(first: 2, sortKey: CREATED_AT, reverse: true) { ${page} } }`)).orders;
    expect(names(first)).toEqual(["#1005", "#1004"]);
    expect(first.edges[1].cursor).toBe(first.pageInfo.endCursor);
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const next = `query ($after: String) { orders(first: 2, after: $after, sortKey: CREATED_AT, reverse: true) { ${page} } }`;
    const second = (await ask(next, { after: first.pageInfo.endCursor })).orders;
    expect(names(second)).toEqual(["#1003", "#1002"]);
    expect(second.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
    const third = (await ask(next, { after: second.pageInfo.endCursor })).orders;
    expect(names(third)).toEqual(["#1001"]);
    expect(third.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const back = (
      await ask(
        `query ($before: String) { orders(last: 2, before: $before, sortKey: CREATED_AT, reverse: true) { ${page} } }`,
        { before: third.pageInfo.startCursor },
      )
    ).orders;
    expect(names(back)).toEqual(["#1003", "#1002"]);
  });

  test("go on at the right place when the last one seen is gone and a new one came", async () => {
    const query = `query ($after: String) { orders(first: 2, after: $after, sortKey: CREATED_AT, reverse: true) { nodes { name id } pageInfo { endCursor } } }`;
    const first = (await ask(query)).orders;
    small.shop.delete("order", Number(first.nodes[1].id.split("/").at(-1)));
    putOrder(small, 0);
    expect(names((await ask(query, { after: first.pageInfo.endCursor })).orders)).toEqual(["#1003", "#1002"]);
  });

  test.each([
    ["{ orders { nodes { id } } }", "you must provide one of first or last"],
    ["{ orders(first: 251) { nodes { id } } }", "The requested page size of 251 is greater than the maximum of 250."],
    [
      '{ orders(first: 1, after: "nonsense") { nodes { id } } }',
      "Invalid cursor for current pagination sort: nonsense.",
    ],
  ])("refuse %s", async (query, message) => {
    const { errors } = await api.graphql(query);
    expect(errors[0].message).toBe(message);
  });
});

describe("search", () => {
  const found = async (field: string, query: string, pick: string) =>
    (await ask(`query ($query: String) { ${field}(first: 20, query: $query) { nodes { ${pick} } } }`, { query }))[
      field
    ].nodes.map((node: Record<string, string>) => node[pick]);

  test.each([
    ["email:ada@berg.example", ["Ada Berg"]],
    ["email:ADA@*", ["Ada Berg"]],
    ["phone:+49301234567", ["Ada Berg"]],
    ["tag:vip", ["Ada Berg", "cy@example.com"]],
    ["tag:vip -tag:new", ["Ada Berg"]],
    ["tag:vip AND NOT tag:new", ["Ada Berg"]],
    ["first_name:Ben OR tag:new", ["Ben Ode", "cy@example.com"]],
    ["updated_at:>=2026-05-01", ["Ben Ode", "cy@example.com"]],
    ["updated_at:>'2026-05-01T00:00:00Z'", ["cy@example.com"]],
    ["updated_at:<2026-05", ["Ada Berg"]],
    ["Berg", ["Ada Berg"]],
    ["ber*", ["Ada Berg"]],
    ["ber", []],
    ["country:Germany", ["Ada Berg"]],
    ["orders_count:>0", []],
  ])("customers by %s", async (query, names) => {
    expect(await found("customers", query, "displayName")).toEqual(names);
  });

  test.each([
    ["title:jacket", ["Field Jacket"]],
    ["field jac*", ["Field Jacket"]],
    ["sku:SKU-21", ["Trail Mug"]],
    ["SKU-21", ["Trail Mug"]],
    ["tag:autumn status:active", ["Field Jacket"]],
    ["status:archived", ["Old Scarf"]],
    ["product_type:Kitchen,Outerwear -status:archived", ["Field Jacket", "Trail Mug"]],
    ["(tag:gift OR tag:autumn) AND title:mug", ["Trail Mug"]],
    ["nothing-like-this", []],
  ])("products by %s", async (query, titles) => {
    expect(await found("products", query, "title")).toEqual(titles);
  });

  test("variants by title, code and tag", async () => {
    expect(await found("productVariants", "title:olive", "title")).toEqual(["Olive / M", "Olive / L"]);
    expect(await found("productVariants", "sku:sku-12", "title")).toEqual(["Olive / L"]);
    expect(await found("productVariants", "tag:gift", "sku")).toEqual(["SKU-21"]);
    expect(await found("productVariants", "jacket", "sku")).toEqual(["SKU-11", "SKU-12"]);
  });

  test("orders by number, person, status, token and time", async () => {
    putOrder(small, 3, { tags: ["gift"] });
    putOrder(small, 1, { financialStatus: "PENDING", customerId: 602, email: "ben@ode.example" });
    expect(await found("orders", "name:#1001", "name")).toEqual(["#1001"]);
    expect(await found("orders", "name:1002", "name")).toEqual(["#1002"]);
    expect(await found("orders", "email:ben@ode.example", "name")).toEqual(["#1002"]);
    expect(await found("orders", "customer_id:601", "name")).toEqual(["#1001"]);
    expect(await found("orders", "financial_status:pending", "name")).toEqual(["#1002"]);
    expect(await found("orders", "cart_token:cart-1001", "name")).toEqual(["#1001"]);
    expect(await found("orders", "created_at:>=2026-11-20", "name")).toEqual(["#1002"]);
    expect(await found("orders", "status:open fulfillment_status:unfulfilled", "name")).toEqual(
      ["#1002", "#1001"].sort(),
    );
    expect(await found("orders", "Ben", "name")).toEqual(["#1002"]);
  });

  test("a filter that is not there fails with its name", async () => {
    const { errors } = await api.graphql(`{ orders(first: 1, query: "chargeback_status:won") { nodes { id } } }`);
    expect(errors[0].message).toBe(
      'The local Shopify does not implement QueryRoot.orders(query: "chargeback_status:…").',
    );
  });
});

function must<Value>(value: Value | null): Value {
  if (value === null) throw new Error("not there");
  return value;
}
