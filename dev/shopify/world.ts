import type { DeclaredMetafield } from "./extensions/declared-metafields";
import type { Store } from "./store";

/** Everything a part of the local Shopify needs to answer a request. One per running copy. */
export interface World {
  store: Store;
  /** The only source of time; tests move it. */
  clock: () => Date;
  app: AppConfig;
  /** SMTP of the mail catcher, or null: then nothing is mailed and a mutation that must mail fails. */
  mail: { host: string; port: number } | null;
  /** Where the browser finds the admin, such as `http://localhost:4400`, without a trailing slash. */
  origin: string;
}

/** The one app that both shops can install: what its `shopify.app.toml` and its settings say. */
export interface AppConfig {
  clientId: string;
  clientSecret: string;
  /** Where the app answers, without a trailing slash. */
  origin: string;
  name: string;
  scopes: string[];
  /** Declared subscriptions, one a topic (`orders/paid`); a `uri` that starts with `/` is on `origin`. */
  subscriptions: { topic: string; uri: string }[];
  proxy: { prefix: string; subpath: string; url: string };
  extensions: { handle: string; folder: string }[];
  /** Web pixel extensions; Shopify takes one an app. */
  pixels?: { handle: string; folder: string }[];
  /** Admin UI extensions. */
  adminExtensions?: { handle: string; folder: string }[];
  /** Definitions in the app's own namespace that come with an install. */
  metafields?: DeclaredMetafield[];
}
