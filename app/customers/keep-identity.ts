import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { newId } from "~/platform/ids";
import { betterGrade, type Grade } from "./grades";
import type { Identifier } from "./normalise";

/**
 * Keeps that an identifier belongs to a leaf, and how that is known. A better grade than before takes its place with its
 * proof; a lesser one changes only when it was last seen. Answers whether anything is known now that was not.
 */
export async function keepIdentity(
  tx: Transaction,
  ctx: Context,
  customerId: string,
  identifier: Identifier,
  known: { grade: Grade; proof: string },
): Promise<boolean> {
  const now = ctx.clock.now();
  const key = { shopId: ctx.shop.id, customerId, ...identifier };
  const before = await tx.identity.findUnique({ where: { shopId_customerId_kind_value: key } });
  if (!before) {
    await tx.identity.create({ data: { ...key, id: newId(now), ...known, firstSeenAt: now, lastSeenAt: now } });
    return true;
  }
  const better = before.grade !== known.grade && betterGrade(before.grade, known.grade) === known.grade;
  await tx.identity.update({
    where: { shopId_id: { shopId: ctx.shop.id, id: before.id } },
    data: { lastSeenAt: now, ...(better ? known : {}) },
  });
  return better;
}
