import { audit } from "~/audit/audit";
import type { Context, StaffActor } from "~/context";
import type { Transaction } from "~/db.server";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { Invalid, NotFound } from "~/http/errors";
import { isId } from "~/platform/ids";
import { endVisitor } from "~/visitors/begin";
import { splitBetween } from "./merging/split";
import { lockPeople, settle } from "./settle";

/**
 * Strikes a row of the ledger: the two sides are two people again, unless another row still holds them together. Nothing
 * has to be put back. A conversation in which both wrote becomes one for each. Undone already: the same result. Throws
 * NotFound, and Invalid for what Shopify merged, which stays merged there.
 */
export async function unmerge(ctx: Context<StaffActor>, mergeId: string): Promise<{ apart: boolean }> {
  const shopId = ctx.shop.id;
  return change(ctx, async (tx) => {
    await lockPeople(tx, shopId);
    const where = { shopId_id: { shopId, id: mergeId } };
    const row = isId(mergeId) ? await tx.customerMerge.findUnique({ where }) : null;
    if (!row) throw new NotFound("This merge");
    const { fromId, intoId, evidence, opens } = row;
    const people = async (): Promise<{ id: string; personId: string }[]> =>
      tx.customer.findMany({ where: { shopId, id: { in: [fromId, intoId] } }, select: { id: true, personId: true } });
    if (row.undoneAt === null) {
      if (evidence === "shopify") {
        const message = "Shopify has merged these two customers, which cannot be undone.";
        throw new Invalid([{ field: "mergeId", message }]);
      }
      const [before] = await people();
      const members = await tx.customer.findMany({
        where: { shopId, personId: before?.personId ?? intoId },
        select: { id: true },
      });
      await tx.customerMerge.update({ where, data: { undoneAt: ctx.clock.now(), undoneById: ctx.actor.id } });
      const leaves = members.map((one) => one.id);
      await settle(tx, ctx, [...leaves, fromId, intoId]);
      await splitBetween(tx, ctx, { leafIds: leaves, since: row.at });
      if (opens) await endMixedBrowsers(tx, ctx, [...leaves, fromId, intoId]);
      await record(tx, ctx, "customer.unmerged", { mergeId, otherId: fromId, evidence, opens }, { customerId: intoId });
      await audit(tx, ctx, {
        action: "customer.unmerged",
        subjectKind: "customer",
        subjectId: intoId,
        detail: { mergeId, otherId: fromId },
      });
    }
    return { apart: new Set((await people()).map((one) => one.personId)).size > 1 };
  });
}

/**
 * A browser whose chats are not all its own person's any more would go on opening the other's: it is over, and begins
 * anew as whoever proves to be there.
 */
async function endMixedBrowsers(tx: Transaction, ctx: Context, leafIds: readonly string[]): Promise<void> {
  const mixed = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT v."id" FROM "visitor" v
      JOIN "customer" mine ON mine."shopId" = v."shopId" AND mine."id" = v."customerId"
      JOIN "conversation" c ON c."shopId" = v."shopId" AND c."visitorId" = v."id"
      JOIN "customer" theirs ON theirs."shopId" = c."shopId" AND theirs."id" = c."customerId"
     WHERE v."shopId" = ${ctx.shop.id}::uuid AND v."customerId" = ANY (${[...leafIds]}::uuid[])
       AND theirs."provenId" <> mine."provenId" ORDER BY v."id"`;
  for (const { id } of mixed) await endVisitor(tx, ctx, id);
}
