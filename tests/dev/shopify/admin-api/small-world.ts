import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { SignJWT } from "jose";
import { adminApi } from "../../../../dev/shopify/admin-api/router";
import { lineOf } from "../../../../dev/shopify/commerce/lines";
import { totalsOf } from "../../../../dev/shopify/commerce/prices";
import { taxOf } from "../../../../dev/shopify/commerce/tax";
import type {
  AddressRecord,
  CustomerRecord,
  OrderRecord,
  ProductRecord,
  VariantRecord,
} from "../../../../dev/shopify/records";
import { type ShopStore, Store } from "../../../../dev/shopify/store";
import type { World } from "../../../../dev/shopify/world";

export const SHOP = "northwind-outfitters.myshopify.com";
export const OTHER_SHOP = "lumen-home.myshopify.com";
export const NOW = new Date("2026-11-21T12:00:00.000Z");
export const STAFF = 501;

/** Everything the app of these tests is granted. */
export const SCOPES = [
  "read_customers",
  "write_customers",
  "read_orders",
  "write_orders",
  "read_products",
  "write_draft_orders",
];

export interface SmallWorld {
  world: World;
  shop: ShopStore;
  other: ShopStore;
  /** Moves the clock on by milliseconds. */
  pass: (milliseconds: number) => void;
  /** Product 1 has two variants: 11 (5 in stock) and 12 (none); product 2 has one, 21, never tracked; 3 is archived. */
  close: () => void;
}

/** Two shops with a handful of records in memory, the app installed in both, and a clock that stands still. */
export function smallWorld(options: { scopes?: string[]; plan?: "standard" | "advanced" | "plus" } = {}): SmallWorld {
  const store = new Store(":memory:");
  let now = NOW;
  const scopes = options.scopes ?? SCOPES;
  const world: World = {
    store,
    clock: () => now,
    app: {
      clientId: "throughline-test",
      clientSecret: "hush-hush-hush",
      origin: "http://127.0.0.1:1",
      name: "Throughline",
      scopes,
      subscriptions: [],
      proxy: { prefix: "apps", subpath: "throughline", url: "http://127.0.0.1:1/proxy" },
      extensions: [],
    },
    mail: null,
    origin: "http://localhost:1",
  };
  fill(world, SHOP, "Northwind Outfitters", "EUR", "DE", options.plan ?? "standard");
  fill(world, OTHER_SHOP, "Lumen Home", "USD", "US", "standard");
  return {
    world,
    shop: store.shop(SHOP),
    other: store.shop(OTHER_SHOP),
    pass: (milliseconds) => {
      now = new Date(now.getTime() + milliseconds);
    },
    close: () => store.close(),
  };
}

function fill(
  world: World,
  domain: string,
  name: string,
  currency: string,
  countryCode: string,
  plan: "standard" | "advanced" | "plus",
): void {
  const shop = world.store.shop(domain);
  const at = "2026-01-01T00:00:00.000Z";
  shop.put("shop", "shop", {
    domain,
    id: shop.newId("shop"),
    name,
    email: `hello@${domain.split(".")[0]}.example`,
    currency,
    countryCode,
    timezone: countryCode === "DE" ? "Europe/Berlin" : "America/New_York",
    plan,
    storefrontOrigin: "http://localhost:2",
    theme: "meridian",
    unapprovedFields: [],
    createdAt: at,
  });
  shop.put("staff", STAFF, {
    id: STAFF,
    firstName: "Maya",
    lastName: "Lindqvist",
    email: "maya@northwind.example",
    accountOwner: true,
    locale: "en",
  });
  shop.put("installation", world.app.clientId, {
    clientId: world.app.clientId,
    scopes: world.app.scopes,
    installedAt: at,
    proxy: world.app.proxy,
    extensionUid: "00000000-0000-4000-8000-000000000001",
  });
  for (const product of products()) shop.put("product", product.id, product);
  for (const customer of customers()) shop.put("customer", customer.id, customer);
}

