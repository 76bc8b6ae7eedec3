import { changeInRoom, roomOf } from "~/channels/vendors/twilio/voice-calls";
import type { Context, StaffActor } from "~/context";
import { change } from "~/events/change";
import { Problem } from "~/http/errors";
import { actOnCall } from "./act-on-call";
import { roomName } from "./follow";
import { atProvider, ownCall } from "./own-call";

/** Lets the customer wait with music, or brings them back. Throws NotFound, and a Problem when the provider does not. */
export async function setHold(ctx: Context<StaffActor>, input: { callId: string; hold: boolean }): Promise<void> {
  const { call, account } = await ownCall(ctx, input.callId);
  const { providerId } = call;
  await atProvider(async () => {
    const room = providerId ? await roomOf(account, roomName(call.id)) : null;
    if (!room || !providerId) throw new Problem(409, "not-connected", "You are not connected with them yet.");
    await changeInRoom(account, room, providerId, { hold: input.hold });
  });
  const at = ctx.clock.now();
  await change(ctx, (tx) => actOnCall(tx, ctx, call.id, { kind: input.hold ? "held" : "resumed", at }));
}
