import "@shopify/shopify-api/adapters/node";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { ApiVersion, LogSeverity, RequestedTokenType, type Session, shopifyApi } from "@shopify/shopify-api";
import { setAbstractFetchFunc } from "@shopify/shopify-api/runtime";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startDispatcher } from "../../../../dev/shopify/webhooks/dispatch";
import { publish } from "../../../../dev/shopify/webhooks/publish";
import { idToken, type Served, SHOP, type SmallWorld, serve, smallWorld } from "./small-world";

let small: SmallWorld;
let api: Served;

/** Shopify's own library, which asks our port whatever myshopify.com host it means. */
const library = () =>
  shopifyApi({
    apiKey: "throughline-test",
    apiSecretKey: "hush-hush-hush",
    apiVersion: ApiVersion.July26,
    scopes: small.world.app.scopes,
    hostName: "app.example",
    isEmbeddedApp: true,
    logger: { level: LogSeverity.Error },
  });

beforeEach(async () => {
  small = smallWorld();
  // The library compares id tokens with the real clock.
  small.world.clock = () => new Date();
  api = await serve(small);
  setAbstractFetchFunc(async (input, init) => {
    const url = new URL(String(input));
    const headers = Object.fromEntries(new Headers(init?.headers as HeadersInit));
    const reply = await api.send(url.host, url.pathname, String(init?.body ?? ""), headers);
    return new Response(JSON.stringify(reply.body), {
      status: reply.status,
      headers: {
        "content-type": "application/json",
        "x-shopify-api-version": String(reply.headers["x-shopify-api-version"] ?? ""),
      },
    }) as never;
  });
});

afterEach(async () => {
  await api.close();
  small.close();
});

const exchange = async (requestedTokenType: RequestedTokenType): Promise<Session> => {
  const sessionToken = await idToken(small);
  const { session } = await library().auth.tokenExchange({
    shop: SHOP,
    sessionToken,
    requestedTokenType,
    expiring: true,
  });
  return session;
};

test("exchanges, uses, refreshes and loses tokens", async () => {
  const first = await exchange(RequestedTokenType.OfflineAccessToken);
  expect(first).toMatchObject({ shop: SHOP, isOnline: false });
  expect(first.isExpired(0)).toBe(false);
  const ask = async (session: Session) => {
    const { data } = await new (library().clients.Graphql)({ session }).request("{ shop { name } }");
    return data.shop.name as string;
  };
  expect(await ask(first)).toBe("Northwind Outfitters");
  const { session: second } = await library().auth.refreshToken({ shop: SHOP, refreshToken: first.refreshToken ?? "" });
  expect(await ask(second)).toBe("Northwind Outfitters");
  await expect(ask(first)).rejects.toMatchObject({ response: { code: 401 } });
  await expect(
    library().auth.refreshToken({ shop: SHOP, refreshToken: first.refreshToken ?? "" }),
  ).rejects.toMatchObject({
    response: { code: 400 },
  });
});

test("knows who an online token stands for", async () => {
  const session = await exchange(RequestedTokenType.OnlineAccessToken);
  expect(session.onlineAccessInfo?.associated_user).toMatchObject({
    first_name: "Maya",
    email: "maya@northwind.example",
  });
});

test("throws the GraphQL errors that we answer", async () => {
  const session = await exchange(RequestedTokenType.OfflineAccessToken);
  const client = new (library().clients.Graphql)({ session });
  await expect(client.request("{ webhookSubscriptions { nodes { id } } }")).rejects.toThrow(
    /you must provide one of first or last/,
  );
});

test("accepts our webhooks, and not one whose body was touched", async () => {
  const received: { body: string; headers: Record<string, string> }[] = [];
  const app = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      received.push({ body, headers: request.headers as Record<string, string> });
      response.end();
    });
  });
  await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
  small.world.app.origin = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
  small.world.app.subscriptions = [{ topic: "orders/paid", uri: "/webhooks/orders" }];
  const dispatcher = startDispatcher(small.world);
  publish(small.world, small.shop, "orders/paid", { id: 1, note: "größer ✓" });
  await vi.waitFor(() => expect(received).toHaveLength(1));
  const [{ body, headers } = { body: "", headers: {} }] = received;
  const validate = (rawBody: string) =>
    library().webhooks.validate({
      rawBody,
      rawRequest: { method: "POST", url: "/webhooks/orders", headers },
    });
  expect(await validate(body)).toMatchObject({
    valid: true,
    domain: SHOP,
    topic: "ORDERS_PAID",
    apiVersion: "2026-07",
  });
  expect(await validate(body.replace("größer", "kleiner"))).toMatchObject({ valid: false });
  await dispatcher.stop();
  await new Promise((resolve) => app.close(resolve));
});
