import { createHmac, hkdfSync } from "node:crypto";
import { keyRing } from "~/env.server";

/**
 * Keys of one purpose, 32 bytes each (RFC 5869), made of the ring that also seals credentials, so that what one of them
 * shows helps with no other. The present one first.
 */
export function keysFor(purpose: string): { id: string; key: Buffer }[] {
  const { current, keys } = keyRing();
  const others = [...keys].filter(([id]) => id !== current);
  return [[current, keys.get(current)] as const, ...others].flatMap(([id, secret]) =>
    secret ? [{ id, key: Buffer.from(hkdfSync("sha256", secret, "", `throughline ${purpose} 1`, 32)) }] : [],
  );
}

/** Keyed hash of some parts, in hex, under every key: the first is the one to write, any of them may be found. */
export function hashesOf(purpose: string, ...parts: string[]): string[] {
  const text = parts.join("\n");
  return keysFor(purpose).map(({ key }) => createHmac("sha256", key).update(text).digest("hex"));
}
