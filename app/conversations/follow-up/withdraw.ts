import type { Conversation } from "@prisma/client";
import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { record } from "~/events/record";
import { subjectsOf } from "../find";

/** The shopper is back and reads: a mail with the same replies that has not left yet stays here. */
export async function withdrawFollowUp(tx: Transaction, ctx: Context, conversation: Conversation): Promise<void> {
  const shopId = ctx.shop.id;
  if (conversation.followedUpTo === 0) return;
  const withdrawn = await tx.$queryRaw<{ messageId: string }[]>`
    DELETE FROM "delivery" d USING "message" m
     WHERE m."shopId" = ${shopId}::uuid AND m."conversationId" = ${conversation.id}::uuid AND m."content" ? 'followUp'
       AND d."shopId" = m."shopId" AND d."messageId" = m."id" AND d."state" = 'queued' AND d."attempts" = 0
    RETURNING d."messageId"`;
  for (const { messageId } of withdrawn) {
    await tx.message.update({
      where: { shopId_id: { shopId, id: messageId } },
      data: { deletedAt: ctx.clock.now(), text: "" },
      select: { id: true },
    });
    const { position: _, ...subjects } = subjectsOf(conversation);
    await record(tx, ctx, "message.changed", { messageId }, subjects);
  }
}
