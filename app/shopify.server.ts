import "@shopify/shopify-app-remix/adapters/node";
import { ApiVersion, AppDistribution, LogSeverity, shopifyApp } from "@shopify/shopify-app-remix/server";
import { PrismaSessionStorage } from "@shopify/shopify-app-session-storage-prisma";
import { app } from "./app.server";
import { env, keyRing } from "./env.server";
import { sealedSessions } from "./shopify/sealed-sessions";

/** The version that the queries, the subscriptions in shopify.app.toml and the generated types are of. */
export const apiVersion = ApiVersion.July26;

function make() {
  const settings = env();
  return shopifyApp({
    apiKey: settings.SHOPIFY_API_KEY,
    apiSecretKey: settings.SHOPIFY_API_SECRET,
    appUrl: settings.SHOPIFY_APP_URL,
    scopes: settings.SCOPES.split(","),
    apiVersion,
    authPathPrefix: "/auth",
    distribution: AppDistribution.AppStore,
    isEmbeddedApp: true,
    // The signed-in member of staff has a session of their own, so that we know who replies.
    useOnlineTokens: true,
    sessionStorage: sealedSessions(new PrismaSessionStorage(app().db.prisma), keyRing(settings)),
    logger: { level: LogSeverity.Error },
    future: { unstable_newEmbeddedAuthStrategy: true, expiringOfflineAccessTokens: true },
  });
}

let made: ReturnType<typeof make> | undefined;

/** Shopify's own library, set up for this process. Made at first use, so that a build needs no settings. */
export function shopify(): ReturnType<typeof make> {
  made ??= make();
  return made;
}
