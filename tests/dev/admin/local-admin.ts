import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { readAppConfig } from "../../../dev/shopify/app-config";
import { type LocalShopify, startLocalShopify } from "../../../dev/shopify/start";
import type { ShopStore } from "../../../dev/shopify/store";

export const SECRET = "a secret of the tests, long enough";

export interface LocalAdmin {
  shopify: LocalShopify;
  shop: ShopStore;
  appOrigin: string;
  /** `http://localhost:<port>/store/northwind-outfitters` */
  base: string;
  get(path: string, cookie?: string): Promise<{ status: number; text: string; headers: Headers }>;
  post(path: string, body?: Record<string, string>, headers?: Record<string, string>): Promise<Response>;
  close(): Promise<void>;
}

/** The local Shopify with two small shops and an app of the test's own at another site. */
export async function startAdmin(app: RequestListener = (_, response) => response.end("ok")): Promise<LocalAdmin> {
  const server: Server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  const appOrigin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const shopify = await startLocalShopify({
    dataFile: ":memory:",
    ports: { admin: 0, storefronts: [0, 0] },
    app: readAppConfig(join(import.meta.dirname, "../../.."), appOrigin, SECRET),
    seed: "small",
  });
  const base = `${shopify.origin}/store/northwind-outfitters`;
  return {
    shopify,
    shop: shopify.world.store.shop("northwind-outfitters.myshopify.com"),
    appOrigin,
    base,
    get: async (path, cookie = "") => {
      const answer = await fetch(base + path, { headers: { cookie }, redirect: "manual" });
      return { status: answer.status, text: await answer.text(), headers: answer.headers };
    },
    post: (path, body = {}, headers = {}) =>
      fetch(base + path, { method: "POST", body: new URLSearchParams(body), headers, redirect: "manual" }),
    close: async () => {
      await shopify.close();
      server.closeAllConnections();
      server.close();
    },
  };
}
