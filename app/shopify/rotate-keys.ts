import type { Pool } from "pg";
import { type KeyRing, SealError, seal, sealedWith } from "~/platform/crypto";
import { opened, placeOf, type SecretField } from "./sealed-sessions";

/** What a rotation did, in stored credentials. */
export interface Rotated {
  /** Sealed with the current key now. */
  sealed: number;
  /** Cannot be opened with any key of the ring; they stand as they were. */
  failed: number;
  /** Why the first of those failed. */
  reason: string | null;
  /** Whether it was stopped before its end. */
  stopped: boolean;
}

/** Sessions of one portion. */
const atOnce = 100;
const fields = ["accessToken", "refreshToken"] as const satisfies SecretField[];

type Row = { id: string; shop: string } & Record<SecretField, string | null>;

/**
 * Seals every stored credential with the current key that is plain or sealed with another. Needs no memory of its own:
 * a credential is done or not by what stands in it, so it may be stopped or killed anywhere and started again. Beside a
 * running app it is safe, because a value is replaced only while it is still the one that was read; one that the app has
 * just stored is met again in the next turn.
 *
 * @param signal stops it between two portions.
 * @param told hears the count so far, after each portion.
 */
export async function rotateKeys(
  sql: Pool,
  ring: KeyRing,
  signal?: AbortSignal,
  told: (sealed: number) => void = () => undefined,
): Promise<Rotated> {
  const total: Rotated = { sealed: 0, failed: 0, reason: null, stopped: false };
  for (;;) {
    const before = total.sealed;
    // Whatever failed in the turn before is met again, and counted once.
    total.failed = 0;
    total.reason = null;
    let moved = 0;
    let after = "";
    for (;;) {
      if (signal?.aborted) return { ...total, stopped: true };
      const { rows } = await sql.query<Row>(
        `SELECT "id", "shop", "accessToken", "refreshToken" FROM "session"
          WHERE "id" > $1 AND (("accessToken" <> '' AND NOT starts_with("accessToken", $2))
             OR ("refreshToken" <> '' AND NOT starts_with("refreshToken", $2)))
          ORDER BY "id" LIMIT ${atOnce}`,
        [after, `sealed:1:${ring.current}:`],
      );
      for (const row of rows) moved += await sealRow(sql, ring, row, total);
      if (rows.length > 0) told(total.sealed);
      if (rows.length < atOnce) break;
      after = rows.at(-1)?.id ?? after;
    }
    // Done when nothing was replaced under our hands, or nothing more can be done.
    if (moved === 0 || total.sealed === before) return total;
  }
}

/** Gives how many credentials of the row the app had replaced meanwhile. */
async function sealRow(sql: Pool, ring: KeyRing, row: Row, total: Rotated): Promise<number> {
  let moved = 0;
  for (const field of fields) {
    const old = row[field];
    if (!old || sealedWith(old) === ring.current) continue;
    try {
      const place = placeOf(row, field);
      const fresh = seal(ring, opened(ring, old, place), place);
      const { rowCount } = await sql.query(`UPDATE "session" SET "${field}" = $3 WHERE "id" = $1 AND "${field}" = $2`, [
        row.id,
        old,
        fresh,
      ]);
      if (rowCount) total.sealed += 1;
      else moved += 1;
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      total.failed += 1;
      total.reason ??= error.message;
    }
  }
  return moved;
}

/**
 * Throws SealError when one of the stored credentials cannot be opened, so that an app with a wrong key says so when it
 * starts and not at a merchant's first click. One of each key is tried.
 */
export async function checkKeys(sql: Pool, ring: KeyRing): Promise<void> {
  for (const field of fields) {
    const { rows } = await sql.query<Row>(
      `SELECT DISTINCT ON (split_part("${field}", ':', 3)) "id", "shop", "accessToken", "refreshToken"
         FROM "session" WHERE starts_with("${field}", 'sealed:1:') ORDER BY split_part("${field}", ':', 3), "id"`,
    );
    for (const row of rows) opened(ring, row[field] ?? "", placeOf(row, field));
  }
}
