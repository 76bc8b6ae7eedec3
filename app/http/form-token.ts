import { createHmac, timingSafeEqual } from "node:crypto";
import { env } from "~/env.server";

/** Nobody reads and fills a form faster, and nobody leaves one open for longer, in seconds. */
const least = 3;
const most = 24 * 3_600;

/** Says when a form was given out, and for which shop. A program that only ever posts has none. */
export function formToken(shopId: string, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000);
  return `${seconds}.${mark(shopId, seconds).toString("base64url")}`;
}

/** Whether a form was given out by us, long enough ago to be read and not too long ago. */
export function isFormToken(token: string, shopId: string, now: Date): boolean {
  const [, seconds = "", given = ""] = /^(\d{1,12})\.([\w-]{43})$/.exec(token) ?? [];
  if (seconds === "") return false;
  const age = now.getTime() / 1000 - Number(seconds);
  if (age < least || age > most) return false;
  const expected = mark(shopId, Number(seconds));
  const bytes = Buffer.from(given, "base64url");
  return bytes.length === expected.length && timingSafeEqual(expected, bytes);
}

function mark(shopId: string, seconds: number): Buffer {
  return createHmac("sha256", env().SHOPIFY_API_SECRET).update(`contact form ${shopId} ${seconds}`).digest();
}
