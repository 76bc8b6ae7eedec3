import { audit } from "~/audit/audit";
import type { Context, StaffActor } from "~/context";
import { change } from "~/events/change";
import { Invalid } from "~/http/errors";
import { accountOf } from "./connections";

const longestName = 80;

/** Gives an account another name for staff, to tell two of one channel apart. Throws Invalid and NotFound. */
export async function rename(ctx: Context<StaffActor>, input: { accountId: string; name: string }): Promise<void> {
  const { shopId, id, kind } = await accountOf(ctx, input.accountId);
  const name = input.name.trim();
  if (name === "" || name.length > longestName) {
    throw new Invalid([{ field: "name", message: `Enter a name of at most ${longestName} characters.` }]);
  }
  await change(ctx, async (tx) => {
    const { count } = await tx.channelAccount.updateMany({
      where: { shopId, id, name: { not: name } },
      data: { name },
    });
    if (count === 0) return;
    await audit(tx, ctx, { action: "channel.renamed", subjectKind: "channel", subjectId: id, detail: { kind } });
  });
}
