import { createHmac } from "node:crypto";
import type { RouteConfigEntry } from "@remix-run/route-config";
import { beforeAll, describe, expect, it } from "vitest";
import { resetLimits } from "~/http/limits";
import { generationOf, signVisitorToken } from "~/http/visitor-token";
import { newId } from "~/platform/ids";
import routes from "~/routes";
import { sessionToken, signedIn, testApp, testSecret } from "../support/app";
import { testShop } from "../support/context";

/**
 * Every address of the app, knocked at with every wrong credential. A new route fails here until it says who may come
 * in; the walk is made from `routes.ts` itself.
 */
type Guard = "staff" | "shopper" | "staff or shopper" | "webhook" | "proxy" | "shopify" | "meta" | "account" | "anyone";

const guards: Record<string, Guard> = {
  "routes/auth.login.tsx": "anyone",
  "routes/auth.tsx": "shopify",
  "routes/webhooks.ts": "webhook",
  "routes/proxy.session.ts": "proxy",
  "routes/proxy.form.ts": "proxy",
  "routes/forms.$shopId.ts": "anyone",
  "routes/files.$id.ts": "staff or shopper",
  "routes/channels.email.ts": "account",
  "routes/channels.meta.ts": "meta",
  "routes/channels.twilio.ts": "account",
  "routes/channels.x.ts": "account",
  "routes/channels.api.ts": "account",
  "routes/channels.twilio.voice.ts": "account",
};

function guardOf(file: string): Guard | undefined {
  if (file.startsWith("routes/admin.") || file.startsWith("routes/admin/")) return "staff";
  if (file.startsWith("routes/storefront.")) return "shopper";
  return guards[file];
}

interface Address {
  file: string;
  path: string;
}

function addressesOf(entries: RouteConfigEntry[], above = ""): Address[] {
  return entries.flatMap((entry) => {
    const path = entry.path ? `${above}/${entry.path}` : above;
    return [{ file: entry.file, path: path || "/" }, ...addressesOf(entry.children ?? [], path)];
  });
}

type Handler = (args: { request: Request; params: object; context: object }) => Promise<unknown>;
const modules = import.meta.glob<{ loader?: Handler; action?: Handler }>("../../app/routes/*.{ts,tsx}");

/** Knocks as Remix does and gives the answer's status, whether it was returned or thrown. */
async function knock(address: Address, method: "GET" | "POST", headers: Record<string, string>, query = "") {
  const route = await modules[`../../app/${address.file}`]?.();
  const handler = method === "GET" ? route?.loader : route?.action;
  if (!handler) return null;
  const url = `http://127.0.0.1:4403${address.path.replace(/:\w+\??/g, strangersId).replace("*", "session-token")}${query}`;
  const body = method === "POST" ? { body: JSON.stringify(input) } : {};
  const request = new Request(url, { method, headers: { "content-type": "application/json", ...headers }, ...body });
  const params = Object.fromEntries(
    [...address.path.matchAll(/:(\w+)/g)].map((each) => [each[1], each[1] === "subject" ? "carts" : strangersId]),
  );
  try {
    const answer = await handler({
      request,
      params,
      context: { address: newId(), requestId: "1" },
    });
    return answer instanceof Response ? answer : "let in";
  } catch (thrown) {
    if (thrown instanceof Response) return thrown;
    if (thrown instanceof Error && "status" in thrown) return new Response(null, { status: Number(thrown.status) });
    throw thrown;
  }
}

/** A body that would do something at each door, of another shop's conversation. */
const input = {
  text: "hello",
  clientKey: newId(),
  get conversationId() {
    return strangersId;
  },
  position: 1,
  what: "seen",
};
let strangersId = newId();

Object.assign(process.env, {
  META_APP_ID: "1",
  META_APP_SECRET: "a secret at Meta",
  META_VERIFY_TOKEN: "the agreed word",
});

const own = "own-shop.myshopify.com";
const other = "other-shop.myshopify.com";
let visitorTokens: Record<"expired" | "ended" | "stranger", string>;

