import { fileURLToPath } from "node:url";
import { runOnce, type TaskList } from "graphile-worker";
import { afterAll } from "vitest";
import { type App, openApp } from "~/app.server";
import type { CartLine } from "~/carts/cart";
import type { Context, ShopperActor, StaffActor } from "~/context";
import { jobs } from "~/jobs/catalogue";
import { newId } from "~/platform/ids";
import { readAppConfig } from "../../dev/shopify/app-config";
import { signBody } from "../../dev/shopify/webhooks/sign";
import { OTHER_SHOP, SHOP, type SmallWorld, serve, smallWorld } from "../dev/shopify/admin-api/small-world";
import { TestClock } from "./context";
import { testDatabase } from "./database";

export interface Stage {
  app: App;
  clock: TestClock;
  small: SmallWorld;
  staff: Context<StaffActor>;
  /** Staff of the other shop. */
  stranger: Context<StaffActor>;
  shopper(options?: { signedInAs?: string; email?: string }): Promise<Context<ShopperActor>>;
  /** A cart of this shopper with Field Jackets (variant 11, €199.00). */
  cart(shopper: Context<ShopperActor> | null, changes?: object): Promise<{ id: string; token: string }>;
  /** Sends the webhooks that wait at the local Shopify to the app's door, in the order given, and runs all jobs. */
  deliver(order?: (topics: string[]) => string[]): Promise<string[]>;
  /** Runs every job that is due; throws nothing, a job that fails stays. */
  work(): Promise<void>;
  /** Makes the Admin API fail: each answer in turn is 502, or cut after Shopify has done its part. */
  trouble: { next: ("502" | "lost-answer")[] };
}

export const secret = "hush-hush-hush";

/**
 * The app with a database of its own, and the local Shopify's real Admin API over a small shop, reached over the network
 * exactly as the demo does it. One a test file.
 */
export async function setStage(): Promise<Stage> {
  const db = await testDatabase();
  // Its clock stands, so its bucket is never filled again: one that lasts for a test file.
  const small = smallWorld({ plan: "plus" });
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const config = readAppConfig(root, "http://127.0.0.1:1", secret);
  Object.assign(small.world.app, { ...config, clientId: small.world.app.clientId, clientSecret: secret });
  const trouble: Stage["trouble"] = { next: [] };
  const served = await serve(small);
  const front = await troubleMaker(served.port, trouble);
  Object.assign(process.env, {
    SHOPIFY_API_KEY: small.world.app.clientId,
    SHOPIFY_API_SECRET: secret,
    SHOPIFY_APP_URL: "http://127.0.0.1:1",
    SCOPES: config.scopes.join(","),
    DATABASE_URL: db.url,
    LOCAL_SHOPIFY_ORIGIN: `http://127.0.0.1:${front.port}`,
  });
  // The same routing of https://*.myshopify.com as in the demo.
  await import("../../dev/preload.mjs" as string);
  const clock = new TestClock();
  const app = openApp({ DATABASE_URL: db.url, DATABASE_CONNECTIONS: 6 }, clock);
  afterAll(async () => {
    await app.db.close();
    await front.close();
    await served.close();
    small.close();
  });
  const staff = await install(app, small, SHOP, "EUR");
  const stranger = await install(app, small, OTHER_SHOP, "USD");
  const work = () => runJobs(app);
  return {
    app,
    clock,
    small,
    staff,
    stranger,
    trouble,
    work,
    shopper: (options) => makeShopper(staff, options),
    cart: (shopper, changes) => makeCart(staff, shopper, changes),
    deliver: async (order) => {
      const sent = await deliver(small, order);
      await work();
      return sent;
    },
  };
}

async function install(app: App, small: SmallWorld, domain: string, currency: string): Promise<Context<StaffActor>> {
  const shop = { id: newId(), domain, name: "Northwind Outfitters", currency };
  await app.db.prisma.shop.create({ data: { ...shop, installedAt: new Date("2026-01-01T00:00:00Z") } });
  const accessToken = `shpat_${domain}`;
  small.world.store.shop(domain).put("token", accessToken, {
    accessToken,
    clientId: small.world.app.clientId,
    kind: "offline",
    staffId: null,
    scopes: small.world.app.scopes,
    expiresAt: null,
    refreshToken: null,
    refreshTokenExpiresAt: null,
    revoked: false,
  });
  const installation = small.world.store.shop(domain).get("installation", small.world.app.clientId);
  if (installation) {
    const granted = { ...installation, scopes: small.world.app.scopes };
    small.world.store.shop(domain).put("installation", installation.clientId, granted);
  }
  await app.db.prisma.session.create({
    data: {
      id: `offline_${domain}`,
      shop: domain,
      state: "",
      isOnline: false,
      accessToken,
      scope: process.env.SCOPES,
    },
  });
  const id = newId();
  const actor: StaffActor = { kind: "staff", id, name: "Anna Berg", shopifyUserId: `${id}-user` };
  await app.db.prisma.staff.create({
    data: { shopId: shop.id, id, name: actor.name, shopifyUserId: actor.shopifyUserId, createdAt: app.clock.now() },
  });
  return { shop, actor, db: app.db, clock: app.clock, signals: { logGrew: () => undefined, send: () => undefined } };
}

