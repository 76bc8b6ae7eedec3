import type { Pool } from "pg";
import { credentialsPlace } from "~/channels/accounts";
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

/** Rows of one portion. */
const atOnce = 100;

type Row = { id: string } & Record<string, string | null>;

/** A table with sealed columns. Its `id` is unique over all shops. */
interface Sealed {
  table: string;
  fields: readonly string[];
  /** The column that a value is bound to besides the id. */
  owner: string;
  place(row: Row, field: string): string;
}

const tables: readonly Sealed[] = [
  {
    table: "session",
    fields: ["accessToken", "refreshToken"] satisfies SecretField[],
    owner: "shop",
    place: (row, field) => placeOf({ shop: row["shop"] ?? "", id: row.id }, field as SecretField),
  },
  {
    table: "channel_account",
    fields: ["credentials"],
    owner: "shopId",
    place: (row) => credentialsPlace(row["shopId"] ?? "", row.id),
  },
];

const columnsOf = ({ fields, owner }: Sealed): string =>
  [`"id"::text`, `"${owner}"::text`, ...fields.map((field) => `"${field}"`)].join(", ");

/**
 * Seals every stored credential, of sessions and of channels, with the current key that is plain or sealed with another. Needs no memory of its own:
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
    for (const each of tables) {
      const replaced = await sealTable(sql, ring, each, { total, told, ...(signal ? { signal } : {}) });
      if (replaced === null) return { ...total, stopped: true };
      moved += replaced;
    }
    // Done when nothing was replaced under our hands, or nothing more can be done.
    if (moved === 0 || total.sealed === before) return total;
  }
}

/** Once through one table. Gives how many credentials the app had replaced meanwhile; null when it was stopped. */
async function sealTable(
  sql: Pool,
  ring: KeyRing,
  each: Sealed,
  { total, told, signal }: { total: Rotated; told: (sealed: number) => void; signal?: AbortSignal },
): Promise<number | null> {
  let moved = 0;
  const isDue = each.fields.map((field) => `("${field}" <> '' AND NOT starts_with("${field}", $2))`).join(" OR ");
  for (let after = ""; ; ) {
    if (signal?.aborted) return null;
    const { rows } = await sql.query<Row>(
      `SELECT ${columnsOf(each)} FROM "${each.table}" WHERE "id"::text > $1 AND (${isDue})
        ORDER BY "id"::text LIMIT ${atOnce}`,
      [after, `sealed:1:${ring.current}:`],
    );
    for (const row of rows) moved += await sealRow(sql, ring, each, row, total);
    if (rows.length > 0) told(total.sealed);
    if (rows.length < atOnce) return moved;
    after = rows.at(-1)?.id ?? after;
  }
}

/** Gives how many credentials of the row the app had replaced meanwhile. */
async function sealRow(sql: Pool, ring: KeyRing, each: Sealed, row: Row, total: Rotated): Promise<number> {
  let moved = 0;
  for (const field of each.fields) {
    const old = row[field];
    if (!old || sealedWith(old) === ring.current) continue;
    try {
      const place = each.place(row, field);
      const fresh = seal(ring, opened(ring, old, place), place);
      const { rowCount } = await sql.query(
        `UPDATE "${each.table}" SET "${field}" = $3 WHERE "id"::text = $1 AND "${field}" = $2`,
        [row.id, old, fresh],
      );
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
  for (const each of tables) {
    for (const field of each.fields) {
      const { rows } = await sql.query<Row>(
        `SELECT DISTINCT ON (split_part("${field}", ':', 3)) ${columnsOf(each)}
           FROM "${each.table}" WHERE starts_with("${field}", 'sealed:1:') ORDER BY split_part("${field}", ':', 3), "id"`,
      );
      for (const row of rows) opened(ring, row[field] ?? "", each.place(row, field));
    }
  }
}
