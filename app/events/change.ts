import type { Context } from "~/context";
import type { Transaction } from "~/db.server";

/**
 * The one way a verb writes: runs `work` in a transaction and, once it is committed, tells the listeners that the log
 * grew. Facts and jobs written inside are there exactly when the change is.
 */
export async function change<Result>(ctx: Context, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  const result = await ctx.db.prisma.$transaction(work);
  ctx.signals.logGrew();
  return result;
}
