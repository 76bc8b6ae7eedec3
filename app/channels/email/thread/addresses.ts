import { randomBytes } from "node:crypto";
import { base32, decodeId, encodeId, isSigned, sign } from "./signed";

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

/** An account's token: 80 random bits in base 32, so that nobody writes to it by guessing. */
export function newToken(): string {
  return base32(randomBytes(tokenBytes));
}

/** Where an answer to this conversation goes. */
export function conversationAddress(token: string, conversationId: string, domain: string): string {
  const body = `c.${encodeId(conversationId)}`;
  return `${token}+${body}.${sign(token, body)}@${domain}`;
}

/** Where the notice comes that a mail of ours was not delivered: the envelope's sender. */
export function bounceAddress(token: string, messageId: string, part: number, domain: string): string {
  const body = `b.${encodeId(messageId)}${part === 0 ? "" : `.${part}`}`;
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
  const id = decodeId(encoded);
  if (!id) return null;
  if (kind === "c") return { kind: "conversation", conversationId: id };
  return kind === "b" && /^\d{1,4}$/.test(part) ? { kind: "bounce", messageId: id, part: Number(part) } : null;
}
