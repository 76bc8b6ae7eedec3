import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { NotFound } from "~/http/errors";

/**
 * The next place in the conversation. The row stays locked until the transaction ends, so places are given out in the
 * order of commits: whoever has seen N has seen everything before it.
 */
export async function takePosition(tx: Transaction, ctx: Context, conversationId: string): Promise<number> {
  const rows = await tx.$queryRaw<{ position: number }[]>`
    UPDATE "conversation" SET "position" = "position" + 1
     WHERE "shopId" = ${ctx.shop.id}::uuid AND "id" = ${conversationId}::uuid RETURNING "position"`;
  const taken = rows[0];
  if (!taken) throw new NotFound("This conversation");
  return taken.position;
}
