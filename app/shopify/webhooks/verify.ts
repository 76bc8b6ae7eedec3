import "@shopify/shopify-api/adapters/web-api";
import { ApiVersion, LogSeverity, shopifyApi, WebhookValidationErrorReason } from "@shopify/shopify-api";
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
  payload: object;
}

/** Larger bodies are refused before they are read whole: 413. Shopify's own largest are a few hundred kilobytes. */
const mostBytes = 5 * 1024 * 1024;

/**
 * Proves by Shopify's library that a webhook is Shopify's (HMAC over the raw body) and reads what it says. Throws
 * Problem 401 for a wrong signature, 400 for what is no webhook, 405 and 413.
 *
 * The library's higher-level `authenticate.webhook` also loads the shop's session and refreshes its token; a door that
 * must answer within five seconds should not wait for that, and nothing here needs a token.
 */
export async function verify(request: Request): Promise<Delivery> {
  if (request.method !== "POST") throw new Problem(405, "method", "Webhooks are posted.", { Allow: "POST" });
  const rawBody = new TextDecoder().decode(await readBytes(request, mostBytes));
  const check = await api().webhooks.validate({ rawBody, rawRequest: request });
  if (!check.valid) {
    const wrong = check.reason === WebhookValidationErrorReason.InvalidHmac;
    throw wrong
      ? new Problem(401, "signature", "The signature is wrong.")
      : new Problem(400, "not-a-webhook", "This is not a webhook.");
  }
  const { headers } = request;
  return {
    shopDomain: check.domain.toLowerCase(),
    webhookId: check.webhookId,
    eventId: headers.get("X-Shopify-Event-Id"),
    // As Shopify writes it; the library gives it in another form.
    topic: headers.get("X-Shopify-Topic") ?? "",
    triggeredAt: time(headers.get("X-Shopify-Triggered-At")),
    payload: object(rawBody),
  };
}

let made: ReturnType<typeof make> | undefined;

function make() {
  const settings = env();
  return shopifyApi({
    apiKey: settings.SHOPIFY_API_KEY,
    apiSecretKey: settings.SHOPIFY_API_SECRET,
    apiVersion: ApiVersion.July26,
    hostName: new URL(settings.SHOPIFY_APP_URL).host,
    isEmbeddedApp: true,
    logger: { level: LogSeverity.Error },
  });
}

function api(): ReturnType<typeof make> {
  made ??= make();
  return made;
}

/** PostgreSQL's JSON holds neither NUL nor half a surrogate pair, which JSON itself may name. */
const unkeepable = /\\u(?:0000|d[89a-f])/i;

function keepable(_key: string, value: unknown): unknown {
  return typeof value === "string" ? value.toWellFormed().replaceAll("\u0000", "") : value;
}

/** A webhook that could not be kept would come again and again, and its shop would miss what it tells. */
function object(text: string): object {
  try {
    const read: unknown = JSON.parse(text, unkeepable.test(text) ? keepable : undefined);
    if (typeof read === "object" && read !== null && !Array.isArray(read)) return read;
  } catch {
    // Said below.
  }
  throw new Problem(400, "not-a-webhook", "This is not a webhook.");
}

function time(text: string | null): Date | null {
  const at = text ? new Date(text) : null;
  return at && !Number.isNaN(at.getTime()) ? at : null;
}
