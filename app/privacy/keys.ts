import { createHmac, hkdfSync } from "node:crypto";
import { env } from "~/env.server";

/** A secret with the name by which receipts say which one they were signed with. */
interface Secret {
  id: string;
  secret: string | Buffer;
}

/** The secrets that keys are made from: the present one first, then those that were used before. */
function secrets(): Secret[] {
  return [{ id: "app", secret: env().SHOPIFY_API_SECRET }];
}

/** Keys of one purpose, 32 bytes each (RFC 5869), so that what one shows helps with no other. The present one first. */
export function keysFor(purpose: string): { id: string; key: Buffer }[] {
  return secrets().map(({ id, secret }) => ({
    id,
    key: Buffer.from(hkdfSync("sha256", secret, "", `throughline ${purpose} 1`, 32)),
  }));
}

/** Keyed hash of some parts, in hex, under every key: the first is the one to write, any of them may be found. */
export function hashesOf(purpose: string, ...parts: string[]): string[] {
  const text = parts.join("\n");
  return keysFor(purpose).map(({ key }) => createHmac("sha256", key).update(text).digest("hex"));
}
