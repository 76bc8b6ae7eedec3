import { hkdfSync } from "node:crypto";
import { decodeJwt, jwtVerify, SignJWT } from "jose";
import type { Pool } from "pg";
import { type App, app } from "~/app.server";
import type { ShopOfContext } from "~/context";
import { env } from "~/env.server";
import { gatherPer } from "~/platform/gather";
import { isId } from "~/platform/ids";
import { hasLapsed, provenCustomer } from "~/visitors/proven";

/** Life of a visitor token in seconds. The page asks for another before it ends. */
export const tokenSeconds = 15 * 60;

/** What a visitor token says. It opens nothing when the visitor's row no longer agrees with it. */
export interface VisitorClaims {
  /** Our id of the shop. */
  shop: string;
  visitor: string;
  /** gid of the Shopify customer whom the storefront vouched for when it was made, or null. */
  signedInAs: string | null;
  /** The first characters of the hash of the browser's key: with another key, every earlier token is void. */
  generation: string;
  expiresAt: Date;
}

const issuer = "throughline";
const audience = "storefront";

let derived: { from: string; key: Uint8Array } | undefined;

function secret(): Uint8Array {
  const { VISITOR_TOKEN_SECRET, SHOPIFY_API_SECRET } = env();
  if (VISITOR_TOKEN_SECRET) return new TextEncoder().encode(VISITOR_TOKEN_SECRET);
  if (derived?.from !== SHOPIFY_API_SECRET) {
    // RFC 5869: a key of its own purpose, so that a visitor token can never pass for one of Shopify's session tokens.
    const key = hkdfSync("sha256", SHOPIFY_API_SECRET, "", "throughline visitor token 1", 32);
    derived = { from: SHOPIFY_API_SECRET, key: new Uint8Array(key) };
  }
  return derived.key;
}

export function generationOf(keyHash: string): string {
  return keyHash.slice(0, 22);
}

/** Signs a token that lives 15 minutes from `now`. `expiresAt` is ISO 8601. */
export async function signVisitorToken(
  claims: Omit<VisitorClaims, "expiresAt">,
  now: Date,
): Promise<{ token: string; expiresAt: string }> {
  const issued = Math.floor(now.getTime() / 1000);
  const token = await new SignJWT({ shop: claims.shop, as: claims.signedInAs, gen: claims.generation })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(claims.visitor)
    .setIssuedAt(issued)
    .setExpirationTime(issued + tokenSeconds)
    .sign(secret());
  return { token, expiresAt: new Date((issued + tokenSeconds) * 1000).toISOString() };
}

/** Tokens whose signature was right when they last came; the oldest go first. What they say never changes. */
const known = new Map<string, VisitorClaims>();
const mostKnown = 2_000;

/** What the token says, or null when it is not ours, was changed, or is over at `now`. */
export async function readVisitorToken(token: string, now: Date): Promise<VisitorClaims | null> {
  const before = known.get(token);
  if (before) return before.expiresAt > now ? before : null;
  const claims = await verified(token, now);
  if (!claims) return null;
  known.set(token, claims);
  if (known.size > mostKnown) known.delete(known.keys().next().value as string);
  return claims;
}

async function verified(token: string, now: Date): Promise<VisitorClaims | null> {
  try {
    const { payload } = await jwtVerify(token, secret(), {
      algorithms: ["HS256"],
      issuer,
      audience,
      currentDate: now,
      requiredClaims: ["sub", "exp", "iat"],
    });
    const { sub, shop, as, gen, exp } = payload;
    if (typeof sub !== "string" || typeof shop !== "string" || typeof gen !== "string" || !exp) return null;
    if (as !== null && typeof as !== "string") return null;
    return { shop, visitor: sub, signedInAs: as, generation: gen, expiresAt: new Date(exp * 1000) };
  } catch {
    return null;
  }
}

