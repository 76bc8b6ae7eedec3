import { createServer, type Server } from "node:http";
import { connect } from "node:net";
import type { ServerBuild } from "@remix-run/node";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { directRoutes } from "~/http/direct-routes";
import { log } from "~/platform/log";

/** Says back what it was given. */
async function echo({ request, params, context }: { request: Request; params: object; context: unknown }) {
  const body = request.method === "POST" ? await request.text() : null;
  const { pathname, search } = new URL(request.url);
  if (body === "throw a response") throw Response.json({ thrown: true }, { status: 409 });
  if (body === "throw an error") throw new Error("secret detail");
  return Response.json(
    {
      method: request.method,
      path: pathname + search,
      token: request.headers.get("authorization"),
      body,
      context,
      ...params,
    },
    { status: 201, headers: { "Cache-Control": "no-store" } },
  );
}

const route = (id: string, path: string, module: object) => [id, { id, path, module }];
const build = {
  routes: Object.fromEntries([
    route("routes/storefront.messages", "storefront/messages", { loader: echo, action: echo }),
    route("routes/storefront.state", "storefront/state", { loader: echo }),
    route("routes/webhooks", "webhooks/:subject", { action: echo }),
    route("routes/channels.meta", "channels/meta", { loader: echo, action: echo }),
    route("routes/channels.mail", "channels/:accountId/mail/:part", { action: echo }),
    route("routes/channels.rest", "channels/rest/*", { action: echo }),
    route("routes/admin.inbox", "inbox", { loader: echo }),
    route("routes/admin.inbox.conversation", "inbox/:subject", { loader: echo }),
  ]),
} as unknown as ServerBuild;

let server: Server;
let origin: string;

beforeAll(async () => {
  const serve = directRoutes(build, (_request, response) => {
    response.setHeader("X-Request-Id", "r1");
    return { requestId: "r1", address: "192.0.2.7" };
  });
  server = createServer((request, response) => {
    if (!serve(request, response)) response.writeHead(299).end("left to Express");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const ask = (path: string, init: RequestInit = {}) => fetch(origin + path, init);

describe("a shopper's request", () => {
  it("reaches its route with everything that it brought, and the answer comes back whole", async () => {
    const init = { method: "POST", headers: { Authorization: "Bearer t" }, body: '{"text":"Zdravo, 😀"}' };
    const response = await ask("/storefront/messages?a=1&b=%20", init);
    expect(response.status).toBe(201);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("x-request-id")).toBe("r1");
    expect(Number(response.headers.get("content-length"))).toBeGreaterThan(0);
    expect(await response.json()).toEqual({
      method: "POST",
      path: "/storefront/messages?a=1&b=%20",
      token: "Bearer t",
      body: init.body,
      context: { requestId: "r1", address: "192.0.2.7" },
    });
  });

  it.each(["GET", "OPTIONS"])("with %s is read", async (method) => {
    expect(await (await ask("/storefront/state", { method })).json()).toMatchObject({ method });
  });

  it("with HEAD has no body, and one that its route does not serve is refused", async () => {
    expect(await (await ask("/storefront/state", { method: "HEAD" })).text()).toBe("");
    expect((await ask("/storefront/state", { method: "POST", body: "x" })).status).toBe(405);
  });

  it("of Shopify's finds its door, with the subject that stands in its address", async () => {
    const response = await ask("/webhooks/draft-orders", { method: "POST", body: "{}" });
    expect(await response.json()).toMatchObject({
      path: "/webhooks/draft-orders",
      subject: "draft-orders",
      body: "{}",
    });
  });

  it("of a channel's provider finds its door, whatever its parameters are called and wherever they stand", async () => {
    const plain = await ask("/channels/meta?hub.mode=subscribe");
    expect(await plain.json()).toMatchObject({ path: "/channels/meta?hub.mode=subscribe" });
    const named = await ask("/channels/a-1/mail/2", { method: "POST", body: "{}" });
    expect(await named.json()).toMatchObject({ accountId: "a-1", part: "2" });
  });

  it("that is answered by throwing gets that answer, and a fault says nothing of itself", async () => {
    const thrown = await ask("/storefront/messages", { method: "POST", body: "throw a response" });
    expect([thrown.status, await thrown.json()]).toEqual([409, { thrown: true }]);
    const fault = await ask("/storefront/messages", { method: "POST", body: "throw an error" });
    expect([fault.status, await fault.text()]).toEqual([500, "Unexpected Server Error"]);
  });

  it("that breaks off while it is sent does no harm and is no error", async () => {
    const error = vi.spyOn(log, "error");
    const debug = vi.spyOn(log, "debug");
    const socket = connect(Number(new URL(origin).port), "127.0.0.1");
    socket.write("POST /storefront/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf");
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    expect((await ask("/storefront/state")).status).toBe(201);
    expect(debug.mock.calls).toContainEqual([{ requestId: "r1" }, "a request was cut"]);
    expect(error).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });
});

describe("left to Express", () => {
  it.each([
    "/inbox",
    "/inbox/one",
    "/storefront/messages/",
    "/storefront/nothing",
    "/",
    "//storefront/state",
    "/webhooks",
    "/webhooks/",
    "/webhooks/%6frders",
    "/webhooks/a/b",
    "/channels/a-1/mail",
    "/channels/a-1/post/2",
    "/channels/a%2f1/mail/2",
    "/channels/rest/of/it",
  ])("is %s", async (path) => {
    expect((await ask(path)).status).toBe(299);
  });

  it("is what is large or comes in pieces", async () => {
    const large = await ask("/storefront/messages", { method: "POST", body: "x".repeat(64 * 1024 + 1) });
    expect(large.status).toBe(299);
    const pieces = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode("piece"));
        controller.close();
      },
    });
    const init = { method: "POST", body: pieces, duplex: "half" } as RequestInit;
    expect((await ask("/storefront/messages", init)).status).toBe(299);
  });
});
