import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "smol-toml";
import { declaredMetafields } from "./extensions/declared-metafields";
import type { AppConfig } from "./world";

interface Toml {
  client_id: string;
  name: string;
  application_url: string;
  access_scopes: { scopes: string };
  webhooks: { subscriptions: { topics?: string[]; compliance_topics?: string[]; uri: string }[] };
  app_proxy: { url: string; prefix: string; subpath: string };
}

/**
 * What `shopify app deploy` would tell Shopify: the repository's `shopify.app.toml` and its theme app
 * extensions, with the app's real address in place of the production one.
 *
 * @param root the repository's folder.
 * @param origin where the app answers on this machine.
 */
export function readAppConfig(root: string, origin: string, clientSecret: string): AppConfig {
  const toml = parse(readFileSync(join(root, "shopify.app.toml"), "utf8")) as unknown as Toml;
  return {
    clientId: toml.client_id,
    clientSecret,
    origin,
    name: toml.name,
    scopes: toml.access_scopes.scopes.split(",").map((scope) => scope.trim()),
    subscriptions: toml.webhooks.subscriptions.flatMap((each) =>
      [...(each.topics ?? []), ...(each.compliance_topics ?? [])].map((topic) => ({ topic, uri: each.uri })),
    ),
    proxy: {
      prefix: toml.app_proxy.prefix,
      subpath: toml.app_proxy.subpath,
      url: toml.app_proxy.url.replace(toml.application_url, origin),
    },
    extensions: extensionsOf(join(root, "extensions"), "theme"),
    pixels: extensionsOf(join(root, "extensions"), "web_pixel_extension"),
    adminExtensions: extensionsOf(join(root, "extensions"), "ui_extension"),
    metafields: declaredMetafields(toml),
  };
}

interface ExtensionToml {
  type?: string;
  handle?: string;
  /** UI extensions stand in a list, by themselves or with others of their folder. */
  extensions?: { type?: string; handle?: string }[];
}

/** The extensions of a type below the folder, each by its handle and its own folder. */
function extensionsOf(folder: string, type: string): AppConfig["extensions"] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => {
      const file = join(folder, entry.name, "shopify.extension.toml");
      if (!existsSync(file)) return [];
      const toml = parse(readFileSync(file, "utf8")) as ExtensionToml;
      return (toml.extensions ?? [toml])
        .filter((each) => each.type === type)
        .map((each) => ({ handle: each.handle ?? entry.name, folder: join(folder, entry.name) }));
    });
}
