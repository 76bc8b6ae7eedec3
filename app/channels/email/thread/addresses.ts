import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import { env } from "~/env.server";
import { isId } from "~/platform/ids";

/**
 * The addresses of an account at MAIL_IN_DOMAIN. `<token>@` takes what the merchant's own mailbox forwards;
 * `<token>+c.<conversation>.<signature>@` is where an answer goes; `<token>+b.<message>.<part>.<signature>@` is where
 * what could not be delivered comes back (VERP). Ids are written in base 32, because servers on the way may fold the
 * case of a local part, and a local part has room for 64 characters (RFC 5321 section 4.5.3.1.1).
 */
export type Plus =
  | { kind: "conversation"; conversationId: string }
  | { kind: "bounce"; messageId: string; part: number };

const tokenBytes = 10;
const signatureBytes = 7;

/** An account's token: 80 random bits in base 32, so that nobody writes to it by guessing. */
export function newToken(): string {
  return base32(randomBytes(tokenBytes));
}

/** Where an answer to this conversation goes. */
export function conversationAddress(token: string, conversationId: string, domain: string): string {
  const body = `c.${base32(idBytes(conversationId))}`;
  return `${token}+${body}.${sign(token, body)}@${domain}`;
}

/** Where the notice comes that a mail of ours was not delivered: the envelope's sender. */
export function bounceAddress(token: string, messageId: string, part: number, domain: string): string {
  const body = `b.${base32(idBytes(messageId))}${part === 0 ? "" : `.${part}`}`;
  return `${token}+${body}.${sign(token, body)}@${domain}`;
}

export interface InAddress {
  token: string;
  /** Null when it has none, or one that we did not sign. */
  plus: Plus | null;
}

/** Reads an address at MAIL_IN_DOMAIN; null when it is not of that form. */
export function readInAddress(address: string, domain: string): InAddress | null {
  const at = address.lastIndexOf("@");
  if (address.slice(at + 1).toLowerCase() !== domain.toLowerCase()) return null;
  const [, token = "", plus] = /^([a-z2-7]{16})(?:\+(.*))?$/.exec(address.slice(0, at).toLowerCase()) ?? [];
  if (!token) return null;
  return { token, plus: plus === undefined ? null : readPlus(token, plus) };
}

function readPlus(token: string, plus: string): Plus | null {
  const dot = plus.lastIndexOf(".");
  const body = plus.slice(0, dot);
  if (dot < 0 || !isSigned(token, body, plus.slice(dot + 1))) return null;
  const [kind, encoded = "", part = "0"] = body.split(".");
  const id = idOf(encoded);
  if (!id) return null;
  if (kind === "c") return { kind: "conversation", conversationId: id };
  return kind === "b" && /^\d{1,4}$/.test(part) ? { kind: "bounce", messageId: id, part: Number(part) } : null;
}

function sign(token: string, body: string): string {
  return base32(mac(token, body).subarray(0, signatureBytes));
}

function isSigned(token: string, body: string, signature: string): boolean {
  const given = Buffer.from(signature);
  const right = Buffer.from(sign(token, body));
  return given.length === right.length && timingSafeEqual(given, right);
}

let key: { from: string; bytes: Buffer } | undefined;

/** Of the API secret, not of ENCRYPTION_KEYS: an address in somebody's mailbox must outlive the rotation of those. */
function mac(token: string, body: string): Buffer {
  const from = env().SHOPIFY_API_SECRET;
  if (key?.from !== from) {
    key = { from, bytes: Buffer.from(hkdfSync("sha256", from, "", "throughline mail addresses 1", 32)) };
  }
  return createHmac("sha256", key.bytes).update(`${token}\n${body}`).digest();
}

const alphabet = "abcdefghijklmnopqrstuvwxyz234567";

/** RFC 4648 section 6, in lower case and without padding. */
function base32(bytes: Uint8Array): string {
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

function idBytes(id: string): Buffer {
  return Buffer.from(id.replaceAll("-", ""), "hex");
}

function idOf(text: string): string | null {
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
