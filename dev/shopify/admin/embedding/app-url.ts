import { createHmac } from "node:crypto";
import type { Visit } from "../visit";
import { idToken } from "./session-token";

/** Parameters that Shopify adds to the app's address; they are not part of where the merchant is in the app. */
export const OWN_PARAMETERS = ["embedded", "hmac", "host", "id_token", "locale", "session", "shop", "timestamp"];

/** `admin.shopify.com/store/<handle>`, base64 without padding: what App Bridge calls the host. */
export function hostOf(handle: string): string {
  return Buffer.from(`admin.shopify.com/store/${handle}`).toString("base64").replace(/=+$/, "");
}

/**
 * The address the app's frame opens with, signed as Shopify signs it: hex HMAC-SHA256 over the sorted
 * parameters. https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/authorization-code-grant#step-1-verify-the-installation-request
 *
 * @param path the place in the app, such as `/app/inbox?view=mine`.
 */
export async function appUrl(visit: Visit, path: string): Promise<string> {
  const { world, shop, staff, handle } = visit;
  const url = new URL(path, `${world.app.origin}/`);
  for (const name of OWN_PARAMETERS) url.searchParams.delete(name);
  const parameters: Record<string, string> = {
    embedded: "1",
    host: hostOf(handle),
    id_token: await idToken(visit),
    locale: staff.locale,
    session: createHmac("sha256", world.app.clientSecret).update(`${shop.domain}:${staff.id}`).digest("hex"),
    shop: shop.domain,
    timestamp: String(Math.floor(world.clock().getTime() / 1000)),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  url.searchParams.set("hmac", signatureOf(url.searchParams, world.app.clientSecret));
  return url.href;
}

/** The `hmac` of a set of parameters; the one that is in it already does not count. */
export function signatureOf(parameters: URLSearchParams, secret: string): string {
  const message = [...parameters]
    .filter(([name]) => name !== "hmac")
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join("&");
  return createHmac("sha256", secret).update(message).digest("hex");
}