/** Who a visitor token proves to be, as its row agrees. */
export interface ProvenVisitor {
  shop: ShopOfContext;
  visitorId: string;
  /** Our customer; set only while it is proven who this is: signed in, or an e-mailed code. */
  customerId: string | null;
  /** Other leaves that the shopper has proven to be the same person. */
  alsoProven: string[];
  /** Whether the shopper has agreed to the consent line before. */
  consented: boolean;
  expiresAt: Date;
}

interface VisitorRow extends Omit<ShopOfContext, "id"> {
  keyHash: string;
  signedInAs: string | null;
  customerId: string | null;
  confirmedAt: Date | null;
  proven: string[] | null;
  consented: boolean;
}

/**
 * Verifies the token and asks the visitor's row whether it still stands: a visitor that has ended or is now signed in
 * as somebody makes every earlier token void, and so do a confirmed code that has lapsed and a shop that took the app away. Null when it proves nothing.
 * One statement, because every request of every shopper's page comes through here.
 */
export async function verifyVisitorToken(token: string, given: App = app()): Promise<ProvenVisitor | null> {
  const claims = await readVisitorToken(token, given.clock.now());
  if (!claims || !isId(claims.shop) || !isId(claims.visitor)) return null;
  const visitor = await visitorRow(given.db.sql, { shopId: claims.shop, visitorId: claims.visitor });
  if (!visitor || visitor.signedInAs !== claims.signedInAs) return null;
  if (generationOf(visitor.keyHash) !== claims.generation) return null;
  // The page then asks for a session, and is a new visitor.
  if (hasLapsed(visitor, given.clock.now())) return null;
  const { domain, name, currency, consented } = visitor;
  const customerId = provenCustomer(visitor, given.clock.now());
  return {
    shop: { id: claims.shop, domain, name, currency },
    visitorId: claims.visitor,
    customerId,
    alsoProven: customerId ? (visitor.proven ?? []).filter((id) => id !== customerId) : [],
    consented,
    expiresAt: claims.expiresAt,
  };
}

/** A visitor's row with its shop's, if the shop has the app. Those asked for at the same moment are read together. */
const visitorRow = gatherPer<Pool, { shopId: string; visitorId: string }, VisitorRow | null>(
  async (sql, wanted) => {
    const found = await sql.query<VisitorRow & { shopId: string; visitorId: string }>({
      name: "prove-visitors",
      text: `SELECT v."shopId", v."id" AS "visitorId", v."keyHash", v."signedInAs", v."customerId", v."confirmedAt",
                    CASE WHEN v."signedInAs" IS NOT NULL OR v."confirmedAt" IS NOT NULL THEN (
                      SELECT array_agg(o."id") FROM "customer" l
                        JOIN "customer" o ON o."shopId" = l."shopId" AND o."provenId" = l."provenId"
                       WHERE l."shopId" = v."shopId" AND l."id" = v."customerId") END AS "proven",
                    v."consentedAt" IS NOT NULL AS "consented", s."domain", s."name", s."currency"
               FROM unnest($1::uuid[], $2::uuid[]) AS w("shopId", "id")
               JOIN "visitor" v ON v."shopId" = w."shopId" AND v."id" = w."id"
               JOIN "shop" s ON s."id" = v."shopId" AND s."uninstalledAt" IS NULL`,
      values: [wanted.map((one) => one.shopId), wanted.map((one) => one.visitorId)],
    });
    const rows = new Map(found.rows.map((row) => [`${row.shopId} ${row.visitorId}`, row]));
    return wanted.map(({ shopId, visitorId }) => rows.get(`${shopId} ${visitorId}`.toLowerCase()) ?? null);
  },
  { most: 50, atOnce: 3, isOnes: () => false },
);

/** Whether the text is one of our tokens by its own word, to choose the door; the door then verifies it. */
export function isVisitorToken(token: string): boolean {
  try {
    return decodeJwt(token).iss === issuer;
  } catch {
    return false;
  }
}