beforeAll(async () => {
  const app = await testApp();
  const shop = await testShop(app.db, own);
  const others = await testShop(app.db, other);
  await signedIn(app, own);
  await signedIn(app, other);
  const victim = await shop.shopper();
  const customer = await app.db.prisma.customer.create({
    data: { shopId: victim.shop.id, id: newId(), createdAt: new Date(), updatedAt: new Date() },
  });
  strangersId = newId();
  await app.db.prisma.conversation.create({
    data: {
      shopId: victim.shop.id,
      id: strangersId,
      customerId: customer.id,
      visitorId: victim.actor.visitorId,
      channel: "chat",
      status: "open",
      lastMessageAt: new Date(),
      openedAt: new Date(),
    },
  });
  const stranger = await others.shopper();
  const claims = (shopId: string, visitor: string) => ({
    shop: shopId,
    visitor,
    signedInAs: null,
    generation: generationOf(visitor),
  });
  visitorTokens = {
    expired: (await signVisitorToken(claims(victim.shop.id, victim.actor.visitorId), new Date(Date.now() - 3_600_000)))
      .token,
    ended: (
      await signVisitorToken({ ...claims(victim.shop.id, victim.actor.visitorId), generation: "another" }, new Date())
    ).token,
    stranger: (await signVisitorToken(claims(stranger.shop.id, stranger.actor.visitorId), new Date())).token,
  };
});

const addresses = addressesOf(routes as RouteConfigEntry[]);
const guardedBy = (...wanted: Guard[]) => addresses.filter((one) => wanted.includes(guardOf(one.file) as Guard));
const methods = ["GET", "POST"] as const;

describe("every address says who may come in", () => {
  it.each(addresses)("$path ($file)", ({ file }) => {
    expect(guardOf(file), `${file} has no guard in this table`).toBeDefined();
  });
});

describe.each(methods)("%s of a page or its data for staff", (method) => {
  it.each(guardedBy("staff", "staff or shopper"))("refuses $path", async (address) => {
    const wrong: Record<string, Record<string, string>> = {
      "no credential": {},
      "no token at all": { authorization: "Bearer " },
      "not a token": { authorization: "Bearer nonsense" },
      expired: { authorization: `Bearer ${await sessionToken({ shop: own, expires: -60 })}` },
      "of another secret": { authorization: `Bearer ${await sessionToken({ shop: own, secret: "another" })}` },
      "for another app": { authorization: `Bearer ${await sessionToken({ shop: own, audience: "another" })}` },
      "a visitor's": { authorization: `Bearer ${visitorTokens.expired}` },
    };
    for (const [name, headers] of Object.entries(wrong)) {
      resetLimits();
      const answer = await knock(address, method, headers);
      if (answer === null) continue;
      expect(answer, `${name} was let in`).toBeInstanceOf(Response);
      expect([302, 401, 405, 410], name).toContain((answer as Response).status);
      if ((answer as Response).status === 302) {
        expect((answer as Response).headers.get("location"), name).toMatch(/\/auth\/(login|session-token)/);
      }
    }
  });
});

describe("an id of another shop", () => {
  it.each(guardedBy("staff", "staff or shopper").filter(({ path }) => path.includes(":")))(
    "is not found at $path by staff of this one",
    async (address) => {
      for (const method of methods) {
        resetLimits();
        const authorization = `Bearer ${await sessionToken({ shop: other })}`;
        const answer = await knock(address, method, { authorization });
        if (answer === null) continue;
        expect(answer, `${method} was let in`).toBeInstanceOf(Response);
        expect([400, 404, 405, 422], method).toContain((answer as Response).status);
      }
    },
  );
});

describe.each(methods)("%s of a door for shoppers", (method) => {
  it.each(guardedBy("shopper", "staff or shopper"))("refuses $path", async (address) => {
    const wrong: Record<string, Record<string, string>> = {
      "no credential": {},
      "not a token": { authorization: "Bearer a.b.c" },
      expired: { authorization: `Bearer ${visitorTokens.expired}` },
      "of a visitor that ended": { authorization: `Bearer ${visitorTokens.ended}` },
    };
    for (const [name, headers] of Object.entries(wrong)) {
      resetLimits();
      const answer = await knock(address, method, headers);
      if (answer === null) continue;
      expect(answer, `${name} was let in`).toBeInstanceOf(Response);
      expect([401, 405], name).toContain((answer as Response).status);
    }
  });
});

describe("a visitor of another shop", () => {
  it.each(guardedBy("shopper", "staff or shopper"))("finds nothing of this one at $path", async (address) => {
    for (const method of methods) {
      resetLimits();
      const headers = { authorization: `Bearer ${visitorTokens.stranger}` };
      const answer = await knock(
        address,
        method,
        headers,
        `?conversation=${strangersId}&conversationId=${strangersId}`,
      );
      if (answer === null || !(answer instanceof Response)) continue;
      const text = await answer.clone().text();
      // A door that names no conversation may serve the stranger's own, empty state; nothing of the other shop is in it.
      expect(text).not.toContain("hello");
      if (address.path.includes("messages") || address.path.includes("receipts") || address.path.includes(":id")) {
        expect([400, 404, 405, 422], method).toContain(answer.status);
      }
    }
  });
});

