import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Bucket, type Purpose } from "~/shopify/admin-bucket";
import { adminClient, type Patience } from "~/shopify/admin-client";
import { ShopifyDenied, ShopifyDown, ShopifyRefused, ShopifyThrottled } from "~/shopify/admin-errors";
import { DraftOrderCalculateDocument, DraftOrderDeleteDocument, ShopDocument } from "~/shopify/queries/generated";

/** What the server answers, one a request; the last one stays. */
type Scripted = { status?: number; body: unknown; headers?: Record<string, string> } | "hang" | "cut";

const shop = { name: "Northwind", email: "a@b.example", currencyCode: "EUR", ianaTimezone: "Europe/Berlin" };
const throttleStatus = { maximumAvailable: 1000, currentlyAvailable: 20, restoreRate: 100 };
const throttled: Scripted = {
  body: {
    errors: [{ message: "Throttled", extensions: { code: "THROTTLED" } }],
    extensions: { cost: { requestedQueryCost: 220, actualQueryCost: null, throttleStatus } },
  },
};

let server: Server;
let script: Scripted[];
let asked: { url: string; token: string; operation: string }[];
let paused: number[];
const realFetch = globalThis.fetch;

beforeEach(async () => {
  asked = [];
  paused = [];
  server = createServer(async (request, response) => {
    const body = JSON.parse(await textOf(request)) as { query: string };
    asked.push({
      url: `https://${request.headers.host}${request.url}`,
      token: String(request.headers["x-shopify-access-token"]),
      operation: /(?:query|mutation) (\w+)/.exec(body.query)?.[1] ?? "",
    });
    const next = (script.length > 1 ? script.shift() : script[0]) as Scripted;
    if (next === "hang") return;
    if (next === "cut") return void request.socket.destroy();
    const text = typeof next.body === "string" ? next.body : JSON.stringify(next.body);
    const type = typeof next.body === "string" ? "text/html" : "application/json";
    response.writeHead(next.status ?? 200, { "Content-Type": type, ...next.headers }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  // The shop's https address is answered by this server; everything above the socket is the real thing.
  vi.stubGlobal("fetch", (input: string | URL, init: RequestInit) => {
    const url = new URL(input);
    const headers = new Headers(init.headers);
    return realFetch(`http://127.0.0.1:${port}${url.pathname}`, { ...init, headers });
  });
});

afterEach(async () => {
  vi.unstubAllGlobals();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function client(patience: Partial<Patience> = {}, purpose: Purpose = "click", bucket = new Bucket()) {
  return adminClient({
    domain: "northwind.myshopify.com",
    token: async () => "shpat_secret",
    purpose,
    bucket,
    patience: { timeout: 10_000, pauses: 5_000, tries: 3, ...patience },
    pause: async (milliseconds) => void paused.push(milliseconds),
  });
}

describe("a query", () => {
  it("goes to the pinned version with the shop's token", async () => {
    script = [{ body: { data: { shop } } }];
    const answer = await client().ask(ShopDocument, {});
    expect(answer.shop.currencyCode).toBe("EUR");
    expect(asked).toEqual([
      { url: expect.stringContaining("/admin/api/2026-07/graphql.json"), token: "shpat_secret", operation: "Shop" },
    ]);
  });

  it.each<[string, Scripted]>([
    ["a 502 page", { status: 502, body: "<h1>Bad gateway</h1>" }],
    ["a cut connection", "cut"],
    ["no answer in time", "hang"],
    ["a page instead of JSON", { status: 200, body: "<h1>Hello</h1>" }],
    ["Shopify's own failure", { body: { errors: [{ message: "x", extensions: { code: "INTERNAL_SERVER_ERROR" } }] } }],
  ])("is tried again after %s, and given up as ShopifyDown after the last try", async (_what, failure) => {
    const hurried = failure === "hang" ? { timeout: 800 } : {};
    script = [failure, { body: { data: { shop } } }];
    await expect(client(hurried).ask(ShopDocument, {})).resolves.toEqual({ shop });
    expect(asked).toHaveLength(2);

    script = [failure];
    asked = [];
    await expect(client(hurried).ask(ShopDocument, {})).rejects.toBeInstanceOf(ShopifyDown);
    expect(asked).toHaveLength(3);
  });

  it("waits as long as the bucket needs and then gets its answer", async () => {
    script = [throttled, { body: { data: { shop } } }];
    await expect(client().ask(ShopDocument, {})).resolves.toEqual({ shop });
    // 220 points asked, 20 there, 100 a second.
    expect(paused).toEqual([2000]);
  });

  it("gives up as ShopifyThrottled when the waits exceed the patience", async () => {
    script = [throttled];
    const refused = client().ask(ShopDocument, {});
    await expect(refused).rejects.toBeInstanceOf(ShopifyThrottled);
    await expect(refused).rejects.toMatchObject({ status: 429, headers: { "Retry-After": "2" } });
    expect(paused).toEqual([2000, 2000]);
  });

  it("gives up also when the bucket says that it holds enough and throttles all the same", async () => {
    const cost = { requestedQueryCost: 10, throttleStatus: { ...throttleStatus, currentlyAvailable: 1000 } };
    script = [
      { body: { errors: [{ message: "Throttled", extensions: { code: "THROTTLED" } }], extensions: { cost } } },
    ];
    await expect(client({ pauses: 2_000 }).ask(ShopDocument, {})).rejects.toBeInstanceOf(ShopifyThrottled);
    expect(paused).toEqual([500, 500, 500, 500]);
  });

  it("waits before it asks again when the last answer left too little", async () => {
    const cost = { requestedQueryCost: 320, actualQueryCost: 320, throttleStatus };
    script = [{ body: { data: { shop }, extensions: { cost } } }];
    const one = client();
    await one.ask(ShopDocument, {});
    await one.ask(ShopDocument, {});
    expect(paused).toHaveLength(1);
    expect(paused[0]).toBeGreaterThan(2500);
    expect(paused[0]).toBeLessThanOrEqual(3000);
  });

  it("treats HTTP 429 as throttled and honours Retry-After", async () => {
    script = [{ status: 429, body: "slow down", headers: { "Retry-After": "3" } }, { body: { data: { shop } } }];
    await client().ask(ShopDocument, {});
    expect(paused).toEqual([3000]);
  });

  it.each([401, 403])("is ShopifyDenied at once when Shopify answers %i", async (status) => {
    script = [{ status, body: { errors: "[API] Invalid API key or access token" } }];
    await expect(client().ask(ShopDocument, {})).rejects.toBeInstanceOf(ShopifyDenied);
    expect(asked).toHaveLength(1);
  });

  it("is asked once more with another token when the first was refused, and with none when there is no other", async () => {
    const refused = { status: 401, body: { errors: "[API] Invalid API key or access token" } };
    const one = (tokenAnew: string) =>
      adminClient({
        domain: "northwind.myshopify.com",
        token: async () => "shpat_old",
        tokenAnew: async () => tokenAnew,
        purpose: "background",
        bucket: new Bucket(),
      }).ask(ShopDocument, {});
    script = [refused, { body: { data: { shop } } }];
    await expect(one("shpat_new")).resolves.toEqual({ shop });
    expect(asked.map(({ token }) => token)).toEqual(["shpat_old", "shpat_new"]);

    script = [refused];
    asked = [];
    await expect(one("shpat_new")).rejects.toBeInstanceOf(ShopifyDenied);
    await expect(one("shpat_old")).rejects.toBeInstanceOf(ShopifyDenied);
    expect(asked.map(({ token }) => token)).toEqual(["shpat_old", "shpat_new", "shpat_old"]);
  });

  it("names the fields that protected-data review withholds, and gives the rest to those who ask partly", async () => {
    const body = {
      data: { shop: { ...shop, email: null } },
      errors: [{ message: "This app is not approved to use the email field.", path: ["shop", "email"] }],
    };
    script = [{ body }];
    await expect(client().ask(ShopDocument, {})).rejects.toMatchObject({ fields: ["shop.email"] });
    const partly = await client().askPartly(ShopDocument, {});
    expect(partly.denied).toEqual(["shop.email"]);
    expect(partly.data.shop.name).toBe("Northwind");
  });

  it("is ShopifyRefused, not tried again, when what was asked is wrong", async () => {
    script = [
      {
        body: { errors: [{ message: "Invalid global id 'x'", extensions: { code: "argumentLiteralsIncompatible" } }] },
      },
    ];
    await expect(client().ask(ShopDocument, {})).rejects.toBeInstanceOf(ShopifyRefused);
    expect(asked).toHaveLength(1);
  });
});

describe("a mutation", () => {
  const deletion = { input: { id: "gid://shopify/DraftOrder/1" } };

  it("is never tried again after a failure, because it may have been done", async () => {
    script = [{ status: 502, body: "bad gateway" }, { body: { data: {} } }];
    await expect(client().ask(DraftOrderDeleteDocument, deletion)).rejects.toBeInstanceOf(ShopifyDown);
    expect(asked).toHaveLength(1);
  });

  it("is asked again when it was throttled, because nothing was done", async () => {
    const data = { draftOrderDelete: { deletedId: "gid://shopify/DraftOrder/1", userErrors: [] } };
    script = [throttled, { body: { data } }];
    await expect(client().ask(DraftOrderDeleteDocument, deletion)).resolves.toEqual(data);
  });

  it("is tried again when the asker knows that it changes nothing", async () => {
    script = ["cut", { body: { data: { draftOrderCalculate: null } } }];
    await client().ask(DraftOrderCalculateDocument, { input: {} }, { repeatable: true });
    expect(asked).toHaveLength(2);
  });
});

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text;
}
