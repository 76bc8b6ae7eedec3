import { createHmac, timingSafeEqual } from "node:crypto";

/** What X signs a webhook with, and what it wants to hear when it asks whether an address is ours. https://docs.x.com/x-api/webhooks/introduction */
export function signX(text: string | Uint8Array, consumerSecret: string): string {
  return `sha256=${createHmac("sha256", consumerSecret).update(text).digest("base64")}`;
}

/** Whether the header `x-twitter-webhooks-signature` is X's of these bytes. */
export function isFromX(body: Uint8Array, signature: string | null, consumerSecret: string): boolean {
  if (!signature || !consumerSecret) return false;
  const expected = Buffer.from(signX(body, consumerSecret));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
