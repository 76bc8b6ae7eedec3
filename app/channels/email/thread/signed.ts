import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { env } from "~/env.server";
import { isId } from "~/platform/ids";

const signatureBytes = 7;

/** 56 bits in 12 letters: what a local part has room for, and nobody tries 2⁵⁶ mails. `of` is what it is bound to. */
export function sign(of: string, body: string): string {
  return base32(mac(of, body).subarray(0, signatureBytes));
}

export function isSigned(of: string, body: string, signature: string): boolean {
  const given = Buffer.from(signature);
  const right = Buffer.from(sign(of, body));
  return given.length === right.length && timingSafeEqual(given, right);
}

let key: { from: string; bytes: Buffer } | undefined;

/** Of the API secret, not of ENCRYPTION_KEYS: an address in somebody's mailbox must outlive the rotation of those. */
function mac(of: string, body: string): Buffer {
  const from = env().SHOPIFY_API_SECRET;
  if (key?.from !== from) {
    key = { from, bytes: Buffer.from(hkdfSync("sha256", from, "", "throughline mail addresses 1", 32)) };
  }
  return createHmac("sha256", key.bytes).update(`${of}\n${body}`).digest();
}

const alphabet = "abcdefghijklmnopqrstuvwxyz234567";

/** RFC 4648 section 6, in lower case and without padding: servers on the way may fold the case of a local part. */
export function base32(bytes: Uint8Array): string {
  let text = "";
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += alphabet[(held >> (bits - 5)) & 31];
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + alphabet[(held << (5 - bits)) & 31] : text;
}

/** A UUID in 26 letters. */
export function encodeId(id: string): string {
  return base32(Buffer.from(id.replaceAll("-", ""), "hex"));
}

/** The UUID of 26 letters; null when they are none. */
export function decodeId(text: string): string | null {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const letter of text) {
    const value = alphabet.indexOf(letter);
    if (value < 0) return null;
    held = (held << 5) | value;
    bits += 5;
    if (bits >= 8) {
      bytes.push((held >> (bits - 8)) & 255);
      bits -= 8;
    }
    held &= (1 << bits) - 1;
  }
  const hex = Buffer.from(bytes).toString("hex");
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  return bytes.length === 16 && isId(id) ? id : null;
}
