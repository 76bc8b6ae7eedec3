import { audit } from "~/audit/audit";
import type { Context, StaffActor } from "~/context";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { Invalid } from "~/http/errors";
import { newId } from "~/platform/ids";
import { isLinkKind } from "./link-kinds";
import { membersOf } from "./members";
import { itself } from "./merge";
import { lockPeople } from "./settle";

/**
 * Says that two people belong together and stay two: `kind` is what `customerId` is to `otherId`. Said already: the same
 * result. Throws NotFound, and Invalid for one person and themselves.
 */
export async function link(
  ctx: Context<StaffActor>,
  input: { customerId: string; otherId: string; kind: string },
): Promise<{ linkId: string }> {
  const { kind } = input;
  if (!isLinkKind(kind)) throw new Invalid([{ field: "kind", message: "Choose how they belong together." }]);
  return change(ctx, async (tx) => {
    const shopId = ctx.shop.id;
    await lockPeople(tx, shopId);
    const [one, other] = [await membersOf(tx, shopId, input.customerId), await membersOf(tx, shopId, input.otherId)];
    if (one.personId === other.personId) throw itself();
    // Which end is which says nothing of a household or of colleagues.
    const isMutual = kind === "household" || kind === "colleague";
    const ends = [{ fromId: { in: one.customerIds }, toId: { in: other.customerIds } }];
    if (isMutual) ends.push({ fromId: { in: other.customerIds }, toId: { in: one.customerIds } });
    const known = await tx.customerLink.findFirst({ where: { shopId, kind, endedAt: null, OR: ends } });
    if (known) return { linkId: known.id };
    const now = ctx.clock.now();
    const { id } = await tx.customerLink.create({
      data: {
        shopId,
        id: newId(now),
        fromId: one.personId,
        toId: other.personId,
        kind,
        staffId: ctx.actor.id,
        at: now,
      },
    });
    await record(
      tx,
      ctx,
      "customer.linked",
      { linkId: id, otherId: other.personId, relation: kind },
      { customerId: one.personId },
    );
    const detail = { linkId: id, otherId: other.personId, kind };
    await audit(tx, ctx, { action: "customer.linked", subjectKind: "customer", subjectId: one.personId, detail });
    return { linkId: id };
  });
}
