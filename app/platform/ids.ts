import { randomBytes } from "node:crypto";

/**
 * A UUID version 7 (RFC 9562, section 5.7): the first 48 bits are the time in milliseconds, so that rows
 * made one after another stand together in an index.
 */
export function newId(now: Date = new Date()): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now.getTime(), 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether the text is a UUID of any version; ask before a text from outside reaches a uuid column. */
export function isId(value: unknown): value is string {
  return typeof value === "string" && uuid.test(value);
}
