import { audit } from "~/audit/audit";
import type { Context, StaffActor } from "~/context";
import { change } from "~/events/change";
import { enqueue } from "~/jobs/enqueue";
import { accountOf } from "./connections";

/**
 * Stops sending on an account, or goes on. What comes in while it is paused is kept and read all the same. Throws NotFound.
 */
export async function pause(ctx: Context<StaffActor>, input: { accountId: string; paused: boolean }): Promise<void> {
  const { shopId, id, kind } = await accountOf(ctx, input.accountId);
  const [from, to] = input.paused ? ["active", "paused"] : ["paused", "active"];
  await change(ctx, async (tx) => {
    const { count } = await tx.channelAccount.updateMany({ where: { shopId, id, state: from }, data: { state: to } });
    if (count === 0) return;
    if (!input.paused) await enqueue(tx, "read-inbound", { shopId, accountId: id }, { key: `inbound of ${id}` });
    const action = input.paused ? "channel.paused" : "channel.resumed";
    await audit(tx, ctx, { action, subjectKind: "channel", subjectId: id, detail: { kind } });
  });
}
