import { createHmac } from "node:crypto";
import { expect } from "vitest";
import { type App, openApp } from "~/app.server";
import type { Context, ShopperActor } from "~/context";
import { signedText } from "~/http/app-proxy";
import { resetLimits } from "~/http/limits";
import { verifyVisitorToken } from "~/http/visitor-token";
import { action as session } from "~/routes/proxy.session";
import type { SessionAnswer } from "~/visitors/answers";
import { TestClock, type TestShop, testShop } from "./context";
import { testDatabase } from "./database";

const secret = "test-secret-of-the-app-0123456789";

/** What a route's loader and action are. */
type Door = (args: never) => Response | Promise<Response>;

export interface Storefront {
  app: App;
  clock: TestClock;
  shop: TestShop;
  /** A second shop in the same app. */
  other: TestShop;
  /** Asks the session door as Shopify's proxy would; `customer` is the number of who is signed in. */
  open(body?: Record<string, unknown>, options?: { customer?: number; shop?: TestShop }): Promise<SessionAnswer>;
  openRaw(request: Request): Promise<Response>;
  /** A signed address of the session door. */
  signed(parameters?: Record<string, string>): string;
  /** Asks a door with a visitor token. */
  ask(
    door: Door,
    path: string,
    token: string | null,
    init?: RequestInit,
    params?: Record<string, string>,
  ): Promise<Response>;
  /** The context that a token opens. */
  shopper(token: string): Promise<Context<ShopperActor>>;
}

/** A database, an app on it whose clock stands still, and two installed shops. Call it in `beforeAll`. */
export async function testStorefront(): Promise<Storefront> {
  const db = await testDatabase();
  Object.assign(process.env, {
    SHOPIFY_API_KEY: "throughline-test",
    SHOPIFY_API_SECRET: secret,
    SHOPIFY_APP_URL: "http://127.0.0.1:4403",
    SCOPES: "read_orders",
    DATABASE_URL: db.url,
  });
  const clock = new TestClock();
  const app = openApp({ DATABASE_URL: db.url, DATABASE_CONNECTIONS: 4 }, clock);
  const [shop, other] = [await testShop(app.db), await testShop(app.db)];
  // The shops' own clocks follow the app's.
  for (const each of [shop, other]) Object.assign(each, { clock, base: { ...each.base, clock } });

  const signed = (parameters: Record<string, string> = {}): string => {
    const all = new URLSearchParams({
      shop: shop.base.shop.domain,
      logged_in_customer_id: "",
      path_prefix: "/apps/throughline",
      timestamp: String(Math.floor(clock.now().getTime() / 1000)),
      ...parameters,
    });
    all.set("signature", createHmac("sha256", secret).update(signedText(all)).digest("hex"));
    return `http://app.test/proxy/session?${all}`;
  };
  const context = { address: "203.0.113.7", requestId: "test" };
  const openRaw = (request: Request): Promise<Response> => session({ request, params: {}, context } as never);

  return {
    app,
    clock,
    shop,
    other,
    signed,
    openRaw,
    async open(body = {}, options = {}) {
      resetLimits();
      const url = signed({
        shop: (options.shop ?? shop).base.shop.domain,
        logged_in_customer_id: options.customer ? String(options.customer) : "",
      });
      const response = await openRaw(new Request(url, { method: "POST", body: JSON.stringify(body) }));
      expect(response.status).toBe(200);
      return (await response.json()) as SessionAnswer;
    },
    async ask(door, path, token, init = {}, params = {}) {
      const headers = new Headers(init.headers);
      if (token) headers.set("Authorization", `Bearer ${token}`);
      headers.set("Origin", "https://northwind.example");
      const request = new Request(`http://app.test${path}`, { ...init, headers });
      return door({ request, params, context } as never);
    },
    async shopper(token) {
      const proven = await verifyVisitorToken(token, app);
      if (!proven) throw new Error("this token opens nothing");
      const of = proven.shop.id === shop.base.shop.id ? shop : other;
      const { visitorId, customerId, alsoProven } = proven;
      return { ...of.base, actor: { kind: "shopper", visitorId, customerId, alsoProven } };
    },
  };
}

export function post(body: unknown): RequestInit {
  return { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
}
