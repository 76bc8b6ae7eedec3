import { readVoiceSettings, wrapUpCodes } from "~/channels/voice/settings";
import type { Context, StaffActor } from "~/context";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { Invalid } from "~/http/errors";
import { lockCall } from "./act-on-call";
import { seconds } from "./decide-call";
import { ownCall } from "./own-call";

/**
 * Says what a call was about. The time from its answer until now is what it took: talk, hold and wrap-up. Said again, the
 * code changes and the time stays. Throws NotFound, and Invalid for a code that the merchant has not set.
 */
export async function wrapUp(ctx: Context<StaffActor>, input: { callId: string; code: string }): Promise<void> {
  const { call, account } = await ownCall(ctx, input.callId);
  if (!wrapUpCodes(readVoiceSettings(account.settings)).includes(input.code)) {
    throw new Invalid([{ field: "code", message: "Choose what the call was about." }]);
  }
  await change(ctx, async (tx) => {
    const before = await lockCall(tx, ctx, call.id);
    if (before.wrapUp === input.code) return;
    const now = ctx.clock.now();
    const handledSeconds = before.handledSeconds ?? (before.answeredAt ? seconds(before.answeredAt, now) : 0);
    await tx.call.update({
      where: { shopId_id: { shopId: ctx.shop.id, id: call.id } },
      data: { wrapUp: input.code, wrapUpAt: before.wrapUpAt ?? now, handledSeconds },
    });
    const subjects = { conversationId: call.conversationId, customerId: call.customerId };
    await record(tx, ctx, "call.wrapped-up", { callId: call.id, code: input.code }, subjects);
  });
}
