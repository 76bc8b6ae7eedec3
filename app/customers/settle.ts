import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { record } from "~/events/record";
import { decidePeople, type Edge, type LeafNow } from "./merging/decide-people";

/**
 * One at a time in a shop changes who is one person, until the transaction ends: what two agents do at once comes out as
 * if one had been first. Take it before any lock on a customer or a conversation.
 */
export async function lockPeople(tx: Transaction, shopId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`people ${shopId}`}, 0))`;
}

/**
 * Writes into the leaves what the ledger says: who stands for whom, and for the shopper's own eyes the same over what the
 * shopper has proven. Over all leaves that hang together with these, now or until now. Call it under `lockPeople`.
 */
export async function settle(tx: Transaction, ctx: Context, leafIds: readonly string[]): Promise<void> {
  const shopId = ctx.shop.id;
  const { leaves, edges } = await gather(tx, shopId, leafIds);
  const people = decidePeople(leaves, edges);
  const proven = decidePeople(
    leaves,
    edges.filter((edge) => edge.opens),
  );
  for (const leaf of leaves) {
    const next = { personId: people.get(leaf.id) as string, provenId: proven.get(leaf.id) as string };
    if (next.personId === leaf.personId && next.provenId === leaf.provenId) continue;
    await tx.customer.update({
      where: { shopId_id: { shopId, id: leaf.id } },
      data: {
        mergedIntoId: next.personId === leaf.id ? null : next.personId,
        provenWithId: next.provenId === leaf.id ? null : next.provenId,
      },
      select: { id: true },
    });
  }
}

/** The leaves that stand together with these, and the rows of the ledger between them. */
async function gather(
  tx: Transaction,
  shopId: string,
  leafIds: readonly string[],
): Promise<{ leaves: (LeafNow & { personId: string; provenId: string })[]; edges: Edge[] }> {
  const ids = new Set(leafIds);
  for (let before = -1; before !== ids.size; ) {
    before = ids.size;
    const list = [...ids];
    const rows = await tx.$queryRaw<{ id: string }[]>`
      SELECT "id" FROM "customer" WHERE "shopId" = ${shopId}::uuid AND "personId" IN (
        SELECT "personId" FROM "customer" WHERE "shopId" = ${shopId}::uuid AND "id" = ANY (${list}::uuid[]))
      UNION SELECT "intoId" FROM "customer_merge"
       WHERE "shopId" = ${shopId}::uuid AND "undoneAt" IS NULL AND "fromId" = ANY (${list}::uuid[])
      UNION SELECT "fromId" FROM "customer_merge"
       WHERE "shopId" = ${shopId}::uuid AND "undoneAt" IS NULL AND "intoId" = ANY (${list}::uuid[])`;
    for (const { id } of rows) ids.add(id);
  }
  const list = [...ids];
  const [leaves, edges] = [
    await tx.customer.findMany({
      where: { shopId, id: { in: list } },
      select: { id: true, shopifyCustomerId: true, createdAt: true, personId: true, provenId: true },
    }),
    await tx.customerMerge.findMany({
      where: { shopId, undoneAt: null, fromId: { in: list } },
      select: { fromId: true, intoId: true, evidence: true, opens: true },
    }),
  ];
  return { leaves, edges };
}

/**
 * Takes leaves that are about to be erased out of their people: the others stand for themselves or for each other. The
 * rows of the ledger that name them go.
 */
export async function leavePeople(tx: Transaction, ctx: Context, leafIds: readonly string[]): Promise<void> {
  const shopId = ctx.shop.id;
  if (leafIds.length === 0) return;
  await lockPeople(tx, shopId);
  const ids = [...leafIds];
  const others = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "customer"
     WHERE "shopId" = ${shopId}::uuid AND NOT "id" = ANY (${ids}::uuid[]) AND "personId" IN (
       SELECT "personId" FROM "customer" WHERE "shopId" = ${shopId}::uuid AND "id" = ANY (${ids}::uuid[]))`;
  await tx.customerMerge.deleteMany({ where: { shopId, OR: [{ fromId: { in: ids } }, { intoId: { in: ids } }] } });
  await settle(tx, ctx, [...ids, ...others.map((one) => one.id)]);
  // Their open pages hear of their own chats only from now on.
  for (const { id } of others) await record(tx, ctx, "customer.parted", {}, { customerId: id });
}
