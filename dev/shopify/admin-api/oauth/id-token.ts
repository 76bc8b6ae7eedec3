import { createHmac } from "node:crypto";
import { jwtVerify, SignJWT } from "jose";
import type { StaffRecord } from "../../records";
import type { ShopStore } from "../../store";
import type { World } from "../../world";

/** Seconds. https://shopify.dev/docs/apps/build/authentication-authorization/session-tokens */
const LIFE = 60;

/** A session (id) token for the staff member, as App Bridge's `idToken()` gives it. */
export async function signIdToken(world: World, domain: string, staffId: number, sessionId: string): Promise<string> {
  const now = Math.floor(world.clock().getTime() / 1000);
  return new SignJWT({ dest: `https://${domain}`, sid: sessionId })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setIssuer(`https://${domain}/admin`)
    .setAudience(world.app.clientId)
    .setSubject(String(staffId))
    .setIssuedAt(now)
    .setNotBefore(now)
    .setExpirationTime(now + LIFE)
    .setJti(createHmac("sha1", world.app.clientSecret).update(`${sessionId}:${now}:${Math.random()}`).digest("hex"))
    .sign(key(world));
}

/** The staff member that an id token of this shop and app stands for; null when it is not valid now. */
export async function readIdToken(world: World, shop: ShopStore, token: string): Promise<StaffRecord | null> {
  try {
    const { payload } = await jwtVerify(token, key(world), {
      algorithms: ["HS256"],
      audience: world.app.clientId,
      issuer: `https://${shop.domain}/admin`,
      currentDate: world.clock(),
    });
    if (payload.dest !== `https://${shop.domain}`) return null;
    return shop.get("staff", payload.sub ?? "");
  } catch {
    return null;
  }
}

function key(world: World): Uint8Array {
  return new TextEncoder().encode(world.app.clientSecret);
}
