import { audit } from "~/audit/audit";
import type { Context, StaffActor } from "~/context";
import { change } from "~/events/change";
import { Invalid, Problem } from "~/http/errors";
import { join } from "./join";
import { membersOf } from "./members";
import { contradictionsBetween } from "./merging/preview";
import { lockPeople } from "./settle";

export interface Merged {
  /** The leaf that stands for the person now. */
  personId: string;
  /** The row of the ledger, to undo it; null when they were one person already. */
  mergeId: string | null;
}

/** Something speaks against it that the member of staff has not been shown: 409. */
export class Contradicted extends Problem {
  constructor() {
    super(409, "contradicted", "Something speaks against this that was not there before. Read it before you merge.");
  }
}

/**
 * A member of staff says that two people are one. Nothing moves, and nothing opens to either of them. `seen` names the
 * contradictions that were on the screen. Already one person: the same result, and nothing is written. Throws NotFound,
 * Invalid for a person and themselves, and Contradicted.
 */
export async function merge(
  ctx: Context<StaffActor>,
  input: { customerId: string; otherId: string; seen: readonly string[]; reason?: string | null },
): Promise<Merged> {
  if (input.customerId === input.otherId) throw itself();
  return change(ctx, async (tx) => {
    await lockPeople(tx, ctx.shop.id);
    const one = await membersOf(tx, ctx.shop.id, input.customerId);
    const other = await membersOf(tx, ctx.shop.id, input.otherId);
    if (one.personId === other.personId) return { personId: one.personId, mergeId: null };
    const against = await contradictionsBetween(tx, ctx.shop.id, one, other);
    if (against.some(({ key }) => !input.seen.includes(key))) throw new Contradicted();
    const reason = input.reason?.trim().slice(0, 500) || null;
    const ends = { fromId: other.personId, intoId: one.personId };
    const mergeId = await join(tx, ctx, { ...ends, evidence: "staff", reason });
    const { personId } = await membersOf(tx, ctx.shop.id, one.personId);
    await audit(tx, ctx, {
      action: "customer.merged",
      subjectKind: "customer",
      subjectId: one.personId,
      detail: { mergeId, otherId: other.personId, against: against.map(({ key }) => key) },
    });
    return { personId, mergeId };
  });
}

export function itself(): Invalid {
  return new Invalid([{ field: "otherId", message: "Choose another person than this one." }]);
}
