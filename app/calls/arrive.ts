import type { Call } from "@prisma/client";
import type { Account } from "~/channels/channel";
import type { Context } from "~/context";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { newId } from "~/platform/ids";
import { meetCaller, verificationOf } from "./caller";

/** What the provider says of a call that comes in. */
export interface Arriving {
  callSid: string;
  from: string;
  to: string;
  /** StirVerstat, where the carrier gave it. */
  verstat: string | null;
}

/**
 * A call that comes in: known from now on, in the conversation of whoever calls. The same call once more is the same row,
 * whatever has become of it.
 */
export async function arrive(ctx: Context, account: Account, arriving: Arriving): Promise<Call> {
  const known = await findCall(ctx, account, arriving.callSid);
  if (known) return known;
  try {
    return await change(ctx, async (tx) => {
      const verification = verificationOf(arriving.from, arriving.verstat);
      const met = await meetCaller(tx, ctx, account, { ...arriving, verification });
      const at = ctx.clock.now();
      const call = await tx.call.create({
        data: {
          shopId: ctx.shop.id,
          id: newId(at),
          accountId: account.id,
          ...met,
          caller: verification,
          providerId: arriving.callSid,
          direction: "in",
          fromAddress: verification === "hidden" ? "" : arriving.from,
          toAddress: arriving.to,
          state: "ringing",
          startedAt: at,
          heardAt: at,
        },
      });
      const subjects = { conversationId: met.conversationId, customerId: met.customerId };
      await record(tx, ctx, "call.started", { callId: call.id, direction: "in" }, subjects);
      await tx.channelAccount.updateMany({
        where: { shopId: ctx.shop.id, id: account.id },
        data: { lastInAt: at },
      });
      return call;
    });
  } catch (error) {
    // The same call at the same moment, at another process.
    if ((error as { code?: string }).code !== "P2002") throw error;
    const there = await findCall(ctx, account, arriving.callSid);
    if (!there) throw error;
    return there;
  }
}

/** The call that the provider names; null when it is not known. */
export function findCall(ctx: Context, account: Account, callSid: string): Promise<Call | null> {
  const providerId = callSid.slice(0, 64);
  return ctx.db.prisma.call.findFirst({ where: { shopId: ctx.shop.id, accountId: account.id, providerId } });
}
