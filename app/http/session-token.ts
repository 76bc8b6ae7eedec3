import { jwtVerify } from "jose";
import { z } from "zod";
import { env } from "~/env.server";

const shape = z.object({
  dest: z.string().regex(/^https:\/\/[a-z0-9][a-z0-9-]*\.myshopify\.com$/),
  sub: z.string().min(1),
});

/**
 * Who an App Bridge session token names, or null when it is not one of ours. The same checks as Shopify's library
 * (HS256, audience, ten seconds' tolerance), for the socket, where there is no request to hand to the library.
 * https://shopify.dev/docs/apps/build/authentication-authorization/session-tokens
 */
export async function verifySessionToken(token: string): Promise<{ shop: string; user: string } | null> {
  try {
    const secret = new TextEncoder().encode(env().SHOPIFY_API_SECRET);
    const options = { algorithms: ["HS256"], audience: env().SHOPIFY_API_KEY, clockTolerance: 10 };
    const claims = shape.parse((await jwtVerify(token, secret, options)).payload);
    return { shop: new URL(claims.dest).hostname, user: claims.sub };
  } catch {
    return null;
  }
}
