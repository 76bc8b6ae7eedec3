import { audit } from "~/audit/audit";
import type { Context, StaffActor } from "~/context";
import { change } from "~/events/change";
import { membersOf } from "./members";
import { itself } from "./merge";
import { lockPeople } from "./settle";

/**
 * "Not the same": remembered for every leaf of the one with every leaf of the other, so that it is never asked again, also
 * not after either is merged or taken apart. Harmless when repeated. Throws NotFound.
 */
export async function dismissSuggestion(
  ctx: Context<StaffActor>,
  input: { customerId: string; otherId: string },
): Promise<void> {
  await change(ctx, async (tx) => {
    const shopId = ctx.shop.id;
    await lockPeople(tx, shopId);
    const one = await membersOf(tx, shopId, input.customerId);
    const other = await membersOf(tx, shopId, input.otherId);
    if (one.personId === other.personId) throw itself();
    const at = ctx.clock.now();
    const pairs = one.customerIds.flatMap((mine) =>
      other.customerIds.map((theirs) => (mine < theirs ? [mine, theirs] : [theirs, mine])),
    );
    const { count } = await tx.customerApart.createMany({
      data: pairs.map(([lowId = "", highId = ""]) => ({ shopId, lowId, highId, staffId: ctx.actor.id, at })),
      skipDuplicates: true,
    });
    if (count === 0) return;
    await audit(tx, ctx, {
      action: "customer.kept-apart",
      subjectKind: "customer",
      subjectId: one.personId,
      detail: { otherId: other.personId },
    });
  });
}
