import type { Pool } from "pg";
import type { AppContext } from "~/context";
import { log } from "~/platform/log";
import type { AuditDetail } from "./catalogue";
import { type ChainedEntry, genesis, hashOf } from "./chain";

/** What a check of one shop's chain found. */
export type Verdict =
  | { whole: true; shopId: string; seq: bigint; hash: string }
  | { whole: false; shopId: string; seq: bigint; reason: string };

/** Entries of one query. */
const atOnce = 2_000;

/**
 * Walks a shop's chain from its first entry to where its head stands now, and tells the first broken link; what is
 * written meanwhile is left for the next time. The memory it takes does not grow with the log.
 */
export async function verifyShop(sql: Pool, shopId: string): Promise<Verdict> {
  const { rows: heads } = await sql.query<HeadRow>(
    `SELECT "seq", "hash", "verifiedSeq", "verifiedHash" FROM "audit_head" WHERE "shopId" = $1`,
    [shopId],
  );
  const head = heads[0];
  const broken = (seq: bigint, reason: string): Verdict => ({ whole: false, shopId, seq, reason });
  const last = head ? BigInt(head.seq) : null;
  let seq = 0n;
  let hash = genesis;
  for (;;) {
    const rows = await portion(sql, shopId, seq, last);
    for (const row of rows) {
      const { hash: kept, ...entry } = row;
      const expected = seq + 1n;
      // A head without a row, with entries: somebody removed it.
      if (last === null) return broken(entry.seq, "there are entries, but the end of the chain is not known any more");
      if (entry.seq !== expected) return broken(expected, "this entry is missing");
      if (entry.previousHash !== hash) return broken(entry.seq, "this entry does not follow the one before it");
      if (hashOf(entry) !== kept) return broken(entry.seq, "this entry was changed");
      if (head?.verifiedSeq === String(entry.seq) && head.verifiedHash !== kept) {
        return broken(entry.seq, "up to here the entries are not those that an earlier check saw");
      }
      seq = entry.seq;
      hash = kept;
    }
    if (rows.length < atOnce) break;
  }
  if (last !== null && seq !== last) return broken(seq + 1n, "this entry is missing at the end");
  if (head && head.hash !== hash) return broken(seq, "this entry is not the one that the end of the chain names");
  if (head?.verifiedSeq && BigInt(head.verifiedSeq) > seq) {
    return broken(seq + 1n, "an earlier check saw this entry, and it is missing");
  }
  return { whole: true, shopId, seq, hash };
}

/** Checks every shop's chain, in order of their ids. */
export async function* verifyAll(sql: Pool): AsyncGenerator<Verdict> {
  const { rows } = await sql.query<{ shopId: string }>(
    `SELECT "shopId" FROM "audit_head" UNION SELECT DISTINCT "shopId" FROM "audit_entry" ORDER BY 1`,
  );
  for (const { shopId } of rows) {
    const verdict = await verifyShop(sql, shopId);
    // A shop that was erased while its chain was walked took it along.
    if (verdict.whole || (await isThere(sql, shopId))) yield verdict;
  }
}

/**
 * The nightly check: keeps what it found where the activity log and Home show it, writes the hash of each whole chain to
 * the program's log (outside the database, for whoever doubts it later), and is loud about a broken one.
 */
export async function verifyNightly(app: AppContext): Promise<{ whole: number; broken: number }> {
  const found = { whole: 0, broken: 0 };
  for await (const verdict of verifyAll(app.db.sql)) {
    await keepVerdict(app, verdict);
    found[verdict.whole ? "whole" : "broken"] += 1;
    const line = { shop: verdict.shopId, seq: verdict.seq.toString() };
    if (verdict.whole) log.info({ ...line, hash: verdict.hash }, "the audit log is whole");
    else log.error({ ...line, reason: verdict.reason }, "the audit log is broken");
  }
  return found;
}

/** Writes down what a check found. A broken chain keeps the time when that was first seen, until it is whole again. */
export async function keepVerdict(app: AppContext, verdict: Verdict): Promise<void> {
  const now = app.clock.now();
  await app.db.sql.query(
    verdict.whole
      ? `UPDATE "audit_head" SET "verifiedAt" = $2, "verifiedSeq" = $3, "verifiedHash" = $4,
           "brokenSeq" = NULL, "brokenReason" = NULL, "brokenFoundAt" = NULL WHERE "shopId" = $1`
      : `INSERT INTO "audit_head" AS h ("shopId", "seq", "hash", "brokenFoundAt", "brokenSeq", "brokenReason")
         SELECT $1::uuid, COALESCE(max("seq") + 1, 0), repeat('0', 64), $2::timestamptz, $3::bigint, $4
           FROM "audit_entry" WHERE "shopId" = $1::uuid
         ON CONFLICT ("shopId") DO UPDATE SET "brokenFoundAt" = COALESCE(h."brokenFoundAt", $2), "brokenSeq" = $3,
           "brokenReason" = $4`,
    [verdict.shopId, now, verdict.seq, verdict.whole ? verdict.hash : verdict.reason],
  );
}

async function isThere(sql: Pool, shopId: string): Promise<boolean> {
  const { rowCount } = await sql.query(`SELECT 1 FROM "shop" WHERE "id" = $1`, [shopId]);
  return rowCount === 1;
}

interface HeadRow {
  seq: string;
  hash: string;
  verifiedSeq: string | null;
  verifiedHash: string | null;
}

async function portion(
  sql: Pool,
  shopId: string,
  after: bigint,
  last: bigint | null,
): Promise<(ChainedEntry & { hash: string })[]> {
  const { rows } = await sql.query<
    Omit<ChainedEntry, "seq" | "detail"> & { seq: string; detail: object; hash: string }
  >(
    `SELECT "shopId", "seq", "at", "actorKind", "actorId", "actorName", "action", "subjectKind", "subjectId", "detail",
            "previousHash", "hash"
       FROM "audit_entry" WHERE "shopId" = $1 AND "seq" > $2 AND ($3::bigint IS NULL OR "seq" <= $3)
      ORDER BY "seq" LIMIT ${atOnce}`,
    [shopId, after.toString(), last?.toString() ?? null],
  );
  return rows.map((row) => ({ ...row, seq: BigInt(row.seq), detail: row.detail as AuditDetail }));
}
