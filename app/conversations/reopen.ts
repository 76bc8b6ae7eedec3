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
    // A snooze that was set anew meanwhile is not over yet.
    const until = conversation.snoozedUntil;
    if (because === "snooze-over" && (conversation.status !== "snoozed" || !until || until > ctx.clock.now())) return;
    await tx.conversation.update({
      where: { shopId_id: { shopId: ctx.shop.id, id: conversation.id } },
      data: { status: "open", closedAt: null, snoozedUntil: null },
    });
    const position = await takePosition(tx, ctx, conversation.id);
    await record(tx, ctx, "conversation.reopened", { because }, subjectsOf(conversation, position));
  });
}
