import { provenMembers } from "~/customers/members";
import type { Transaction } from "~/db.server";

/** So long after an e-mailed code was confirmed in a browser, it still opens the person's chats there: 30 days. */
export const confirmedForMilliseconds = 30 * 86_400_000;

/** The browser's row, as far as it says who is proven to be behind it. */
export interface ProofOfVisitor {
  customerId: string | null;
  signedInAs: string | null;
  confirmedAt: Date | null;
}

/** The customer whom this browser is proven to be at `now`: signed in, or an e-mailed code confirmed lately. */
export function provenCustomer(visitor: ProofOfVisitor, now: Date): string | null {
  const confirmed = visitor.confirmedAt !== null && !hasLapsed(visitor, now);
  return visitor.signedInAs !== null || confirmed ? visitor.customerId : null;
}

/**
 * Whether a code was confirmed here and is too long ago: whoever sits there now may be somebody else, so this visitor reads
 * and writes nothing more. Its tokens are void, and the browser's next session is a new visitor.
 */
export function hasLapsed(visitor: Omit<ProofOfVisitor, "customerId">, now: Date): boolean {
  const { signedInAs, confirmedAt } = visitor;
  if (signedInAs !== null || confirmedAt === null) return false;
  return now.getTime() - confirmedAt.getTime() >= confirmedForMilliseconds;
}

/** What an actor of this browser has: the proven customer, and the other leaves that are proven to be the same person. */
export async function proofOf(
  prisma: Pick<Transaction, "customer">,
  shopId: string,
  visitor: ProofOfVisitor,
  now: Date,
): Promise<{ customerId: string | null; alsoProven: string[] }> {
  const customerId = provenCustomer(visitor, now);
  if (!customerId) return { customerId: null, alsoProven: [] };
  const leaves = await provenMembers(prisma, shopId, customerId);
  return { customerId, alsoProven: leaves.filter((id) => id !== customerId) };
}
