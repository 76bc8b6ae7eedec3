import { createHmac, timingSafeEqual } from "node:crypto";

/** Milliseconds by which a signature's time may differ from ours. */
export const mostApart = 5 * 60_000;

/** `sha256=` and the HMAC-SHA256, in hex, over the time in seconds, a dot and the body. docs/channels/api.md */
export function signApi(secret: string, seconds: string, body: string | Uint8Array): string {
  return `sha256=${createHmac("sha256", secret).update(`${seconds}.`).update(body).digest("hex")}`;
}

/** Whether one of the secrets signed this within five minutes of now. */
export function isSignedApi(
  secrets: readonly string[],
  given: { timestamp: string | null; signature: string | null; body: Uint8Array },
  now: Date,
): boolean {
  const { timestamp, signature, body } = given;
  if (!signature || !timestamp || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(Number(timestamp) * 1_000 - now.getTime()) > mostApart) return false;
  return secrets.some((secret) => {
    const expected = Buffer.from(signApi(secret, timestamp, body));
    const said = Buffer.from(signature);
    return secret !== "" && said.length === expected.length && timingSafeEqual(said, expected);
  });
}
