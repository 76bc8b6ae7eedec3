import type { EntryKey, Told } from "./catalogue";
import { run, type Teller } from "./teller";
import { untell } from "./untell";

/** Rows of one statement: beyond this the arrays cost more than another trip. */
const atOnce = 2_000;

/**
 * Writes entries of the shop to the story, in one statement for any number up to 2,000. One that is there already
 * is changed when it says something else now, and left alone when it does not. Of two with the same key the last counts.
 */
export async function tell(tx: Teller, shopId: string, entries: readonly Told[]): Promise<void> {
  // Rows are locked in the order of their keys by everybody, so two statements never wait for each other.
  const sorted = [...new Map(entries.map((entry) => [keyOf(entry), entry]))].sort(([one], [other]) =>
    one < other ? -1 : 1,
  );
  for (let from = 0; from < sorted.length; from += atOnce) {
    const some = sorted.slice(from, from + atOnce).map(([, entry]) => entry);
    await run(tx, tellStatement, [
      shopId,
      some.map((entry) => entry.subjectId),
      some.map((entry) => entry.at.toISOString()),
      some.map((entry) => entry.id),
      some.map((entry) => entry.kind),
      some.map((entry) => entry.ref ?? ""),
      some.map((entry) => JSON.stringify(entry.data)),
    ]);
  }
}

/**
 * Puts what a record says now in place of what it said before: entries that it no longer makes go (another time, another
 * customer), the others are told. Both sides from the same pure function over the old and the new record.
 */
export async function retell(
  tx: Teller,
  shopId: string,
  before: readonly EntryKey[],
  now: readonly Told[],
): Promise<void> {
  const kept = new Set(now.map(keyOf));
  await untell(
    tx,
    shopId,
    before.filter((entry) => !kept.has(keyOf(entry))),
  );
  await tell(tx, shopId, now);
}

const tellStatement = `
  INSERT INTO "timeline_entry" AS t ("shopId", "subjectId", "at", "id", "kind", "ref", "data")
  SELECT $1::uuid, g."subjectId", g."at", g."id", g."kind", NULLIF(g."ref", ''), g."data"::jsonb
    FROM unnest($2::uuid[], $3::timestamptz[], $4::uuid[], $5::text[], $6::text[], $7::text[])
      AS g("subjectId", "at", "id", "kind", "ref", "data")
  ON CONFLICT ("shopId", "subjectId", "at", "id") DO UPDATE
     SET "kind" = EXCLUDED."kind", "ref" = EXCLUDED."ref", "data" = EXCLUDED."data"
   WHERE (t."kind", t."ref", t."data") IS DISTINCT FROM (EXCLUDED."kind", EXCLUDED."ref", EXCLUDED."data")`;

function keyOf(entry: EntryKey): string {
  return `${entry.subjectId} ${entry.at.toISOString()} ${entry.id}`;
}
