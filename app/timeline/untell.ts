import type { EntryKey } from "./catalogue";
import { run, type Teller } from "./teller";

/** Takes single entries back: what they told never was, or is told elsewhere now. Harmless when repeated. */
export async function untell(tx: Teller, shopId: string, entries: readonly EntryKey[]): Promise<number> {
  if (entries.length === 0) return 0;
  return run(
    tx,
    `DELETE FROM "timeline_entry" t
      USING unnest($2::uuid[], $3::timestamptz[], $4::uuid[]) AS g("subjectId", "at", "id")
      WHERE t."shopId" = $1::uuid AND t."subjectId" = g."subjectId" AND t."at" = g."at" AND t."id" = g."id"`,
    [
      shopId,
      entries.map((entry) => entry.subjectId),
      entries.map((entry) => entry.at.toISOString()),
      entries.map((entry) => entry.id),
    ],
  );
}

/** Removes the whole story of these subjects, as an erasure does. Answers how many entries went. */
export async function untellSubjects(tx: Teller, shopId: string, subjectIds: readonly string[]): Promise<number> {
  if (subjectIds.length === 0) return 0;
  return run(tx, `DELETE FROM "timeline_entry" WHERE "shopId" = $1::uuid AND "subjectId" = ANY($2::uuid[])`, [
    shopId,
    subjectIds,
  ]);
}