export function variant(id: number, changes: Partial<VariantRecord> = {}): VariantRecord {
  return {
    id,
    productId: Math.floor(id / 10),
    inventoryItemId: id + 9000,
    title: "Default Title",
    sku: `SKU-${id}`,
    barcode: null,
    price: 19_900,
    compareAtPrice: null,
    options: [],
    image: null,
    inventoryQuantity: 5,
    inventoryPolicy: "DENY",
    tracked: true,
    requiresShipping: true,
    taxable: true,
    grams: 800,
    ...changes,
  };
}

function product(
  id: number,
  title: string,
  variants: VariantRecord[],
  changes: Partial<ProductRecord> = {},
): ProductRecord {
  return {
    id,
    handle: title.toLowerCase().replaceAll(" ", "-"),
    title,
    descriptionHtml: `<p>${title}</p>`,
    vendor: "Northwind",
    productType: "Outerwear",
    tags: ["autumn"],
    status: "ACTIVE",
    options: [],
    images: [{ id: id + 700, path: `/cdn/products/${id}.svg`, altText: title, width: 800, height: 1000 }],
    variants,
    collections: [],
    createdAt: "2026-02-01T00:00:00.000Z",
    updatedAt: `2026-10-0${id}T00:00:00.000Z`,
    ...changes,
  };
}

function products(): ProductRecord[] {
  return [
    product(
      1,
      "Field Jacket",
      [
        variant(11, { title: "Olive / M", options: ["Olive", "M"] }),
        variant(12, { title: "Olive / L", options: ["Olive", "L"], inventoryQuantity: 0 }),
      ],
      {
        options: [
          { name: "Color", values: ["Olive"] },
          { name: "Size", values: ["M", "L"] },
        ],
      },
    ),
    product(2, "Trail Mug", [variant(21, { price: 1250, tracked: false, grams: 300 })], {
      productType: "Kitchen",
      tags: ["gift"],
    }),
    product(3, "Old Scarf", [variant(31, { price: 3500 })], { status: "ARCHIVED" }),
  ];
}

export const BERLIN: AddressRecord = {
  id: 801,
  firstName: "Ada",
  lastName: "Berg",
  company: null,
  address1: "Torstraße 1",
  address2: null,
  city: "Berlin",
  province: null,
  zip: "10119",
  countryCode: "DE",
  phone: "+49 30 1234567",
};

function customers(): CustomerRecord[] {
  const base: CustomerRecord = {
    id: 601,
    firstName: "Ada",
    lastName: "Berg",
    email: "ada@berg.example",
    phone: "+49301234567",
    password: "secret",
    locale: "de",
    tags: ["vip"],
    note: "Prefers mail",
    verifiedEmail: true,
    taxExempt: false,
    emailMarketingState: "SUBSCRIBED",
    smsMarketingState: "NOT_SUBSCRIBED",
    state: "ENABLED",
    addresses: [BERLIN],
    defaultAddressId: BERLIN.id,
    metafields: [],
    createdAt: "2026-03-01T00:00:00.000Z",
    updatedAt: "2026-03-01T00:00:00.000Z",
  };
  return [
    base,
    {
      ...base,
      id: 602,
      firstName: "Ben",
      lastName: "Ode",
      email: "ben@ode.example",
      phone: null,
      tags: [],
      addresses: [],
      defaultAddressId: null,
      updatedAt: "2026-05-01T00:00:00.000Z",
    },
    {
      ...base,
      id: 603,
      firstName: null,
      lastName: null,
      email: "cy@example.com",
      phone: null,
      tags: ["new", "vip"],
      addresses: [],
      defaultAddressId: null,
      updatedAt: "2026-06-01T00:00:00.000Z",
    },
  ];
}

