import { audit } from "~/audit/audit";
import type { Context, StaffActor } from "~/context";
import { change } from "~/events/change";
import { accountOf } from "./connections";

/**
 * Ends the connection of an account: its credentials are forgotten, nothing comes in or goes out any more. What was
 * written stays, and goes on when the same account is connected again. Throws NotFound.
 */
export async function disconnect(ctx: Context<StaffActor>, accountId: string): Promise<void> {
  const { shopId, id, kind } = await accountOf(ctx, accountId);
  await change(ctx, async (tx) => {
    const { count } = await tx.channelAccount.updateMany({
      where: { shopId, id, state: { not: "disconnected" } },
      data: {
        state: "disconnected",
        credentials: null,
        tokenExpiresAt: null,
        lastError: null,
        lastErrorAt: null,
        disconnectedAt: ctx.clock.now(),
      },
    });
    if (count === 0) return;
    await audit(tx, ctx, { action: "channel.disconnected", subjectKind: "channel", subjectId: id, detail: { kind } });
  });
}
