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
 * this adds nothing: then nothing is written. Proof by the shopper is kept also between leaves that staff have merged,
 * so that it holds when staff undo theirs. Proof never joins two of Shopify's customers: that is for staff to see.
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
  if (opens && (await areTwoOfShopify(tx, shopId, [one.personId, other.personId]))) return null;
  if (opens ? one.provenId === other.provenId : one.personId === other.personId) return null;
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

async function areTwoOfShopify(tx: Transaction, shopId: string, people: string[]): Promise<boolean> {
  const found = await tx.customer.findMany({
    where: { shopId, personId: { in: people }, shopifyCustomerId: { not: null } },
    select: { personId: true },
  });
  return new Set(found.map((one) => one.personId)).size > 1;
}
