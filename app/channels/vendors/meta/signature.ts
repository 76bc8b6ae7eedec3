import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Whether Meta signed these bytes: HMAC-SHA256 with the app's secret, as `sha256=<hex>` in X-Hub-Signature-256. Of the
 * bytes as they came, because Meta signs its escapes of Unicode and a JSON written anew has others.
 * https://developers.facebook.com/docs/graph-api/webhooks/getting-started#validate-payloads
 */
export function isSigned(body: Uint8Array, header: string | null, secret: string): boolean {
  const given = /^sha256=([0-9a-f]{64})$/i.exec(header ?? "")?.[1];
  if (!given) return false;
  const expected = createHmac("sha256", secret).update(body).digest();
  return timingSafeEqual(expected, Buffer.from(given, "hex"));
}

/** Whether two texts are equal, in a time that does not tell how far. */
export function isSecret(given: string, secret: string): boolean {
  const digest = (text: string) => createHmac("sha256", "compare").update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}

/** Shows to the Graph API that a token is used by its own app, not by whoever found it. */
export function proofOf(token: string, secret: string): string {
  return createHmac("sha256", secret).update(token).digest("hex");
}
