import type { Context, StaffActor } from "~/context";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { Invalid } from "~/http/errors";
import { enqueue } from "~/jobs/enqueue";
import { lockForStaff, subjectsOf } from "./find";
import { takePosition } from "./take-position";

const longestSnoozeDays = 365;

/** Puts the conversation aside until then; the shopper's next message brings it back earlier. */
export async function snooze(ctx: Context<StaffActor>, input: { conversationId: string; until: Date }): Promise<void> {
  const ahead = input.until.getTime() - ctx.clock.now().getTime();
  if (!(ahead > 0 && ahead <= longestSnoozeDays * 86_400_000)) {
    throw new Invalid([{ field: "until", message: "Choose a time in the coming year." }]);
  }
  await change(ctx, async (tx) => {
    const conversation = await lockForStaff(tx, ctx, input.conversationId);
    await tx.conversation.update({
      where: { shopId_id: { shopId: ctx.shop.id, id: conversation.id } },
      data: { status: "snoozed", snoozedUntil: input.until, closedAt: null },
    });
    const position = await takePosition(tx, ctx, conversation.id);
    const data = { until: input.until.toISOString() };
    await record(tx, ctx, "conversation.snoozed", data, subjectsOf(conversation, position));
    await enqueue(
      tx,
      "wake-conversation",
      { shopId: ctx.shop.id, conversationId: conversation.id },
      { runAt: input.until, key: `wake:${conversation.id}` },
    );
  });
}
