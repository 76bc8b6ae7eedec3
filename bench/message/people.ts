import { SignJWT } from "jose";
import { openDatabase } from "~/db.server";
import { generationOf, signVisitorToken } from "~/http/visitor-token";
import { newId } from "~/platform/ids";

export interface Shopper {
  token: string;
  conversationId: string;
  /** What their proxy says of where they are: limits by address are on, as in production. */
  address: string;
}

export interface People {
  shop: string;
  /** A session token of the agent's. */
  idToken: string;
  shoppers: Shopper[];
}

let addresses = 0;

/** One that nobody had before: the limit by address is a minute long, runs are shorter. */
function newAddress(): string {
  addresses += 1;
  return `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`;
}

/** A shop with one agent and so many shoppers, each with an open conversation and a token as the app signs them. */
export async function makePeople(url: string, count: number): Promise<People> {
  const db = openDatabase(url, 2);
  const now = new Date();
  const shopId = newId(now);
  const domain = `${shopId.slice(-12)}.myshopify.com`;
  try {
    await db.prisma.shop.create({
      data: { id: shopId, domain, name: "Bench", currency: "EUR", installedAt: now },
    });
    await db.prisma.staff.create({
      data: { shopId, id: newId(now), shopifyUserId: "1", name: "Agent", createdAt: now },
    });
    const ids = Array.from({ length: count }, () => ({
      visitor: newId(now),
      customer: newId(now),
      conversation: newId(now),
    }));
    const columns = [shopId, now, ids.map((one) => one.customer), ids.map((one) => one.visitor)];
    await db.sql.query(
      `INSERT INTO "customer" ("shopId", "id", "createdAt", "updatedAt") SELECT $1, id, $2, $2 FROM unnest($3::uuid[]) AS id`,
      columns.slice(0, 3),
    );
    await db.sql.query(
      `INSERT INTO "visitor" ("shopId", "id", "customerId", "keyHash", "consentedAt", "firstSeenAt", "lastSeenAt")
       SELECT $1, v, c, v::text, $2, $2, $2 FROM unnest($3::uuid[], $4::uuid[]) AS x(c, v)`,
      columns,
    );
    await db.sql.query(
      `INSERT INTO "conversation" ("shopId", "id", "customerId", "visitorId", "channel", "status", "lastMessageAt", "openedAt")
       SELECT $1, k, c, v, 'chat', 'open', $2, $2 FROM unnest($3::uuid[], $4::uuid[], $5::uuid[]) AS x(c, v, k)`,
      [...columns, ids.map((one) => one.conversation)],
    );
    const shoppers = await Promise.all(
      ids.map(async (one) => {
        const claims = { shop: shopId, visitor: one.visitor, signedInAs: null, generation: generationOf(one.visitor) };
        const { token } = await signVisitorToken(claims, now);
        return { token, conversationId: one.conversation, address: newAddress() };
      }),
    );
    return { shop: domain, idToken: await sessionToken(domain), shoppers };
  } finally {
    await db.close();
  }
}

/** As App Bridge hands them out, but for an hour: https://shopify.dev/docs/apps/build/authentication-authorization/session-tokens */
function sessionToken(domain: string): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  return new SignJWT({ dest: `https://${domain}` })
    .setProtectedHeader({ alg: "HS256" })
    .setIssuer(`https://${domain}/admin`)
    .setSubject("1")
    .setAudience(process.env.SHOPIFY_API_KEY ?? "")
    .setIssuedAt(now)
    .setNotBefore(now)
    .setExpirationTime(now + 3_600)
    .sign(new TextEncoder().encode(process.env.SHOPIFY_API_SECRET));
}
