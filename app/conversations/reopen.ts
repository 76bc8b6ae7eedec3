import type { Context } from "~/context";
import type { EventData } from "~/events/catalogue";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { lockForStaff, subjectsOf } from "./find";
import { takePosition } from "./take-position";

/** Opens a closed or snoozed conversation again. Opening an open one changes nothing. */
export async function reopen(
  ctx: Context,
  conversationId: string,
  because: EventData["conversation.reopened"]["because"] = "staff",
): Promise<void> {
  await change(ctx, async (tx) => {
    const conversation = await lockForStaff(tx, ctx, conversationId);
    if (conversation.status === "open") return;
    if (because === "snooze-over" && !isOver(conversation, ctx.clock.now())) return;
    await tx.conversation.update({
      where: { shopId_id: { shopId: ctx.shop.id, id: conversation.id } },
      data: { status: "open", closedAt: null, snoozedUntil: null },
    });
    const position = await takePosition(tx, ctx, conversation.id);
    await record(tx, ctx, "conversation.reopened", { because }, subjectsOf(conversation, position));
  });
}

/**
 * A snooze that was set anew meanwhile is not over yet and has a job of its own. The job comes by the database's clock,
 * which may be ahead of this machine's: a minute early is in time, for this job does not come again.
 */
function isOver(conversation: { status: string; snoozedUntil: Date | null }, now: Date): boolean {
  const { status, snoozedUntil } = conversation;
  return status === "snoozed" && snoozedUntil !== null && snoozedUntil.getTime() - now.getTime() < 60_000;
}
