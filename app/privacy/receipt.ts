import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { hashesOf, keysFor } from "./keys";
import type { Seed } from "./scope";

/** What an erasure did, in the order of the tables. It names nobody. */
export interface Receipt {
  /** The form of this text. */
  version: 1;
  id: string;
  /** Our app's name and the shop's domain; a shop that was itself erased is named by a keyed hash. */
  app: "Throughline";
  shop: string;
  /** ISO 8601, UTC. */
  at: string;
  /** What it was about. */
  of: "person" | "shop";
  /** Who asked: Shopify's webhook, or a member of staff by our id. */
  askedBy: { kind: "shopify" } | { kind: "staff"; id: string };
  /** HMAC-SHA-256 of what named the person, with which somebody who knows the name can find this receipt. */
  hashes: string[];
  erased: ReceiptLine[];
  kept: (ReceiptLine & { ground: string })[];
  /** What else a reader should know. */
  remarks: string[];
}

export interface ReceiptLine {
  /** As people call it, and the table. */
  what: string;
  table: string;
  rows: number;
}

/** A receipt as it is kept and handed over: the signature is over the body's UTF-8 bytes, exactly as they are. */
export interface SignedReceipt {
  body: string;
  /** Base64url, Ed25519 (RFC 8032). */
  signature: string;
  keyId: string;
}

const purpose = "erasure receipts";

/** Signs with the present key. */
export function signReceipt(receipt: Receipt): SignedReceipt {
  const [present] = keysFor(purpose);
  if (!present) throw new Error("there is no key to sign with");
  const body = JSON.stringify(receipt, null, 2);
  return {
    body,
    signature: sign(null, Buffer.from(body), privateKey(present.key)).toString("base64url"),
    keyId: present.id,
  };
}

/** Whether this app signed exactly this. */
export function isGenuine({ body, signature, keyId }: SignedReceipt): boolean {
  const signer = keysFor(purpose).find(({ id }) => id === keyId);
  if (!signer) return false;
  return verify(null, Buffer.from(body), createPublicKey(privateKey(signer.key)), Buffer.from(signature, "base64url"));
}

/** The public key as PEM, with which anybody can check a receipt without this app; null for a key that is not known. */
export function publicKeyOf(keyId: string): string | null {
  const signer = keysFor(purpose).find(({ id }) => id === keyId);
  return signer ? createPublicKey(privateKey(signer.key)).export({ type: "spki", format: "pem" }).toString() : null;
}

/** What a receipt names a person by, under the present key. */
export function receiptHashes(shopId: string, seed: Pick<Seed, "gids" | "emails" | "phones">): string[] {
  return [...seed.gids, ...seed.emails, ...seed.phones].flatMap((name) => hashesOf(purpose, shopId, name).slice(0, 1));
}

/** The ways in which a name can stand in receipts, under every key. */
export function possibleHashes(shopId: string, name: string): string[] {
  return hashesOf(purpose, shopId, name);
}

// An Ed25519 key of its 32 secret bytes, in PKCS #8 (RFC 8410, section 7).
const pkcs8 = Buffer.from("302e020100300506032b657004220420", "hex");

function privateKey(seed: Buffer): KeyObject {
  return createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: "der", type: "pkcs8" });
}
