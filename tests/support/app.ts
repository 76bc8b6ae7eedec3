import { SignJWT } from "jose";
import type { App } from "~/app.server";
import { Hub } from "~/realtime/hub";
import { TestClock } from "./context";
import { testDatabase } from "./database";

export const testSecret = "a secret of the tests";
export const testKey = "throughline-tests";

Object.assign(process.env, {
  SHOPIFY_API_KEY: testKey,
  SHOPIFY_API_SECRET: testSecret,
  SHOPIFY_APP_URL: "http://127.0.0.1:4403",
  SCOPES: "read_orders",
  DATABASE_URL: "postgresql://set-by-the-test-database/none",
});

/** The process's app over a database of this test file; doors that call `app()` find it. Its clock stands. */
export async function testApp(clock = new TestClock(new Date())): Promise<App & { clock: TestClock; url: string }> {
  const db = await testDatabase();
  const hub = new Hub(db.sql);
  const app = { db, clock, hub, signals: hub };
  (globalThis as { throughline?: App }).throughline = app;
  return { ...app, url: db.url };
}

export interface TokenOptions {
  shop: string;
  /** Shopify's id of the member of staff. */
  user?: string;
  secret?: string;
  audience?: string;
  /** Seconds from now. */
  expires?: number;
}

/** A session token as App Bridge hands them out. */
export function sessionToken(options: TokenOptions): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ dest: `https://${options.shop}`, sid: "1", nbf: now - 120 })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setIssuer(`https://${options.shop}/admin`)
    .setSubject(options.user ?? "1")
    .setAudience(options.audience ?? testKey)
    .setIssuedAt(now - 120)
    .setJti(crypto.randomUUID())
    .setExpirationTime(now + (options.expires ?? 60))
    .sign(new TextEncoder().encode(options.secret ?? testSecret));
}

/** The online and offline sessions that a first open leaves, so that a door needs no token exchange. */
export async function signedIn(app: App, shop: string, user = "1"): Promise<void> {
  const expires = new Date(Date.now() + 3_600_000);
  const common = { shop, state: "", scope: "read_orders", accessToken: `token-of-${shop}`, expires };
  await app.db.prisma.session.createMany({
    data: [
      { ...common, id: `offline_${shop}`, isOnline: false },
      {
        ...common,
        id: `${shop}_${user}`,
        isOnline: true,
        userId: BigInt(user),
        firstName: "Anna",
        lastName: "Berg",
        email: "anna@example.com",
      },
    ],
    skipDuplicates: true,
  });
}
