import { randomBytes } from "node:crypto";
import type { InstallationRecord, TokenRecord } from "../../records";
import type { ShopStore } from "../../store";
import type { World } from "../../world";

/** Seconds. https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens */
export const OFFLINE_LIFE = 3600;
export const REFRESH_LIFE = 7_776_000;
export const ONLINE_LIFE = 86_399;

/** The app's installation in the shop, or null when it is not installed (any more). */
export function installationOf(world: World, shop: ShopStore): InstallationRecord | null {
  const found = shop.get("installation", world.app.clientId);
  return found?.installedAt ? found : null;
}

/** The token's record while it opens doors: known, not revoked, not expired, app still installed. */
export function liveToken(world: World, shop: ShopStore, accessToken: string): TokenRecord | null {
  const token = accessToken ? shop.get("token", accessToken) : null;
  const installation = installationOf(world, shop);
  if (!token || token.revoked || !installation) return null;
  if (token.expiresAt && new Date(token.expiresAt) <= world.clock()) return null;
  // What the merchant grants or takes back holds for tokens that are already out.
  const granted = new Set(installation.scopes.flatMap((scope) => [scope, scope.replace(/^write_/, "read_")]));
  return { ...token, scopes: token.scopes.filter((scope) => granted.has(scope)) };
}

/**
 * A new expiring offline token; every earlier expiring one of the app in this shop is revoked, as
 * "acquiring a new expiring token will revoke all previous" ones.
 */
export function issueExpiringOffline(world: World, shop: ShopStore, scopes: string[]): TokenRecord {
  return shop.transaction(() => {
    for (const earlier of shop.all("token")) {
      if (earlier.kind === "offline" && earlier.expiresAt && !earlier.revoked) revoke(shop, earlier);
    }
    const token = newToken(world, "offline", "shpat", scopes);
    token.expiresAt = secondsFromNow(world, OFFLINE_LIFE);
    token.refreshToken = secret("shprt");
    token.refreshTokenExpiresAt = secondsFromNow(world, REFRESH_LIFE);
    shop.put("token", token.accessToken, token);
    return token;
  });
}

/** The old kind that never expires; asking again gives the same token, as Shopify does. */
export function issueLastingOffline(world: World, shop: ShopStore, scopes: string[]): TokenRecord {
  const present = shop.all("token").find((each) => each.kind === "offline" && !each.expiresAt && !each.revoked);
  const token = present ? { ...present, scopes } : newToken(world, "offline", "shpat", scopes);
  shop.put("token", token.accessToken, token);
  return token;
}

/** A token of one staff member, for a day. */
export function issueOnline(world: World, shop: ShopStore, scopes: string[], staffId: number): TokenRecord {
  const token = newToken(world, "online", "shpua", scopes);
  token.staffId = staffId;
  token.expiresAt = secondsFromNow(world, ONLINE_LIFE);
  shop.put("token", token.accessToken, token);
  return token;
}

export function revoke(shop: ShopStore, token: Readonly<TokenRecord>): void {
  shop.put("token", token.accessToken, { ...token, revoked: true });
}

function newToken(world: World, kind: TokenRecord["kind"], prefix: string, scopes: string[]): TokenRecord {
  return {
    accessToken: secret(prefix),
    clientId: world.app.clientId,
    kind,
    staffId: null,
    scopes,
    expiresAt: null,
    refreshToken: null,
    refreshTokenExpiresAt: null,
    revoked: false,
  };
}

function secret(prefix: string): string {
  return `${prefix}_${randomBytes(16).toString("hex")}`;
}

function secondsFromNow(world: World, seconds: number): string {
  return new Date(world.clock().getTime() + seconds * 1000).toISOString();
}
