import { app } from "~/app.server";
import { withLock } from "~/platform/lock";
import { shopify } from "~/shopify.server";
import { ShopifyDenied, ShopifyDown } from "./admin-errors";

/** The library refreshes a token with less than this left, in milliseconds. */
const margin = 5 * 60_000;

/**
 * The shop's offline access token, refreshed when it is about to end. A refresh revokes the token before it, so those
 * who need one queue across processes, together with the token exchange of the admin's door. Throws ShopifyDenied when
 * the shop has not installed the app, ShopifyDown when Shopify does not answer the refresh.
 */
export async function offlineToken(domain: string): Promise<string> {
  const stored = await shopify().sessionStorage.loadSession(`offline_${domain}`);
  if (!stored?.accessToken) throw new ShopifyDenied([]);
  if (!stored.isExpired(margin)) return stored.accessToken;
  // Only opening the app in the admin gives a new one then.
  if (stored.refreshTokenExpires && stored.refreshTokenExpires.getTime() < Date.now()) denied();
  return withLock(app().db.locks, exchangeOf(domain), async () => {
    try {
      const { session } = await shopify().unauthenticated.admin(domain);
      return session.accessToken ?? denied();
    } catch (error) {
      if (error instanceof ShopifyDenied) throw error;
      // The library says plainly when Shopify takes no such token; a failure on the way it gives as a Response (500).
      // The two must not be taken for each other: being denied ends a shop's data after an uninstall.
      const { name, response } = error as { name?: string; response?: { code?: number } };
      if (name === "SessionNotFoundError" || name === "InvalidJwtError" || response?.code === 400) denied();
      throw new ShopifyDown();
    }
  });
}

/**
 * The token once an exchange under way is through: Shopify revokes the token before it as it answers, a moment before
 * the new one is kept. Throws like `offlineToken`.
 */
export async function tokenAfterExchange(domain: string): Promise<string> {
  await withLock(app().db.locks, exchangeOf(domain), async () => undefined);
  return offlineToken(domain);
}

/** Whoever exchanges a shop's token holds this; app/http/admin.ts does too. */
const exchangeOf = (domain: string) => `token exchange of ${domain}`;

function denied(): never {
  throw new ShopifyDenied([]);
}