/** Puts an order in the shop; the day counts back from the clock's today. */
export function putOrder(small: SmallWorld, daysAgo: number, changes: Partial<OrderRecord> = {}): OrderRecord {
  const { shop, world } = small;
  const at = new Date(world.clock().getTime() - daysAgo * 86_400_000).toISOString();
  const lines = [lineOf(shop, 11, 2, [{ key: "Engraving", value: "A.B." }])];
  const number = 1000 + shop.all("order").length + 1;
  const shippingLine = { title: "Standard", price: 490, code: "standard" };
  const order: OrderRecord = {
    id: shop.newId("order"),
    name: `#${number}`,
    number,
    customerId: 601,
    email: "ada@berg.example",
    phone: null,
    currency: shop.settings().currency,
    lines,
    orderDiscount: null,
    discountCodes: [],
    shippingLine,
    totals: totalsOf({ lines, orderDiscount: null, shippingLine, taxRate: taxOf(shop.settings()).rate }),
    refunded: 0,
    financialStatus: "PAID",
    fulfillmentStatus: "UNFULFILLED",
    fulfillments: [],
    shippingAddress: BERLIN,
    billingAddress: BERLIN,
    note: null,
    tags: [],
    attributes: [],
    sourceName: "web",
    cartToken: `cart-${number}`,
    checkoutToken: `checkout-${number}`,
    draftOrderId: null,
    statusToken: `status-${number}`,
    metafields: [],
    createdAt: at,
    updatedAt: at,
    processedAt: at,
    cancelledAt: null,
    cancelReason: null,
    closedAt: null,
    ...changes,
  };
  shop.put("order", order.id, order);
  return order;
}

export interface Reply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Answer;
}

/** What tests look at; GraphQL answers are read by path. */
// biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of the query in the test above it.
export type Answer = any;

export interface Served {
  port: number;
  close: () => Promise<void>;
  /** A request for a host name, whatever address it goes to. */
  send: (host: string, path: string, body: string, headers?: Record<string, string>) => Promise<Reply>;
  /** GraphQL in SHOP with a token that has the world's scopes. */
  graphql: (query: string, variables?: Record<string, unknown>, token?: string) => Promise<Answer>;
}

/** The Admin API on a free port, asked by real requests. */
export async function serve(small: SmallWorld): Promise<Served> {
  const server = createServer(express().use(adminApi(small.world)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const send: Served["send"] = (host, path, body, headers = {}) =>
    new Promise((resolve, reject) => {
      const all = { host, "content-type": "application/json", ...headers };
      const request = httpRequest({ port, host: "127.0.0.1", method: "POST", path, headers: all }, (response) => {
        let text = "";
        response.on("data", (chunk) => {
          text += chunk;
        });
        response.on("end", () => {
          const isJson = String(response.headers["content-type"]).includes("json");
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: isJson ? JSON.parse(text) : text,
          });
        });
      });
      request.on("error", reject);
      request.end(body);
    });
  const graphql: Served["graphql"] = async (query, variables = {}, token = tokenFor(small)) => {
    const reply = await send(SHOP, "/admin/api/2026-07/graphql.json", JSON.stringify({ query, variables }), {
      "x-shopify-access-token": token,
    });
    if (reply.status !== 200) throw new Error(`GraphQL answered ${reply.status} ${JSON.stringify(reply.body)}`);
    return reply.body;
  };
  return {
    port,
    send,
    graphql,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** A token with the app's scopes (or others) that does not expire. */
export function tokenFor(small: SmallWorld, scopes = small.world.app.scopes, shop = small.shop): string {
  const accessToken = `shpat_test_${scopes.join("-")}`;
  shop.put("token", accessToken, {
    accessToken,
    clientId: small.world.app.clientId,
    kind: "offline",
    staffId: null,
    scopes,
    expiresAt: null,
    refreshToken: null,
    refreshTokenExpiresAt: null,
    revoked: false,
  });
  return accessToken;
}

/** An id token as App Bridge signs it; any claim can be changed. */
export function idToken(small: SmallWorld, claims: Record<string, unknown> = {}, secret?: string): Promise<string> {
  const now = Math.floor(small.world.clock().getTime() / 1000);
  return new SignJWT({
    iss: `https://${SHOP}/admin`,
    dest: `https://${SHOP}`,
    aud: small.world.app.clientId,
    sub: String(STAFF),
    exp: now + 60,
    nbf: now,
    iat: now,
    jti: "one",
    sid: "session",
    ...claims,
  })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .sign(new TextEncoder().encode(secret ?? small.world.app.clientSecret));
}
