import { audit } from "~/audit/audit";
import type { Context, StaffActor } from "~/context";
import { membersOf } from "~/customers/members";
import { change } from "~/events/change";
import { check, keepFor, type Recorded } from "./give";

/**
 * A member of staff records that a person no longer allows something. It holds from this moment, for all leaves of the
 * person: whatever is still in a queue asks `mayContact` when its turn comes. Following what they look at ends in all
 * their browsers. Throws Invalid and NotFound.
 */
export async function withdrawConsent(ctx: Context<StaffActor>, input: Recorded): Promise<void> {
  const said = check(input);
  const shopId = ctx.shop.id;
  await change(ctx, async (tx) => {
    const { personId, customerIds } = await membersOf(tx, shopId, input.customerId);
    await keepFor(tx, ctx, customerIds, { ...said, state: "withdrawn" });
    if (said.purpose === "tracking") {
      await tx.visitor.updateMany({
        where: { shopId, customerId: { in: customerIds } },
        data: { trackingAllowed: false, pageUrl: null, pageTitle: null, countryCode: null },
      });
    }
    const detail = { channel: said.channel, purpose: said.purpose };
    await audit(tx, ctx, { action: "consent.withdrawn", subjectKind: "customer", subjectId: personId, detail });
  });
}
