import { audit } from "~/audit/audit";
import type { Context, StaffActor } from "~/context";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { NotFound } from "~/http/errors";
import { isId } from "~/platform/ids";
import { lockPeople } from "./settle";

/** Ends a link between two people; the row stays. Ended already: the same result. Throws NotFound. */
export async function unlink(ctx: Context<StaffActor>, linkId: string): Promise<void> {
  const shopId = ctx.shop.id;
  await change(ctx, async (tx) => {
    await lockPeople(tx, shopId);
    const where = { shopId_id: { shopId, id: linkId } };
    const known = isId(linkId) ? await tx.customerLink.findUnique({ where }) : null;
    if (!known) throw new NotFound("This link");
    if (known.endedAt) return;
    await tx.customerLink.update({ where, data: { endedAt: ctx.clock.now() } });
    const { fromId, toId, kind } = known;
    await record(tx, ctx, "customer.unlinked", { linkId, otherId: toId, relation: kind }, { customerId: fromId });
    const detail = { linkId, otherId: toId, kind };
    await audit(tx, ctx, { action: "customer.unlinked", subjectKind: "customer", subjectId: fromId, detail });
  });
}
