import { randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import type { Visit } from "../visit";

/**
 * The ID token that App Bridge hands to the app: HS256 with the app's secret, good for one minute, for one
 * member of staff of one shop. https://shopify.dev/docs/apps/build/authentication-authorization/session-tokens
 */
export function idToken(visit: Visit): Promise<string> {
  const { world, shop, staff } = visit;
  const now = Math.floor(world.clock().getTime() / 1000);
  return new SignJWT({
    iss: `https://${shop.domain}/admin`,
    dest: `https://${shop.domain}`,
    aud: world.app.clientId,
    sub: String(staff.id),
    exp: now + 60,
    nbf: now,
    iat: now,
    jti: randomUUID(),
    sid: `${shop.domain}:${staff.id}`,
  })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .sign(new TextEncoder().encode(world.app.clientSecret));
}
