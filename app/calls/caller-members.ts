import type { Call } from "@prisma/client";
import { type Members, membersOf } from "~/customers/members";
import type { Transaction } from "~/db.server";
import { NotFound } from "~/http/errors";

/**
 * Whose story is told of a call: of whoever it probably is, else of whoever calls. Nothing holds on to who it probably is:
 * once they are erased, the caller stands for themselves. `probably` says which of the two it is. Throws NotFound.
 */
export async function callerMembers(
  prisma: Pick<Transaction, "customer">,
  { shopId, customerId, probablyId }: Pick<Call, "shopId" | "customerId" | "probablyId">,
): Promise<Members & { probably: boolean }> {
  const mine = await membersOf(prisma, shopId, customerId);
  if (!probablyId) return { ...mine, probably: false };
  try {
    const theirs = await membersOf(prisma, shopId, probablyId);
    // Staff have merged the two since: it is them.
    return { ...theirs, probably: theirs.personId !== mine.personId };
  } catch (error) {
    if (error instanceof NotFound) return { ...mine, probably: false };
    throw error;
  }
}
