import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { resetSwitchboard, switchboard } from "../../../../dev/shopify/admin-api/switchboard";
import { putOrder, type Served, SHOP, type SmallWorld, serve, smallWorld, tokenFor } from "./small-world";

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

const PATH = "/admin/api/2026-07/graphql.json";
const post = (body: string, headers: Record<string, string> = {}, path = PATH, host = SHOP) =>
  api.send(host, path, body, { "x-shopify-access-token": tokenFor(small), ...headers });

describe("the door", () => {
  test("says its version and refuses a token that is wrong, expired, revoked or absent", async () => {
    const good = await post(JSON.stringify({ query: "{ shop { name } }" }));
    expect(good.headers["x-shopify-api-version"]).toBe("2026-07");
    expect(good.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
    const wrong = { errors: "[API] Invalid API key or access token (unrecognized login or wrong password)" };
    for (const token of ["", "shpat_guess"]) {
      const reply = await post(JSON.stringify({ query: "{ shop { name } }" }), { "x-shopify-access-token": token });
      expect(reply).toMatchObject({ status: 401, body: wrong });
    }
    const token = tokenFor(small);
    const record = small.shop.get("token", token);
    if (record) small.shop.put("token", token, { ...record, revoked: true });
    const revoked = await api.send(SHOP, PATH, JSON.stringify({ query: "{ shop { name } }" }), {
      "x-shopify-access-token": token,
    });
    expect(revoked.status).toBe(401);
  });

  test("refuses what is no request, an unknown shop, another version and other paths", async () => {
    expect(await post("{nope")).toMatchObject({
      status: 400,
      body: { errors: { query: "Required parameter missing or invalid" } },
    });
    expect((await post(JSON.stringify({ variables: {} }))).status).toBe(400);
    expect((await post("{}", {}, PATH, "nobody.myshopify.com")).status).toBe(404);
    expect((await post("{}", {}, "/admin/api/2025-01/graphql.json")).body.errors).toContain("2026-07, not 2025-01");
    expect((await post("{}", {}, "/admin/api/2026-07/orders.json")).status).toBe(404);
  });

  test("answers GraphQL mistakes with HTTP 200 and errors", async () => {
    for (const query of ["{ shop { ", "{ shop { nothing } }", "{ customer { id } }"]) {
      const reply = await post(JSON.stringify({ query }));
      expect(reply.status).toBe(200);
      expect(reply.body.errors.length).toBeGreaterThan(0);
      expect(reply.body.data).toBeUndefined();
    }
  });

  test("lets requests for other hosts pass to the admin beside it", async () => {
    const reply = await post("{}", {}, "/admin/oauth/access_token", "localhost");
    expect(reply.status).toBe(404);
    expect(String(reply.body)).toContain("Cannot POST /admin/oauth/access_token");
  });

  test("can be down or slow", async () => {
    switchboard(small.world).down = true;
    expect(await post(JSON.stringify({ query: "{ shop { name } }" }))).toMatchObject({ status: 503 });
    resetSwitchboard(small.world);
    switchboard(small.world).slow = 120;
    const started = performance.now();
    expect((await post(JSON.stringify({ query: "{ shop { name } }" }))).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(110);
  });
});

describe("what is missing is said by name", () => {
  test("a field, before anything runs", async () => {
    const { data, errors } = await api.graphql(`mutation {
      tagsAdd(id: "gid://shopify/Customer/601", tags: ["new"]) { node { id } userErrors { message } }
      customerUpdate(input: { id: "gid://shopify/Customer/601", note: "x" }) { customer { lifetimeDuration } userErrors { message } } }`);
    expect(data).toBeUndefined();
    expect(errors.map((error: { message: string }) => error.message)).toEqual([
      "The local Shopify does not implement Customer.lifetimeDuration.",
    ]);
    expect(small.shop.get("customer", 601)?.tags).toEqual(["vip"]);
  });

  test("a mutation, an argument and a type behind node", async () => {
    expect(
      (await api.graphql(`mutation { orderEditBegin(id: "gid://shopify/Order/1") { userErrors { message } } }`))
        .errors[0].message,
    ).toBe("The local Shopify does not implement Mutation.orderEditBegin.");
    expect(
      (await api.graphql(`{ orders(first: 1, savedSearchId: "gid://shopify/SavedSearch/1") { nodes { id } } }`))
        .errors[0].message,
    ).toBe("The local Shopify does not implement QueryRoot.orders(savedSearchId).");
    expect((await api.graphql(`{ node(id: "gid://shopify/Collection/1") { id } }`)).errors[0].message).toBe(
      'The local Shopify does not implement node(id: "gid://shopify/Collection/…").',
    );
  });
});

describe("scopes", () => {
  const as = (scopes: string[], query: string) => api.graphql(query, {}, tokenFor(small, scopes));

  test("deny a field in Shopify's words, where it stands", async () => {
    const { data, errors } = await as(["read_products"], "{ shop { name } orders(first: 1) { nodes { id } } }");
    // `orders` may not be null, so the whole answer is.
    expect(data).toBeNull();
    expect(errors).toEqual([
      {
        message:
          "Access denied for orders field. Required access: `read_orders` access scope, `read_marketplace_orders` access scope or `read_quick_sale` access scope.",
        locations: [{ line: 1, column: 17 }],
        path: ["orders"],
        extensions: {
          code: "ACCESS_DENIED",
          documentation: "https://shopify.dev/api/usage/access-scopes",
          requiredAccess:
            "`read_orders` access scope, `read_marketplace_orders` access scope or `read_quick_sale` access scope.",
        },
      },
    ]);
  });

  test("deny a nested field and leave the rest", async () => {
    putOrder(small, 1);
    const { data, errors } = await as(["read_orders"], "{ orders(first: 1) { nodes { name customer { email } } } }");
    expect(data).toEqual({ orders: { nodes: [{ name: "#1001", customer: null }] } });
    expect(errors[0]).toMatchObject({
      message: "Access denied for customer field. Required access: `read_customers` access scope.",
      path: ["orders", "nodes", 0, "customer"],
    });
  });

  test("a write scope includes reading, and reading does not include writing", async () => {
    const list = "{ draftOrders(first: 1) { nodes { id } } }";
    expect((await as(["write_draft_orders"], list)).errors).toBeUndefined();
    expect((await as(["read_draft_orders"], list)).errors).toBeUndefined();
    const create = `mutation { draftOrderCreate(input: { lineItems: [] }) { userErrors { message } } }`;
    const denied = await as(["read_draft_orders"], create);
    expect(denied.errors[0].message).toMatch(
      /^Access denied for draftOrderCreate field\. Required access: `write_draft_orders` access scope/,
    );
    expect((await as(["write_draft_orders"], create)).data.draftOrderCreate.userErrors).toHaveLength(1);
  });

  test("guard node, tags and metafields by what they are about", async () => {
    expect(
      (await as(["read_products"], `{ node(id: "gid://shopify/Customer/601") { id } }`)).errors[0].extensions.code,
    ).toBe("ACCESS_DENIED");
    const tag = `mutation { tagsAdd(id: "gid://shopify/Customer/601", tags: ["x"]) { userErrors { message } } }`;
    expect((await as(["read_customers"], tag)).errors[0].extensions.code).toBe("ACCESS_DENIED");
    const set = `mutation { metafieldsSet(metafields: [{ ownerId: "gid://shopify/Customer/601", key: "abc", type: "boolean", value: "true" }]) { userErrors { message } } }`;
    expect((await as(["read_customers"], set)).errors[0].extensions.code).toBe("ACCESS_DENIED");
  });

  test("taken back by the merchant, they are gone from tokens that are out", async () => {
    const token = tokenFor(small);
    const installation = small.shop.get("installation", small.world.app.clientId);
    if (!installation) throw new Error("not installed");
    small.shop.put("installation", small.world.app.clientId, { ...installation, scopes: ["read_products"] });
    expect((await api.graphql("{ customers(first: 1) { nodes { id } } }", {}, token)).errors[0].extensions.code).toBe(
      "ACCESS_DENIED",
    );
  });
});

describe("protected customer data", () => {
  const unapprove = (...fields: string[]) =>
    small.shop.put("shop", "shop", { ...small.shop.settings(), unapprovedFields: fields });

  test("an unapproved field is null with an error, under each of its names", async () => {
    unapprove("Customer.email");
    const { data, errors } = await api.graphql(
      `{ customer(id: "gid://shopify/Customer/601") { firstName email defaultEmailAddress { emailAddress } } }`,
    );
    expect(data.customer).toEqual({ firstName: "Ada", email: null, defaultEmailAddress: null });
    expect(errors).toMatchObject([
      {
        message:
          "This app is not approved to use the email field. See https://shopify.dev/docs/apps/launch/protected-customer-data for more details.",
        path: ["customer", "email"],
      },
      { path: ["customer", "defaultEmailAddress", "emailAddress"] },
    ]);
  });

  test("an unapproved object is null as a whole", async () => {
    unapprove("Customer");
    putOrder(small, 1);
    const { data, errors } = await api.graphql("{ orders(first: 1) { nodes { name customer { id } } } }");
    expect(data.orders.nodes).toEqual([{ name: "#1001", customer: null }]);
    expect(errors[0].message).toMatch(/^This app is not approved to access the Customer object\./);
  });
});

describe("cost", () => {
  const cost = async (query: string, variables = {}) => (await api.graphql(query, variables)).extensions.cost;

  test("objects 1, scalars 0, connections by their size, mutations 10", async () => {
    expect(await cost("{ shop { name email plan { shopifyPlus } } }")).toMatchObject({
      requestedQueryCost: 2,
      actualQueryCost: 2,
    });
    // 2 for the connection, then 10 customers of 1; only 3 are there.
    expect(await cost("{ customers(first: 10) { nodes { id } } }")).toMatchObject({
      requestedQueryCost: 12,
      actualQueryCost: 5,
    });
    expect(
      await cost(
        "query ($n: Int) { customers(first: $n) { edges { node { id defaultEmailAddress { emailAddress } } } } }",
        { n: 10 },
      ),
    ).toMatchObject({
      requestedQueryCost: 22,
      actualQueryCost: 8,
    });
    expect(
      await cost(
        `mutation { tagsAdd(id: "gid://shopify/Customer/601", tags: ["a"]) { node { id } userErrors { message } } }`,
      ),
    ).toMatchObject({
      requestedQueryCost: 10,
      actualQueryCost: 10,
    });
    expect(
      await cost(
        "query ($no: Boolean = false) { shop { name } customers(first: 50) @include(if: $no) { nodes { id } } }",
        { no: false },
      ),
    ).toMatchObject({ requestedQueryCost: 1 });
  });

  test("ids cost as many as they are, and there may be 250", async () => {
    const query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    const ids = Array.from({ length: 251 }, () => "gid://shopify/Customer/601");
    expect(await cost(query, { ids: ids.slice(0, 40) })).toMatchObject({ requestedQueryCost: 40, actualQueryCost: 40 });
    const { errors } = await api.graphql(query, { ids });
    expect(errors[0]).toMatchObject({
      message: "The input array size of 251 is greater than the maximum allowed of 250.",
      extensions: { code: "MAX_INPUT_SIZE_EXCEEDED" },
    });
  });

  test("too dear a query is refused and costs nothing", async () => {
    const query = "{ customers(first: 100) { nodes { orders(first: 10) { nodes { id } } } } }";
    const { errors, data, extensions } = await api.graphql(query);
    expect(data).toBeUndefined();
    expect(extensions).toBeUndefined();
    expect(errors[0]).toMatchObject({
      message: "Query cost is 1302, which exceeds the single query max cost limit (1000).",
      extensions: { code: "MAX_COST_EXCEEDED", cost: 1302, maxCost: 1000 },
    });
    expect((await cost("{ shop { name } }")).throttleStatus.currentlyAvailable).toBe(1999);
  });

  test("the bucket runs dry, says so, and fills again with time", async () => {
    const dear =
      "{ products(first: 240) { nodes { id featuredImage { url } seo { title } priceRangeV2 { minVariantPrice { amount } } } } }";
    putMany(small, 250);
    const first = await cost(dear.replace("240", "160"));
    expect(first).toMatchObject({
      requestedQueryCost: 802,
      throttleStatus: { maximumAvailable: 2000, restoreRate: 100 },
    });
    await cost(dear.replace("240", "160"));
    const throttled = await api.graphql(dear.replace("240", "160"));
    expect(throttled.data).toBeUndefined();
    expect(throttled.errors).toMatchObject([{ message: "Throttled", extensions: { code: "THROTTLED" } }]);
    expect(throttled.extensions.cost).toMatchObject({ requestedQueryCost: 802, actualQueryCost: null });
    const left = throttled.extensions.cost.throttleStatus.currentlyAvailable;
    small.pass(3000);
    expect((await cost("{ shop { name } }")).throttleStatus.currentlyAvailable).toBe(left + 300 - 1);
    small.pass(60_000);
    expect((await cost("{ shop { name } }")).throttleStatus.currentlyAvailable).toBe(1999);
  });

  test("shops have buckets of their own, and the switchboard throttles all", async () => {
    await cost("{ customers(first: 200) { nodes { id } } }");
    switchboard(small.world).throttled = true;
    expect((await api.graphql("{ shop { name } }")).errors[0].extensions.code).toBe("THROTTLED");
  });

  test("plans have larger buckets", async () => {
    small.shop.put("shop", "shop", { ...small.shop.settings(), plan: "plus" });
    expect((await cost("{ shop { name } }")).throttleStatus).toMatchObject({
      maximumAvailable: 20_000,
      restoreRate: 1000,
    });
  });
});

function putMany(of: SmallWorld, count: number): void {
  const model = of.shop.get("product", 1);
  if (!model) throw new Error("no product");
  for (let index = 0; index < count; index += 1) of.shop.put("product", 5000 + index, { ...model, id: 5000 + index });
}
