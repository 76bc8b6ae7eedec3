import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { bulkRunner } from "../../../../dev/shopify/admin-api/bulk/runner";
import { bulkTrouble } from "../../../../dev/shopify/admin-api/bulk/trouble";
import { type Answer, putOrder, type Served, SHOP, type SmallWorld, serve, smallWorld, tokenFor } from "./small-world";

let small: SmallWorld;
let api: Served;

beforeEach(async () => {
  small = smallWorld();
  small.world.app.subscriptions = [{ topic: "bulk_operations/finish", uri: "/webhooks/bulk" }];
  api = await serve(small);
});
afterEach(async () => {
  await bulkRunner(small.world).stop();
  await api.close();
  small.close();
});

const FIELDS = `id status errorCode query createdAt completedAt objectCount rootObjectCount fileSize url partialDataUrl type`;

async function start(query: string, groupObjects = false, token?: string): Promise<Answer> {
  const answer = await api.graphql(
    `mutation ($query: String!, $groupObjects: Boolean!) { bulkOperationRunQuery(query: $query, groupObjects: $groupObjects) {
      bulkOperation { ${FIELDS} } userErrors { field message code } } }`,
    { query, groupObjects },
    token,
  );
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data.bulkOperationRunQuery;
}

async function look(id: string): Promise<Answer> {
  return (await api.graphql(`query ($id: ID!) { bulkOperation(id: $id) { ${FIELDS} } }`, { id })).data.bulkOperation;
}

/** Starts it and waits for its end. */
async function finish(query: string, groupObjects = false, token?: string): Promise<Answer> {
  const { bulkOperation, userErrors } = await start(query, groupObjects, token);
  expect(userErrors).toEqual([]);
  await bulkRunner(small.world).settled();
  return look(bulkOperation.id);
}

interface Fetched {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
  broken: boolean;
}

/** What a client that the preload routes gets from the storage. */
function download(url: string, headers: Record<string, string> = {}): Promise<Fetched> {
  const { host, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    const options = { port: api.port, host: "127.0.0.1", path: pathname + search, headers: { host, ...headers } };
    httpRequest(options, (response) => {
      let body = "";
      const done = (broken: boolean) => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body, broken });
      };
      response.on("data", (chunk) => {
        body += chunk;
      });
      response.on("end", () => done(false));
      response.on("error", () => done(true));
    })
      .on("error", reject)
      .end();
  });
}