describe("a webhook", () => {
  const body = JSON.stringify(input);
  const signature = createHmac("sha256", testSecret).update(body).digest("base64");
  const headers = {
    "x-shopify-topic": "carts/update",
    "x-shopify-shop-domain": own,
    "x-shopify-api-version": "2026-07",
    "x-shopify-webhook-id": newId(),
  };
  it.each(guardedBy("webhook"))("is refused without Shopify's signature at $path", async (address) => {
    expect(await statusOf(knock(address, "POST", {}))).toBe(400);
    expect(await statusOf(knock(address, "POST", { ...headers, "x-shopify-hmac-sha256": "bm9uc2Vuc2U=" }))).toBe(401);
    expect(await statusOf(knock(address, "POST", { ...headers, "x-shopify-hmac-sha256": `${signature}x` }))).toBe(401);
    expect(await statusOf(knock(address, "GET", headers))).toBe(405);
  });
});

describe("what Meta delivers", () => {
  const signed = (secret: string, text: string) => `sha256=${createHmac("sha256", secret).update(text).digest("hex")}`;

  it.each(guardedBy("meta"))("is refused unsigned, changed or signed with another secret at $path", async (address) => {
    expect(await statusOf(knock(address, "POST", {}))).toBe(401);
    for (const signature of ["sha256=", signed("another", JSON.stringify(input)), signed("a secret at Meta", "{}")]) {
      expect(await statusOf(knock(address, "POST", { "x-hub-signature-256": signature })), signature).toBe(401);
    }
    const query = (word: string) => `?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${word}`;
    expect(await statusOf(knock(address, "GET", {}))).toBe(403);
    expect(await statusOf(knock(address, "GET", {}, query("another+word")))).toBe(403);
    expect(await statusOf(knock(address, "GET", {}, query("the+agreed+word")))).toBe(200);
  });
});

describe("a door whose address names an account of a channel", () => {
  // What each asks of an account that is there is held by tests/contracts.
  it.each(guardedBy("account"))("is not there for any other id at $path", async (address) => {
    expect([404, 405]).toContain(await statusOf(knock(address, "GET", {})));
    expect(await statusOf(knock(address, "POST", {}))).toBe(404);
    expect(await statusOf(knock(address, "POST", { "x-twilio-signature": "bm8=", "x-signature": "no" }))).toBe(404);
  });
});

describe("the app proxy", () => {
  function signed(parameters: Record<string, string>): string {
    const text = Object.entries(parameters)
      .map(([key, value]) => `${key}=${value}`)
      .sort()
      .join("");
    const signature = createHmac("sha256", testSecret).update(text).digest("hex");
    return `?${new URLSearchParams({ ...parameters, signature })}`;
  }
  const now = () => String(Math.floor(Date.now() / 1000));
  const base = { shop: own, logged_in_customer_id: "", path_prefix: "/apps/throughline" };

  it.each(guardedBy("proxy"))("is refused unsigned, changed, old or for an unknown shop at $path", async (address) => {
    expect(await statusOf(knock(address, "POST", {}))).toBe(401);
    const changed = signed({ ...base, timestamp: now() }).replace("logged_in_customer_id=", "logged_in_customer_id=7");
    expect(await statusOf(knock(address, "POST", {}, changed))).toBe(401);
    const old = String(Math.floor(Date.now() / 1000) - 600);
    expect(await statusOf(knock(address, "POST", {}, signed({ ...base, timestamp: old })))).toBe(401);
    expect(await statusOf(knock(address, "POST", {}, signed(base)))).toBe(401);
    const unknown = signed({ ...base, shop: "nobody.myshopify.com", timestamp: now() });
    expect(await statusOf(knock(address, "POST", {}, unknown))).toBe(400);
  });
});

describe("Shopify's own pages", () => {
  it.each(guardedBy("shopify"))("open no redirect and no page without proof at $path", async (address) => {
    const answer = await knock(address, "GET", {}, `?shop=${own}&exitIframe=https://evil.example/`).catch(
      () => "refused",
    );
    if (answer instanceof Response) {
      const text = await answer.text();
      expect(text).not.toContain("evil.example");
      expect(answer.headers.get("location") ?? "").not.toContain("evil.example");
    }
  });
});

async function statusOf(answer: Promise<Response | "let in" | null>): Promise<number | string> {
  const given = await answer;
  return given instanceof Response ? given.status : String(given);
}
