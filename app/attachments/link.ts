import { createHmac, timingSafeEqual } from "node:crypto";
import type { Attachment } from "@prisma/client";
import type { Context } from "~/context";
import { env, keyRing } from "~/env.server";

/** So long at most a link to a file is good: a provider fetches within minutes, and asks again for some more. */
export const longestLinkMilliseconds = 15 * 60_000;

/**
 * An address from which a provider may take one file until `until`, at most 15 minutes from now: whoever has it may read
 * the file, so it is given to providers only. It stands at the app's own address.
 */
export function linkFor(
  ctx: Pick<Context, "shop" | "clock">,
  attachment: Pick<Attachment, "id" | "name">,
  until: Date = new Date(ctx.clock.now().getTime() + longestLinkMilliseconds),
): string {
  const last = Math.min(until.getTime(), ctx.clock.now().getTime() + longestLinkMilliseconds);
  const ends = String(Math.floor(last / 1_000));
  const key = keyRing().current;
  const url = new URL(`/files/${attachment.id}`, env().SHOPIFY_APP_URL);
  url.searchParams.set("shop", ctx.shop.id);
  url.searchParams.set("until", ends);
  url.searchParams.set("key", key);
  url.searchParams.set("signature", signatureOf(key, ctx.shop.id, attachment.id, ends) ?? "");
  return url.href;
}

/** Which shop's file a link opens at `now`; null when it is none of ours, was changed or is over. */
export function readLink(url: URL, attachmentId: string, now: Date): { shopId: string; until: Date } | null {
  const { shop = "", until = "", key = "", signature = "" } = Object.fromEntries(url.searchParams);
  const right = /^\d{1,12}$/.test(until) ? signatureOf(key, shop, attachmentId, until) : null;
  // In bytes: what is no letter of base64 has several.
  const [expected, given] = [Buffer.from(right ?? ""), Buffer.from(signature)];
  if (!right || expected.length !== given.length || !timingSafeEqual(expected, given)) return null;
  const ends = new Date(Number(until) * 1_000);
  return ends > now ? { shopId: shop, until: ends } : null;
}

/** Null for a key that is not on the ring. Each purpose signs with its own words in front, so that nothing passes for another. */
function signatureOf(keyId: string, shopId: string, attachmentId: string, until: string): string | null {
  const key = keyRing().keys.get(keyId);
  if (!key) return null;
  return createHmac("sha256", key)
    .update(`throughline file link 1\n${shopId}\n${attachmentId}\n${until}`)
    .digest("base64url");
}
