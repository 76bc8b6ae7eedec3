import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { change } from "~/events/change";
import { enqueue } from "~/jobs/enqueue";
import { actOnCall } from "./act-on-call";
import type { CallNews, Ending } from "./decide-call";

/** Takes in news of a call from the provider, and has it followed at the provider where it matters there. */
export async function hear(ctx: Context, callId: string, news: CallNews): Promise<void> {
  await change(ctx, async (tx) => {
    const { call, news: isNews } = await actOnCall(tx, ctx, callId, news);
    if (!isNews || !["over", "queued", "sent-away"].includes(news.kind)) return;
    if (call.outcome !== null) await endRinging(tx, ctx, callId);
    await enqueue(tx, "follow-call", { shopId: ctx.shop.id, callId }, { key: `follow ${callId}` });
  });
}

/** Nobody is rung or talks any more for a call that is over, or in which a message is left. */
export async function endRinging(tx: Transaction, ctx: Context, callId: string): Promise<void> {
  await tx.callLeg.updateMany({
    where: { shopId: ctx.shop.id, callId, state: { in: ["ringing", "answered"] } },
    data: { state: "ended", endedAt: ctx.clock.now() },
  });
}

/** A call is over, as the provider says or as a member of staff wants it. */
export function endOfCall(ctx: Context, callId: string, because: Ending): Promise<void> {
  return hear(ctx, callId, { kind: "over", at: ctx.clock.now(), because });
}
