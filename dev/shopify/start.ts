import type { RequestListener } from "node:http";
import express from "express";
import { damagedFolder, fullDisk, StartFailure } from "../postgres/failure";
import { installApp } from "./admin/embedding/install";
import { adminFrame } from "./admin/frame";
import { bulkRunner } from "./admin-api/bulk/runner";
import { adminApi } from "./admin-api/router";
import { type Listening, listen } from "./listen";
import { loadAdminSchema } from "./schema/load";
import { seedShops } from "./seed/seed-shops";
import { Store } from "./store";
import { storefront } from "./storefront";
import { WebhookDispatcher } from "./webhooks/dispatch";
import type { AppConfig, World } from "./world";

export interface LocalShopify {
  world: World;
  /** The admin, such as `http://localhost:4400`. */
  origin: string;
  /** In the order of the ports given: Northwind Outfitters, Lumen Home. */
  storefrontOrigins: [string, string];
  /** Starts to deliver webhooks; only needed after `holdWebhooks`. */
  deliver(): void;
  close(): Promise<void>;
}

export interface LocalShopifyOptions {
  /** The file of its records, or `:memory:`. One process owns it. */
  dataFile: string;
  /** 0 takes a free port. */
  ports: { admin: number; storefronts: [number, number] };
  app: AppConfig;
  /** SMTP that invoices go to; without it a mutation that mails fails. */
  mail?: World["mail"];
  /** What a shop that is not there yet is filled with. Default `full`. */
  seed?: "full" | "small" | "none";
  clock?: () => Date;
  /** Queues webhooks until `deliver()`: an app that is still starting would refuse them, and each waits then. */
  holdWebhooks?: boolean;
}

/** The domains whose storefronts the ports are for, in order. */
const SHOPS = ["northwind-outfitters.myshopify.com", "lumen-home.myshopify.com"] as const;

/**
 * Starts a Shopify one can run: the admin with App Bridge and the Admin API on one port (told apart by Host),
 * and a storefront on each of two others. The app is installed in both shops, as after a merchant's click.
 *
 * @throws StartFailure for a taken port, a damaged file, a full disk, or an Admin schema that cannot be fetched.
 */
export async function startLocalShopify(options: LocalShopifyOptions): Promise<LocalShopify> {
  const store = openStore(options.dataFile);
  const open: Listening[] = [];
  // Requests that come before the world is whole are told to come again.
  const handlers: RequestListener[] = [];
  const serve = async (port: number, index: number): Promise<Listening> => {
    const listening = await listen(port, (request, response) => {
      const handler = handlers[index];
      if (handler) handler(request, response);
      else response.writeHead(503, { "retry-after": "1" }).end("The local Shopify is starting.");
    });
    open.push(listening);
    return listening;
  };
  try {
    const admin = await serve(options.ports.admin, 0);
    const first = await serve(options.ports.storefronts[0], 1);
    const second = await serve(options.ports.storefronts[1], 2);
    const storefrontOrigins: [string, string] = [first.origin, second.origin];
    // The one thing that a first start fetches: better said now than by the first request of the app.
    await loadAdminSchema().catch((error: unknown) => {
      throw new StartFailure("no-schema", (error as Error).message, { cause: error });
    });
    const world: World = {
      store,
      clock: options.clock ?? (() => new Date()),
      app: options.app,
      mail: options.mail ?? null,
      origin: admin.origin,
    };
    prepareShops(world, storefrontOrigins, options.seed ?? "full");
    handlers[0] = express().disable("x-powered-by").use(adminApi(world)).use(adminFrame(world));
    for (const [index, domain] of SHOPS.entries()) {
      if (store.domains().includes(domain)) {
        handlers[index + 1] = express().disable("x-powered-by").use(storefront(world, domain));
      }
    }
    const dispatcher = new WebhookDispatcher(world);
    if (!options.holdWebhooks) dispatcher.start();
    return {
      world,
      origin: admin.origin,
      storefrontOrigins,
      deliver: () => dispatcher.start(),
      close: async () => {
        await Promise.all(open.map((each) => each.close()));
        await dispatcher.stop();
        await bulkRunner(world).stop();
        store.close();
      },
    };
  } catch (error) {
    await Promise.all(open.map((each) => each.close()));
    store.close();
    throw error;
  }
}

function openStore(file: string): Store {
  try {
    return new Store(file);
  } catch (error) {
    const { message } = error as Error;
    throw /full|space/i.test(message) ? fullDisk(file, error) : damagedFolder(file, message);
  }
}

/** Seeds what is missing, and brings every start's addresses and app settings to the shops that are there. */
function prepareShops(world: World, origins: [string, string], seed: "full" | "small" | "none"): void {
  if (seed !== "none") seedShops(world, seed, origins);
  for (const [index, domain] of SHOPS.entries()) {
    if (!world.store.domains().includes(domain)) continue;
    const shop = world.store.shop(domain);
    const storefrontOrigin = origins[index] ?? "";
    const settings = shop.settings();
    if (settings.storefrontOrigin !== storefrontOrigin) shop.put("shop", "shop", { ...settings, storefrontOrigin });
    const before = shop.get("installation", world.app.clientId);
    // One that was uninstalled by hand stays so.
    if (!before || before.installedAt) installApp(world, shop);
  }
}
