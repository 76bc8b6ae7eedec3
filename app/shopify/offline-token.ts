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
  return withLock(app().db.locks, `token exchange of ${domain}`, async () => {
    try {
      const { session } = await shopify().unauthenticated.admin(domain);
      return session.accessToken ?? denied();
    } catch (error) {
      const { name } = error as { name?: string };
      // A refresh token that ended or was revoked: only opening the app in the admin gives a new one.
      if (name === "SessionNotFoundError" || name === "InvalidJwtError" || error instanceof Response) denied();
      if (error instanceof ShopifyDenied) throw error;
      throw new ShopifyDown();
    }
  });
}

function denied(): never {
  throw new ShopifyDenied([]);
}