async function linesOf(operation: Answer): Promise<Answer[]> {
  const { body } = await download(operation.url);
  return body
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

describe("A bulk query", () => {
  test("begins as CREATED and ends as COMPLETED with a line for each object, children after their parents", async () => {
    const first = putOrder(small, 3);
    const second = putOrder(small, 1);
    const query = `{ orders { edges { node { id name customer { firstName } lineItems { edges { node { id quantity } } } } } } }`;
    const { bulkOperation } = await start(query);
    expect(bulkOperation).toMatchObject({
      status: "CREATED",
      objectCount: "0",
      url: null,
      fileSize: null,
      type: "QUERY",
    });
    await bulkRunner(small.world).settled();
    const done = await look(bulkOperation.id);
    expect(done).toMatchObject({ status: "COMPLETED", objectCount: "4", rootObjectCount: "2", errorCode: null, query });
    expect(done.url).toMatch(/^https:\/\/storage\.googleapis\.com\//);
    const lines = await linesOf(done);
    const orders = [first, second].map(({ id, name }) => ({
      id: `gid://shopify/Order/${id}`,
      name,
      customer: { firstName: "Ada" },
    }));
    const items = [first, second].map(({ id, lines: [line] }) => ({
      id: `gid://shopify/LineItem/${line?.id}`,
      quantity: 2,
      __parentId: `gid://shopify/Order/${id}`,
    }));
    expect(lines).toEqual([...orders, ...items]);
    expect(Buffer.byteLength((await download(done.url)).body)).toBe(Number(done.fileSize));
  });

  test("groups children under their parents when asked", async () => {
    putOrder(small, 3);
    putOrder(small, 1);
    const done = await finish(`{ orders { edges { node { id lineItems { edges { node { id } } } } } } }`, true);
    const lines = await linesOf(done);
    expect(lines.map((line) => line.__parentId !== undefined)).toEqual([false, true, false, true]);
    expect(lines[1].__parentId).toBe(lines[0].id);
    expect(lines[3].__parentId).toBe(lines[2].id);
  });

  test("goes two connections below the root, takes no notice of page sizes and reads fragments", async () => {
    putOrder(small, 2);
    const done = await finish(`
      query All { customers(first: 1, query: "id:601") { pageInfo { hasNextPage } edges { cursor node { ...who } } } }
      fragment who on Customer { id orders(first: 1) { edges { node { id lineItems(first: 1) { edges { node { title } } } } } } }`);
    const lines = await linesOf(done);
    expect(lines).toHaveLength(3);
    expect(lines[0]).toEqual({ id: "gid://shopify/Customer/601" });
    expect(lines[2]).toEqual({ title: "Field Jacket", __parentId: lines[1].id });
  });

  test("without any object has no file", async () => {
    expect(await finish(`{ orders { edges { node { id } } } }`)).toMatchObject({
      status: "COMPLETED",
      objectCount: "0",
      url: null,
    });
  });

  test("reads many batches", async () => {
    for (let count = 0; count < 120; count += 1) putOrder(small, 1);
    const done = await finish(`{ orders { edges { node { id lineItems { edges { node { id } } } } } } }`);
    expect(done).toMatchObject({ objectCount: "240", rootObjectCount: "120" });
    const lines = await linesOf(done);
    expect(new Set(lines.map((line) => line.id)).size).toBe(240);
    // Not grouped: between a batch's parents and their children lie other objects.
    expect(lines.findIndex((line) => line.__parentId)).toBe(50);
  });

  test("tells the app that it ended", async () => {
    putOrder(small, 1);
    const done = await finish(`{ orders { edges { node { id } } } }`);
    const [delivery] = small.shop.all("webhookDelivery");
    expect(delivery?.topic).toBe("bulk_operations/finish");
    expect(JSON.parse(delivery?.body ?? "")).toMatchObject({
      admin_graphql_api_id: done.id,
      status: "completed",
      type: "query",
      error_code: null,
    });
  });
});

describe("Shopify refuses", () => {
  const six = ["a", "b", "c", "d", "e"].map((name) => `${name}: lineItems { edges { node { id } } }`).join(" ");
  test.each([
    ["an empty text", "", "Invalid bulk query: syntax error, unexpected end of file"],
    [
      "a mutation",
      `mutation { customerDelete(input: {id: "x"}) { deletedCustomerId } }`,
      "Invalid operation type. Only `query` operations are supported.",
    ],
    ["nothing to page through", "{ shop { id } }", "Bulk queries must contain at least one connection."],
    [
      "two top-level fields",
      "{ orders { edges { node { id } } } customers { edges { node { id } } } }",
      "Bulk queries must contain exactly one top-level field.",
    ],
    [
      "nodes",
      "{ orders { nodes { id } } }",
      /must select their contents using 'edges' > 'node'.*Invalid connection fields: 'orders'/,
    ],
    [
      "six connections",
      `{ orders { edges { node { id ${six} } } } }`,
      "Bulk queries cannot contain more than 5 connections.",
    ],
    [
      "a connection within a list",
      "{ orders { edges { node { id fulfillments { id fulfillmentLineItems { edges { node { id } } } } } } } }",
      "Queries that contain a connection field within a list field are not currently supported.",
    ],
    [
      "a parent without its id",
      "{ orders { edges { node { name lineItems { edges { node { id } } } } } } }",
      /must select the 'id' field without an alias.*: orders\.$/,
    ],
    [
      "connections three levels below the root",
      "{ customers { edges { node { id orders { edges { node { id lineItems { edges { node { id product { variants { edges { node { id } } } } } } } } } } } } } }",
      "Bulk queries cannot contain connections with a nesting depth greater than 2.",
    ],
    ["an unknown field", "{ orders { edges { node { nonsense } } } }", /^Invalid bulk query: /],
  ])("%s", async (_what, query, message) => {
    const { bulkOperation, userErrors } = await start(query);
    expect(bulkOperation).toBeNull();
    expect(userErrors).toEqual([
      {
        field: ["query"],
        code: "INVALID",
        message: typeof message === "string" ? message : expect.stringMatching(message),
      },
    ]);
  });

  test("a sixth at the same time", async () => {
    bulkTrouble(small.world).pause = 700;
    putOrder(small, 1);
    const query = `{ orders { edges { node { id } } } }`;
    for (let count = 0; count < 5; count += 1) expect((await start(query)).userErrors).toEqual([]);
    expect((await start(query)).userErrors).toEqual([
      { field: null, code: "LIMIT_REACHED", message: expect.any(String) },
    ]);
    await bulkRunner(small.world).settled();
    expect((await start(query)).userErrors).toEqual([]);
  });

  test("what the token's scopes do not open", async () => {
    const token = tokenFor(small, ["read_customers"]);
    expect(await finish(`{ orders { edges { node { id } } } }`, false, token)).toMatchObject({
      status: "FAILED",
      errorCode: "ACCESS_DENIED",
      url: null,
      partialDataUrl: null,
    });
  });

  test("orders older than 60 days", async () => {
    putOrder(small, 100);
    putOrder(small, 10);
    expect(await finish(`{ orders { edges { node { id } } } }`)).toMatchObject({ objectCount: "1" });
  });

  test("fields that the review has not approved: they are null", async () => {
    small.shop.put("shop", "shop", { ...small.shop.settings(), unapprovedFields: ["Customer.firstName"] });
    const done = await finish(`{ customers(query: "id:601") { edges { node { id firstName lastName } } } }`);
    expect(done.status).toBe("COMPLETED");
    expect(await linesOf(done)).toEqual([{ id: "gid://shopify/Customer/601", firstName: null, lastName: "Berg" }]);
  });
});

describe("Asking for operations", () => {
  test("current, newest first, by status and as a node", async () => {
    const first = await finish(`{ products { edges { node { id } } } }`);
    small.pass(1000);
    const second = await finish(`{ customers { edges { node { id } } } }`);
    const { data } = await api.graphql(
      `query ($id: ID!) { currentBulkOperation { id } none: currentBulkOperation(type: MUTATION) { id }
        all: bulkOperations(first: 5) { nodes { id } } failed: bulkOperations(first: 5, query: "status:failed") { nodes { id } }
        node(id: $id) { ... on BulkOperation { status } } }`,
      { id: first.id },
    );
    expect(data).toEqual({
      currentBulkOperation: { id: second.id },
      none: null,
      all: { nodes: [{ id: second.id }, { id: first.id }] },
      failed: { nodes: [] },
      node: { status: "COMPLETED" },
    });
  });

  test("a cancelled one ends as CANCELED, a finished one cannot be", async () => {
    bulkTrouble(small.world).pause = 30;
    for (let count = 0; count < 120; count += 1) putOrder(small, 1);
    const { bulkOperation } = await start(`{ orders { edges { node { id } } } }`);
    const cancel = async (id: string) =>
      (
        await api.graphql(
          `mutation ($id: ID!) { bulkOperationCancel(id: $id) { bulkOperation { status } userErrors { field message } } }`,
          { id },
        )
      ).data.bulkOperationCancel;
    expect(await cancel(bulkOperation.id)).toEqual({ bulkOperation: { status: "CANCELING" }, userErrors: [] });
    await bulkRunner(small.world).settled();
    expect(await look(bulkOperation.id)).toMatchObject({ status: "CANCELED", url: null, completedAt: null });
    expect((await cancel(bulkOperation.id)).userErrors).toEqual([
      { field: null, message: "A bulk operation cannot be canceled when it is canceled" },
    ]);
    expect((await cancel("gid://shopify/BulkOperation/1")).userErrors).toEqual([
      { field: ["id"], message: "Bulk operation does not exist" },
    ]);
  });

  test("the counts grow while it runs", async () => {
    bulkTrouble(small.world).pause = 60;
    for (let count = 0; count < 120; count += 1) putOrder(small, 1);
    const { bulkOperation } = await start(`{ orders { edges { node { id } } } }`);
    const seen = new Set<string>();
    for (let tries = 0; tries < 400; tries += 1) {
      const now = await look(bulkOperation.id);
      seen.add(now.objectCount);
      if (now.status === "COMPLETED") break;
    }
    expect([...seen]).toEqual(expect.arrayContaining(["50", "120"]));
  });
});

describe("The file", () => {
  async function filed(): Promise<Answer> {
    putOrder(small, 1);
    putOrder(small, 1);
    return finish(`{ orders { edges { node { id name } } } }`);
  }

  test("comes in ranges", async () => {
    const { url, fileSize } = await filed();
    const whole = await download(url);
    expect(whole).toMatchObject({ status: 200, headers: { "accept-ranges": "bytes", "content-length": fileSize } });
    const rest = await download(url, { range: "bytes=10-" });
    expect(rest).toMatchObject({ status: 206, body: whole.body.slice(10) });
    expect(rest.headers["content-range"]).toBe(`bytes 10-${Number(fileSize) - 1}/${fileSize}`);
    expect((await download(url, { range: "bytes=0-4" })).body).toBe(whole.body.slice(0, 5));
    expect((await download(url, { range: "bytes=-7" })).body).toBe(whole.body.slice(-7));
    expect((await download(url, { range: `bytes=${fileSize}-` })).status).toBe(416);
    expect((await download(url, { range: "bytes=10-", "if-range": '"other"' })).status).toBe(200);
  });

  test("is behind its signature and its time", async () => {
    const { url, id } = await filed();
    expect((await download(url.replace(/Signature=[^&]+/, "Signature=AAAA"))).status).toBe(403);
    expect((await download(url.replace(/Expires=\d+/, "Expires=99999999999"))).status).toBe(403);
    expect((await download(url.split("?")[0])).status).toBe(403);
    small.pass(7 * 86_400_000 + 1000);
    const late = await download(url);
    expect(late.status).toBe(400);
    expect(late.body).toContain("ExpiredToken");
    expect(await look(id)).toMatchObject({ status: "EXPIRED", url: null });
  });

  test("of an operation that fails half way is its partial data", async () => {
    bulkTrouble(small.world).failHalfWay = true;
    for (let count = 0; count < 120; count += 1) putOrder(small, 1);
    const done = await finish(`{ orders { edges { node { id } } } }`);
    expect(done).toMatchObject({ status: "FAILED", errorCode: "INTERNAL_SERVER_ERROR", url: null, completedAt: null });
    const { body } = await download(done.partialDataUrl);
    expect(body.trimEnd().split("\n")).toHaveLength(100);
  });

  test("has lines that are cut, and breaks, on demand", async () => {
    bulkTrouble(small.world).malformedEvery = 2;
    const { url } = await filed();
    const whole = await download(url);
    const [good = "", bad = ""] = whole.body.split("\n");
    expect(JSON.parse(good)).toMatchObject({ name: "#1001" });
    expect(() => JSON.parse(bad)).toThrow();
    bulkTrouble(small.world).breakAfter = 12;
    expect(await download(url)).toMatchObject({ broken: true, body: whole.body.slice(0, 12) });
    expect(await download(url, { range: "bytes=12-" })).toMatchObject({ broken: true, body: whole.body.slice(12, 24) });
  });

  test("is another shop's neither by address nor by id", async () => {
    const { id } = await filed();
    const token = tokenFor(small, small.world.app.scopes, small.other);
    const body = JSON.stringify({ query: `{ bulkOperation(id: "${id}") { id } }` });
    const path = "/admin/api/2026-07/graphql.json";
    const reply = await api.send(SHOP.replace("northwind-outfitters", "lumen-home"), path, body, {
      "x-shopify-access-token": token,
    });
    expect(reply.body.data.bulkOperation).toBeNull();
  });
});
