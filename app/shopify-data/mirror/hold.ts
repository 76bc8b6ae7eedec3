import type { Kind } from "../kinds";
import { type Keeper, rowsOf } from "./speak";

/**
 * Makes this transaction the only one that keeps records of these kinds in this shop, until it ends: who compares with what is there
 * must not be overtaken between the look and the write. Kinds are held in the order of their names, whoever asks. Answers false when
 * the shop is not there any more, and holds it there otherwise: an erasure waits for the end of this transaction.
 */
export async function hold(tx: Keeper, shopId: string, ...kinds: Kind[]): Promise<boolean> {
  for (const kind of [...new Set(kinds)].sort()) {
    const held = await rowsOf(
      tx,
      `SELECT pg_advisory_xact_lock(hashtextextended($2, 0))::text AS "held"
         FROM (SELECT 1 FROM "shop" WHERE "id" = $1::uuid FOR KEY SHARE) AS shop`,
      [shopId, `keep ${kind} ${shopId}`],
    );
    if (held.length === 0) return false;
  }
  return true;
}
