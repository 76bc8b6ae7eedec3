import { erasedBy, type Named, type Stone } from "~/privacy/tombstones";
import { type Keeper, rowsOf } from "./speak";

/** Which of these records are of a person who was erased, in their order. Costs nothing in a shop that erased nobody. */
export async function erasedOf(tx: Keeper, shopId: string, people: readonly Named[]): Promise<boolean[]> {
  const any = await rowsOf(tx, `SELECT 1 AS "any" FROM "tombstone" WHERE "shopId" = $1::uuid LIMIT 1`, [shopId]);
  if (any.length === 0) return people.map(() => false);
  return erasedBy(shopId, people, (hashes) =>
    rowsOf<Stone>(
      tx,
      `SELECT "hash", "erasedAt", "returnedAt" FROM "tombstone" WHERE "shopId" = $1::uuid AND "hash" = ANY($2::text[])`,
      [shopId, hashes],
    ),
  );
}
