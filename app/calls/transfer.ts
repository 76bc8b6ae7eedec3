import type { Context, StaffActor } from "~/context";
import { change } from "~/events/change";
import { Invalid } from "~/http/errors";
import { lockCall, tellChange } from "./act-on-call";
import { presentAgents } from "./agents";
import { ownCall } from "./own-call";
import { addLeg, ringLegs } from "./ring";

/** UTF-16 units of what the colleague is told. */
const longestBrief = 1_000;

/**
 * Rings a colleague to hand the call over, with what they must know. Until they take it, the customer stays with whoever
 * has them. Throws NotFound, and Invalid for a colleague who cannot take it now.
 */
export async function transfer(
  ctx: Context<StaffActor>,
  input: { callId: string; toStaffId: string; brief: string },
): Promise<void> {
  const { call } = await ownCall(ctx, input.callId);
  const leg = await change(ctx, async (tx) => {
    const before = await lockCall(tx, ctx, call.id);
    if (!before.answeredAt || before.state === "ended") throw wrong("This call is over.");
    if (before.transferToId) throw wrong("A colleague is being rung already.");
    const agents = await presentAgents(tx, ctx, ctx.actor.id);
    const colleague = agents.find((one) => one.staffId === input.toStaffId);
    if (!colleague) throw wrong("They do not take calls right now. Choose somebody else.");
    if (colleague.busy) throw wrong(`${colleague.name} is in another call. Choose somebody else.`);
    const after = await tx.call.update({
      where: { shopId_id: { shopId: ctx.shop.id, id: call.id } },
      data: {
        transferToId: colleague.staffId,
        transferBrief: input.brief.trim().slice(0, longestBrief).toWellFormed(),
      },
    });
    await tellChange(tx, ctx, after);
    return addLeg(tx, ctx, call.id, colleague, true);
  });
  await ringLegs(ctx, [leg]);
}

function wrong(message: string): Invalid {
  return new Invalid([{ field: "toStaffId", message }]);
}
