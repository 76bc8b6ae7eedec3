import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { actorId, record } from "~/events/record";
import { newId } from "~/platform/ids";
import { lockPeople, settle } from "./settle";

/** What a row of the ledger rests on. */
export type Evidence = "staff" | "signed-in" | "emailed-code" | "shopify";

/** What the shopper has shown themselves opens their chats to them; what others say does not. */
const opening: ReadonlySet<Evidence> = new Set<Evidence>(["signed-in", "emailed-code"]);

/**
 * Enters into the ledger that two leaves are one person, in a transaction under way. Null when that was so already and
 * this adds nothing: then nothing is written. Proof by the shopper, and what Shopify did, is entered also between leaves
 * that staff have merged, so that it holds when staff undo theirs. Proof never joins two of Shopify's customers: that is for staff to see.
 */
export async function join(
  tx: Transaction,
  ctx: Context,
  input: { fromId: string; intoId: string; evidence: Evidence; reason?: string | null },
): Promise<string | null> {
  const shopId = ctx.shop.id;
  const { fromId, intoId, evidence } = input;
  if (fromId === intoId) return null;
  await lockPeople(tx, shopId);
  const found = await tx.customer.findMany({
    where: { shopId, id: { in: [fromId, intoId] } },
    select: { personId: true, provenId: true },
  });
  const [one, other] = found;
  if (!one || !other) return null;
  const opens = opening.has(evidence);
  if (opens && (await areTwoOfShopify(tx, shopId, [one.provenId, other.provenId]))) return null;
  const isKnown = opens
    ? one.provenId === other.provenId
    : evidence === "shopify"
      ? await isEntered(tx, shopId, { fromId, intoId, evidence })
      : one.personId === other.personId;
  if (isKnown) return null;
  const now = ctx.clock.now();
  const { id } = await tx.customerMerge.create({
    data: {
      shopId,
      id: newId(now),
      fromId,
      intoId,
      evidence,
      opens,
      reason: input.reason ?? null,
      at: now,
      actor: ctx.actor.kind,
      actorId: actorId(ctx.actor),
    },
    select: { id: true },
  });
  await settle(tx, ctx, [fromId, intoId]);
  await record(tx, ctx, "customer.merged", { mergeId: id, otherId: fromId, evidence, opens }, { customerId: intoId });
  return id;
}

/** Whether both are proven to be a customer of Shopify's. What staff have merged does not count: it may be undone. */
async function areTwoOfShopify(tx: Transaction, shopId: string, proven: string[]): Promise<boolean> {
  const found = await tx.customer.findMany({
    where: { shopId, provenId: { in: proven }, shopifyCustomerId: { not: null } },
    select: { provenId: true },
  });
  return new Set(found.map((one) => one.provenId)).size > 1;
}

async function isEntered(
  tx: Transaction,
  shopId: string,
  row: { fromId: string; intoId: string; evidence: Evidence },
): Promise<boolean> {
  return (await tx.customerMerge.count({ where: { shopId, ...row, undoneAt: null } })) > 0;
}
