import { createHash, randomBytes } from "node:crypto";

/** A new key for a browser to keep: 256 random bits as base64url (43 characters). */
export function newKey(): string {
  return randomBytes(32).toString("base64url");
}

/** Whether the text has the shape of a key; ask before hashing what comes from outside. */
export function isKey(value: unknown): value is string {
  return typeof value === "string" && /^[A-Za-z0-9_-]{43}$/.test(value);
}

/** What is kept of a key: its SHA-256 in hex. The key is random, so neither salt nor stretching would add anything. */
export function hashOfKey(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

/** A hash that no key has, for a visitor that has ended. */
export function deadHash(): string {
  return `ended:${randomBytes(16).toString("hex")}`;
}