async function makeShopper(
  ctx: Context,
  options: { signedInAs?: string; email?: string } = {},
): Promise<Context<ShopperActor>> {
  const now = ctx.clock.now();
  const customerId = newId();
  await ctx.db.prisma.customer.create({
    data: {
      shopId: ctx.shop.id,
      id: customerId,
      shopifyCustomerId: options.signedInAs ?? null,
      email: options.email ?? null,
      createdAt: now,
      updatedAt: now,
    },
  });
  const visitorId = newId();
  await ctx.db.prisma.visitor.create({
    data: {
      shopId: ctx.shop.id,
      id: visitorId,
      customerId,
      signedInAs: options.signedInAs ?? null,
      keyHash: visitorId,
      trackingAllowed: true,
      visitStartedAt: now,
      firstSeenAt: now,
      lastSeenAt: now,
    },
  });
  return { ...ctx, actor: { kind: "shopper", visitorId, customerId: options.signedInAs ? customerId : null } };
}

export function cartLine(changes: Partial<CartLine> = {}): CartLine {
  return {
    key: "11:a",
    variantId: "gid://shopify/ProductVariant/11",
    productId: "gid://shopify/Product/1",
    title: "Field Jacket",
    variantTitle: "Olive / M",
    sku: "SKU-11",
    image: null,
    url: "/products/field-jacket?variant=11",
    quantity: 2,
    price: 19_900,
    lineTotal: 39_800,
    properties: {},
    ...changes,
  };
}

async function makeCart(ctx: Context, shopper: Context<ShopperActor> | null, changes: object = {}) {
  const now = ctx.clock.now();
  const id = newId();
  const token = `cart-${id.slice(-8)}`;
  await ctx.db.prisma.cart.create({
    data: {
      shopId: ctx.shop.id,
      id,
      token,
      visitorId: shopper?.actor.visitorId ?? null,
      currency: "EUR",
      total: 39_800,
      itemCount: 2,
      lines: [cartLine()] as object[],
      discountCodes: [],
      status: "active",
      source: "storefront",
      snapshotAt: now,
      createdAt: now,
      changedAt: now,
      ...changes,
    },
  });
  return { id, token };
}

async function deliver(small: SmallWorld, order?: (topics: string[]) => string[]): Promise<string[]> {
  const { action } = await import("~/routes/webhooks");
  const waiting = [small.shop, small.other].flatMap((shop) =>
    shop.all("webhookDelivery").flatMap((one) => (one.state === "waiting" ? [{ shop, one }] : [])),
  );
  const topics = waiting.map(({ one }) => one.topic);
  const wanted = order ? order(topics) : topics;
  for (const topic of wanted) {
    const found = waiting.find(({ one }) => one.topic === topic && one.state === "waiting");
    if (!found) throw new Error(`no webhook of ${topic} waits, only ${topics.join(", ")}`);
    const { shop, one } = found;
    const request = webhook(shop.domain, one.topic, one.body, { "X-Shopify-Webhook-Id": one.webhookId });
    const subject = new URL(one.url).pathname.split("/").at(-1) ?? "";
    const response = await action({
      request,
      params: { subject },
      context: { requestId: "test", address: "127.0.0.1" },
    });
    if (response.status !== 200) throw new Error(`the app answered ${response.status} to ${topic}`);
    waiting.splice(waiting.indexOf(found), 1);
    shop.put("webhookDelivery", one.webhookId, { ...one, state: "delivered" });
  }
  // What was left out is lost.
  for (const { shop, one } of waiting) shop.put("webhookDelivery", one.webhookId, { ...one, state: "failed" });
  return wanted;
}

/** A webhook as Shopify signs and sends it. */
export function webhook(domain: string, topic: string, body: string, headers: Record<string, string> = {}): Request {
  return new Request("http://127.0.0.1:1/webhooks/x", {
    method: "POST",
    body,
    headers: {
      "Content-Type": "application/json",
      "X-Shopify-Topic": topic,
      "X-Shopify-Hmac-Sha256": signBody(secret, body),
      "X-Shopify-Shop-Domain": domain,
      "X-Shopify-API-Version": "2026-07",
      "X-Shopify-Webhook-Id": newId(),
      "X-Shopify-Triggered-At": new Date().toISOString(),
      ...headers,
    },
  });
}

const quiet = { error() {}, warn() {}, info() {}, debug() {}, scope: () => quiet };

async function runJobs(app: App): Promise<void> {
  const taskList: TaskList = Object.fromEntries(
    Object.entries(jobs).map(([name, job]) => [
      name,
      (payload: unknown) => (job.run as (app: App, payload: unknown) => Promise<void>)(app, job.payload.parse(payload)),
    ]),
  );
  // What waits a moment for more of its kind is done at once, and so is what comes of it.
  for (let waiting = true; waiting; ) {
    await runOnce({ pgPool: app.db.sql, taskList, noPreparedStatements: true, logger: quiet as never });
    const hurried = await app.db.sql.query(
      `UPDATE graphile_worker._private_jobs SET run_at = now()
        WHERE key LIKE 'read-again:%' AND attempts = 0 AND run_at > now()`,
    );
    waiting = hurried.rowCount !== 0;
  }
}

async function troubleMaker(behind: number, trouble: Stage["trouble"]) {
  const { createServer, request: ask } = await import("node:http");
  const server = createServer((incoming, outgoing) => {
    const kind = trouble.next.shift();
    if (kind === "502") return void outgoing.writeHead(502).end("Bad gateway");
    const { method, url, headers } = incoming;
    const passed = ask({ port: behind, host: "127.0.0.1", method, path: url, headers }, (answer) => {
      if (kind === "lost-answer") {
        answer.resume();
        answer.on("end", () => incoming.socket.destroy());
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
      answer.on("close", () => void (answer.complete || outgoing.destroy()));
    });
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as import("node:net").AddressInfo;
  return { port, close: () => new Promise<void>((resolve) => server.close(() => resolve())) };
}
