import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { newId } from "~/platform/ids";
import { betterGrade, type Grade, grades } from "./grades";
import type { Identifier } from "./normalise";

/**
 * Keeps that an identifier belongs to a leaf, and how that is known. A better grade than before takes its place with its
 * proof; a lesser one changes only when it was last seen. Answers whether anything is known now that was not.
 */
export async function keepIdentity(
  tx: Transaction,
  ctx: Context,
  customerId: string,
  { kind, value }: Identifier,
  known: { grade: Grade; proof: string },
): Promise<boolean> {
  const now = ctx.clock.now();
  const shopId = ctx.shop.id;
  const lesser = grades.slice(0, grades.indexOf(known.grade));
  const [row] = await tx.$queryRaw<{ before: string | null }[]>`
    WITH before AS (
      SELECT "grade" FROM "identity"
       WHERE "shopId" = ${shopId}::uuid AND "customerId" = ${customerId}::uuid AND "kind" = ${kind} AND "value" = ${value}
    ), kept AS (
      INSERT INTO "identity" AS i ("shopId", "id", "customerId", "kind", "value", "grade", "proof", "firstSeenAt", "lastSeenAt")
      VALUES (${shopId}::uuid, ${newId(now)}::uuid, ${customerId}::uuid, ${kind}, ${value}, ${known.grade}, ${known.proof},
              ${now}::timestamptz, ${now}::timestamptz)
      ON CONFLICT ("shopId", "customerId", "kind", "value") DO UPDATE
         SET "lastSeenAt" = EXCLUDED."lastSeenAt",
             "proof" = CASE WHEN i."grade" = ANY (${lesser}::text[]) THEN EXCLUDED."proof" ELSE i."proof" END,
             "grade" = CASE WHEN i."grade" = ANY (${lesser}::text[]) THEN EXCLUDED."grade" ELSE i."grade" END
    )
    SELECT (SELECT "grade" FROM before) AS "before"`;
  const before = row?.before ?? null;
  return before === null || (before !== known.grade && betterGrade(before, known.grade) === known.grade);
}
