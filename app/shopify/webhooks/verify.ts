import { createHmac, timingSafeEqual } from "node:crypto";
import { env } from "~/env.server";
import { readBytes } from "~/http/body";
import { Problem } from "~/http/errors";

export interface Delivery {
  /** `northwind.myshopify.com` */
  shopDomain: string;
  /** One for each delivery, the same when it is sent again. */
  webhookId: string;
  /** One for each event at Shopify, shared by its topics. */
  eventId: string | null;
  /** `orders/paid` */
  topic: string;
  triggeredAt: Date | null;
  /** A JSON object, as text that PostgreSQL can keep. */
  payload: string;
}

/** Larger bodies are refused before they are read whole: 413. Shopify's own largest are a few hundred kilobytes. */
const mostBytes = 5 * 1024 * 1024;

/**
 * Proves that a webhook is Shopify's (HMAC over the body's bytes, compared in constant time) and reads what it says.
 * Throws Problem 401 for a wrong signature, 400 for what is no webhook, 405 and 413.
 * https://shopify.dev/docs/apps/build/webhooks/verify-deliveries
 *
 * Shopify's library does the same on a decoded text and through its own request and answer; its higher-level
 * `authenticate.webhook` also loads the shop's session and refreshes its token. A door that answers a thousand a second
 * should wait for neither, and nothing here needs a token.
 */
export async function verify(request: Request): Promise<Delivery> {
  if (request.method !== "POST") throw new Problem(405, "method", "Webhooks are posted.", { Allow: "POST" });
  const header = (name: string): string => request.headers.get(`X-Shopify-${name}`) || notOne();
  const signature = header("Hmac-Sha256");
  const said = {
    shopDomain: header("Shop-Domain").toLowerCase(),
    webhookId: header("Webhook-Id"),
    topic: header("Topic"),
  };
  const body = await readBytes(request, mostBytes);
  if (!isSigned(body, signature)) throw new Problem(401, "signature", "The signature is wrong.");
  return {
    ...said,
    eventId: request.headers.get("X-Shopify-Event-Id"),
    triggeredAt: time(request.headers.get("X-Shopify-Triggered-At")),
    payload: keepable(new TextDecoder().decode(body)),
  };
}

function isSigned(body: Uint8Array, signature: string): boolean {
  const right = createHmac("sha256", env().SHOPIFY_API_SECRET).update(body).digest();
  const given = Buffer.from(signature, "base64");
  // Base64 leaves out what it does not know: only the one spelling counts.
  return given.length === right.length && timingSafeEqual(given, right) && given.toString("base64") === signature;
}

/** PostgreSQL's JSON holds neither NUL nor half a surrogate pair, which JSON itself may name. */
const unkeepable = /\\u(?:0000|d[89a-f])/i;

function mended(_key: string, value: unknown): unknown {
  return typeof value === "string" ? value.toWellFormed().replaceAll("\u0000", "") : value;
}

/**
 * The JSON object of a body as it can be kept. A webhook that could not be kept would come again and again, and its shop
 * would miss what it tells.
 */
function keepable(text: string): string {
  try {
    const odd = unkeepable.test(text);
    const read: unknown = JSON.parse(text, odd ? mended : undefined);
    if (typeof read === "object" && read !== null && !Array.isArray(read)) return odd ? JSON.stringify(read) : text;
  } catch {
    // Said below.
  }
  return notOne();
}

function notOne(): never {
  throw new Problem(400, "not-a-webhook", "This is not a webhook.");
}

function time(text: string | null): Date | null {
  const at = text ? new Date(text) : null;
  return at && !Number.isNaN(at.getTime()) ? at : null;
}
