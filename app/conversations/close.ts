import type { Conversation } from "@prisma/client";
import { audit } from "~/audit/audit";
import type { Context, StaffActor } from "~/context";
import type { Transaction } from "~/db.server";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { lockForStaff, subjectsOf } from "./find";
import { takePosition } from "./take-position";

/** Closes the conversation. The shopper's next message opens it again. Closing a closed one changes nothing. */
export async function close(ctx: Context<StaffActor>, conversationId: string): Promise<void> {
  await change(ctx, async (tx) => closeLocked(tx, ctx, await lockForStaff(tx, ctx, conversationId)));
}

/** The same for one whose row is locked, in a transaction that does more. */
export async function closeLocked(
  tx: Transaction,
  ctx: Context<StaffActor>,
  conversation: Conversation,
): Promise<void> {
  if (conversation.status === "closed") return;
  await tx.conversation.update({
    where: { shopId_id: { shopId: ctx.shop.id, id: conversation.id } },
    data: { status: "closed", closedAt: ctx.clock.now(), snoozedUntil: null, waitingSince: null },
  });
  const position = await takePosition(tx, ctx, conversation.id);
  await record(tx, ctx, "conversation.closed", {}, subjectsOf(conversation, position));
  await audit(tx, ctx, {
    action: "conversation.closed",
    subjectKind: "conversation",
    subjectId: conversation.id,
  });
}
