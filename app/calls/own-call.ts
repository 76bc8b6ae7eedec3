import type { Call } from "@prisma/client";
import { openAccount } from "~/channels/accounts";
import { type Account, Rejected, Retryable, Unclear } from "~/channels/channel";
import type { Context, StaffActor } from "~/context";
import { NotFound, Problem } from "~/http/errors";
import { isId } from "~/platform/ids";

/** The call that this member of staff talks in, and the account it runs over. Throws NotFound for any other. */
export async function ownCall(ctx: Context<StaffActor>, callId: string): Promise<{ call: Call; account: Account }> {
  const call = isId(callId)
    ? await ctx.db.prisma.call.findFirst({ where: { shopId: ctx.shop.id, id: callId, staffId: ctx.actor.id } })
    : null;
  const account = call && (await openAccount(ctx, call.accountId));
  if (!call || !account) throw new NotFound("This call");
  return { call, account };
}

/** Does something at the provider while somebody waits for it. Throws a Problem (502) in its words. */
export async function atProvider<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Rejected || error instanceof Retryable || error instanceof Unclear) {
      throw new Problem(502, "provider", error.failure.words);
    }
    throw error;
  }
}
