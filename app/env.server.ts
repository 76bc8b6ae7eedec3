import { hkdfSync } from "node:crypto";
import { z } from "zod";
import { type KeyRing, readKeyRing } from "./platform/crypto";

/** What each way of storing files wants to know. */
const neededBy = {
  database: [],
  disk: ["FILES_FOLDER"],
  s3: ["S3_ENDPOINT", "S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"],
} as const;

/**
 * Every setting that comes from the environment, checked once at start. The two local ones (App Bridge from another
 * address, one more frame ancestor) exist for the local Shopify and are refused with a real https address of the app.
 */
const schema = z
  .object({
    SHOPIFY_API_KEY: z.string().min(1),
    SHOPIFY_API_SECRET: z.string().min(1),
    SHOPIFY_APP_URL: z.url(),
    SCOPES: z.string().min(1),
    DATABASE_URL: z.string().min(1),
    PORT: z.coerce.number().int().min(0).max(65535).default(3000),
    HOST: z.string().default("127.0.0.1"),
    REDIS_URL: z.string().min(1).optional(),
    /** Signs visitor tokens; made from the API secret when not set. */
    VISITOR_TOKEN_SECRET: z.string().min(32).optional(),
    /** Seals what is stored of credentials: `id:base64,…`, the first seals and all open. See `platform/crypto.ts`. */
    ENCRYPTION_KEYS: z.string().min(1).optional(),
    APP_BRIDGE_URL: z.url().default("https://cdn.shopify.com/shopifycloud/app-bridge.js"),
    ADMIN_FRAME_ANCESTOR: z.url().optional(),
    /** Hops of reverse proxies whose X-Forwarded-For is believed. Without them all shoppers would share one budget. */
    TRUSTED_PROXIES: z.coerce.number().int().min(0).default(0),
    /** The server that takes our mail, as smtp:// or smtps://, with user and password where it asks for them. */
    SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
    /** The address that our mail is from. */
    MAIL_FROM: z.email().optional(),
    /** The operator's app at Meta, for Instagram, Messenger and WhatsApp: docs/channels/. */
    META_APP_ID: z.string().regex(/^\d+$/).optional(),
    META_APP_SECRET: z.string().min(1).optional(),
    META_VERIFY_TOKEN: z.string().min(8).optional(),
    /** Each shop has a forwarding address at this domain; its mail comes to the server below. */
    MAIL_IN_DOMAIN: z.hostname().optional(),
    SMTP_IN_HOST: z.string().default("0.0.0.0"),
    SMTP_IN_PORT: z.coerce.number().int().min(0).max(65535).optional(),
    /** PEM files; with them the server offers STARTTLS. */
    SMTP_IN_TLS_CERT: z.string().min(1).optional(),
    SMTP_IN_TLS_KEY: z.string().min(1).optional(),
    /** Servers that are asked for DNS instead of the machine's, as `address` or `address:port`, separated by commas. */
    DNS_SERVERS: z.string().min(1).optional(),
    /** Where the bytes of files are: docs/operate.md. Files stay where they were put when this changes. */
    FILES_STORE: z.enum(["database", "disk", "s3"]).default("database"),
    FILES_FOLDER: z.string().min(1).optional(),
    S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
    S3_BUCKET: z.string().min(1).optional(),
    S3_ACCESS_KEY_ID: z.string().min(1).optional(),
    S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
    S3_REGION: z.string().min(1).default("us-east-1"),
    DATABASE_CONNECTIONS: z.coerce.number().int().min(2).max(100).default(12),
  })
  .superRefine((env, context) => {
    if ((env.SMTP_URL === undefined) !== (env.MAIL_FROM === undefined)) {
      const path = [env.SMTP_URL === undefined ? "SMTP_URL" : "MAIL_FROM"];
      context.addIssue({ code: "custom", path, message: "is needed too: SMTP_URL and MAIL_FROM go together" });
    }
    for (const path of neededBy[env.FILES_STORE]) {
      if (!env[path]) context.addIssue({ code: "custom", path: [path], message: `is needed by ${env.FILES_STORE}` });
    }
    try {
      if (env.ENCRYPTION_KEYS) readKeyRing(env.ENCRYPTION_KEYS);
    } catch (error) {
      const message = `is not a list of keys: ${(error as Error).message}`;
      context.addIssue({ code: "custom", path: ["ENCRYPTION_KEYS"], message });
    }
    const local = ["127.0.0.1", "localhost", "[::1]"].includes(new URL(env.SHOPIFY_APP_URL).hostname);
    if (local) return;
    if (!env.ENCRYPTION_KEYS) {
      const message = "must name at least one key, as id:base64 of 32 random bytes";
      context.addIssue({ code: "custom", path: ["ENCRYPTION_KEYS"], message });
    }
    // This process speaks plain HTTP, so something before it ends TLS and is the address of every connection.
    if (env.TRUSTED_PROXIES === 0) {
      const message = "must say how many reverse proxies stand before the app, mostly 1";
      context.addIssue({ code: "custom", path: ["TRUSTED_PROXIES"], message });
    }
    if (env.ADMIN_FRAME_ANCESTOR) {
      context.addIssue({ code: "custom", path: ["ADMIN_FRAME_ANCESTOR"], message: "only for an app on this machine" });
    }
    if (!env.APP_BRIDGE_URL.startsWith("https://cdn.shopify.com/")) {
      context.addIssue({ code: "custom", path: ["APP_BRIDGE_URL"], message: "must be Shopify's own address" });
    }
  });

export type Env = z.infer<typeof schema>;

/** Reads and checks the environment; throws one sentence naming every setting that is missing or wrong. */
export function readEnv(source: Record<string, string | undefined>): Env {
  const read = schema.safeParse(source);
  if (read.success) return read.data;
  const wrong = read.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`);
  throw new Error(`Throughline cannot start, these settings are missing or wrong: ${wrong.join("; ")}`);
}

let known: Env | undefined;

/** This process's settings. Read at first use, so that tests and builds need none. */
export function env(): Env {
  known ??= readEnv(process.env);
  return known;
}

let ring: { from: string; keys: KeyRing } | undefined;

/** The keys of this process. An app on this machine that names none has one of its API secret (RFC 5869). */
export function keyRing(settings: Pick<Env, "ENCRYPTION_KEYS" | "SHOPIFY_API_SECRET"> = env()): KeyRing {
  const { ENCRYPTION_KEYS, SHOPIFY_API_SECRET } = settings;
  const from = ENCRYPTION_KEYS ?? SHOPIFY_API_SECRET;
  if (ring?.from === from) return ring.keys;
  const derived = () => Buffer.from(hkdfSync("sha256", SHOPIFY_API_SECRET, "", "throughline stored credentials 1", 32));
  const keys = ENCRYPTION_KEYS
    ? readKeyRing(ENCRYPTION_KEYS)
    : { current: "local", keys: new Map([["local", derived()]]) };
  ring = { from, keys };
  return keys;
}
