import type { Conversation } from "@prisma/client";
import type { Entry } from "~/conversations/splitting/entry";
import type { Transaction } from "~/db.server";
import { type Part, partAt } from "./decide-split";

/** A part, and the conversation that it is now. */
export interface MovedPart extends Part {
  conversationId: string;
}

/**
 * What hangs on a conversation besides its messages goes with whom it belongs to: the rating with who gave it, and a draft
 * order, with the sale that it became, with whom staff were answering when they made it. Their story goes along.
 */
export async function moveAlong(
  tx: Transaction,
  from: Conversation,
  split: { entries: readonly Entry[]; parts: readonly MovedPart[]; personOf: (leafId: string) => string },
): Promise<void> {
  const { shopId } = from;
  const rating = await tx.rating.findUnique({ where: { shopId_conversationId: { shopId, conversationId: from.id } } });
  const raters = rating && partAt(from, split, rating);
  if (raters) {
    await tx.rating.update({
      where: { shopId_conversationId: { shopId, conversationId: from.id } },
      data: { conversationId: raters.conversationId },
    });
    await tx.$executeRaw`
      UPDATE "timeline_entry" SET "subjectId" = ${raters.customerId}::uuid, "ref" = ${raters.conversationId}
       WHERE "shopId" = ${shopId}::uuid AND "subjectId" = ${from.customerId}::uuid AND "kind" = 'conversation.rated'
         AND "ref" = ${from.id} AND "at" >= ${raters.entries[0]?.at ?? rating.at}`;
  }
  const drafts = await tx.draftOrder.findMany({
    where: { shopId, conversationId: from.id },
    select: { id: true, createdAt: true },
  });
  for (const { id, createdAt } of drafts) {
    const part = partAt(from, split, { at: createdAt });
    if (!part) continue;
    const data = { conversationId: part.conversationId };
    await tx.draftOrder.update({ where: { shopId_id: { shopId, id } }, data });
    await tx.sale.updateMany({ where: { shopId, conversationId: from.id, draftOrderId: id }, data });
    await tx.$executeRaw`
      UPDATE "timeline_entry" SET "subjectId" = ${part.customerId}::uuid
       WHERE "shopId" = ${shopId}::uuid AND "subjectId" = ${from.customerId}::uuid AND "ref" = ${id}
         AND "kind" LIKE 'draft-order.%'`;
  }
}
