import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import express from "express";
import { afterAll, beforeAll } from "vitest";
import type { WebhookDeliveryRecord } from "../../../../dev/shopify/records";
import { LUMEN_DOMAIN, NORTHWIND_DOMAIN } from "../../../../dev/shopify/seed/catalogue/shops";
import { seedShops } from "../../../../dev/shopify/seed/seed-shops";
import { type ShopStore, Store } from "../../../../dev/shopify/store";
import { storefront } from "../../../../dev/shopify/storefront";
import type { World } from "../../../../dev/shopify/world";

export { NORTHWIND_DOMAIN };
export const fixtureFolder = fileURLToPath(new URL("./extension-fixture/", import.meta.url));
export const fixtureUid = "00000000-0000-4000-8000-000000000001";

/** Every topic that a storefront can cause, so that a test sees what would be sent. */
const topics = ["carts/create", "carts/update", "checkouts/create", "checkouts/update", "orders/create", "orders/paid"];

export interface OpenShop {
  world: World;
  shop: ShopStore;
  origin: string;
  /** The topics queued so far, oldest first. */
  sent(): string[];
  deliveries(): readonly Readonly<WebhookDeliveryRecord>[];
}

/** Two seeded shops on real ports with the app installed; opened before the file's tests and closed after them. */
export function openShops(options: { proxyUrl?: () => string } = {}): { northwind: OpenShop; lumen: OpenShop } {
  const servers: Server[] = [];
  const shops = {} as { northwind: OpenShop; lumen: OpenShop };
  beforeAll(async () => {
    const proxy = { prefix: "apps", subpath: "throughline", url: options.proxyUrl?.() ?? "http://127.0.0.1:9/proxy" };
    const world: World = {
      store: new Store(":memory:"),
      clock: () => new Date("2026-11-20T10:00:00Z"),
      mail: null,
      origin: "http://localhost:1",
      app: {
        clientId: "throughline-local",
        clientSecret: "hush",
        origin: "http://127.0.0.1:9",
        name: "Throughline",
        scopes: ["read_orders", "read_draft_orders", "read_customers"],
        subscriptions: topics.map((topic) => ({ topic, uri: "/webhooks" })),
        proxy,
        extensions: [{ handle: "fixture", folder: fixtureFolder }],
      },
    };
    seedShops(world, "small");
    for (const [name, domain] of [
      ["northwind", NORTHWIND_DOMAIN],
      ["lumen", LUMEN_DOMAIN],
    ] as const) {
      const shop = world.store.shop(domain);
      shop.put("themeSettings", shop.settings().theme, { theme: shop.settings().theme, blocks: [] });
      shop.put("installation", world.app.clientId, {
        clientId: world.app.clientId,
        scopes: world.app.scopes,
        installedAt: "2026-11-01T00:00:00Z",
        proxy,
        extensionUid: fixtureUid,
      });
      const server = createServer(express().disable("x-powered-by").use(storefront(world, domain)));
      await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
      servers.push(server);
      const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
      shop.put("shop", "shop", { ...shop.settings(), storefrontOrigin: origin });
      const deliveries = () => shop.all("webhookDelivery");
      shops[name] = { world, shop, origin, deliveries, sent: () => deliveries().map(({ topic }) => topic) };
    }
  });
  afterAll(async () => {
    for (const server of servers) {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    }
  });
  return shops;
}
