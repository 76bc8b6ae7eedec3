import { createHash } from "node:crypto";
import type { AuditDetail } from "./catalogue";

/** An entry as it is hashed and kept. */
export interface ChainedEntry {
  shopId: string;
  seq: bigint;
  at: Date;
  actorKind: string;
  actorId: string | null;
  actorName: string | null;
  action: string;
  subjectKind: string;
  subjectId: string | null;
  detail: AuditDetail;
  previousHash: string;
}

/** What the first entry of a shop names as the one before it. */
export const genesis = "0".repeat(64);

/**
 * The hash of an entry: SHA-256, as 64 lower-case hexadecimal digits, over the UTF-8 of one JSON array without blanks
 *
 *     ["throughline-audit-1", shopId, seq as decimal text, at as ISO 8601 UTC with milliseconds, actorKind, actorId,
 *      actorName, action, subjectKind, subjectId, detail, previousHash]
 *
 * where `detail` is an object with its keys in the order of their UTF-16 code units (at every depth), absent texts are
 * null, and strings and numbers are written as ECMAScript's JSON.stringify writes them. As every hash covers the one
 * before it, changing, removing, adding or swapping entries breaks the chain at the first of them; removing the last ones
 * shows against the shop's head row.
 *
 * The hash has no key. Whoever can write to the database with every right can calculate a whole new chain; against that
 * stands the hash that each nightly check writes to the program's log, outside the database.
 */
export function hashOf(entry: ChainedEntry): string {
  const array = [
    "throughline-audit-1",
    entry.shopId,
    entry.seq.toString(),
    entry.at.toISOString(),
    entry.actorKind,
    entry.actorId,
    entry.actorName,
    entry.action,
    entry.subjectKind,
    entry.subjectId,
    inOrder(entry.detail),
    entry.previousHash,
  ];
  return createHash("sha256").update(JSON.stringify(array), "utf8").digest("hex");
}

/** The same value with the keys of every object in order, which jsonb does not keep. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, inOrder((value as Record<string, unknown>)[key])]));
}
