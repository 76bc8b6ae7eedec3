import type { Context } from "~/context";
import type { Transaction } from "~/db.server";

/** How often work is done again that met others who held what it needed and waited for what it held. */
const mostTries = 3;

/**
 * The one way a verb writes: runs `work` in a transaction and, once it is committed, tells the listeners that the log
 * grew. Facts and jobs written inside are there exactly when the change is. PostgreSQL ends one of two transactions that
 * wait for each other: then nothing of it was kept and `work` runs anew, so all that it changes must be in `tx`.
 */
export async function change<Result>(ctx: Context, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      const result = await ctx.db.prisma.$transaction(work);
      ctx.signals.logGrew();
      return result;
    } catch (error) {
      if (tries === mostTries || !isCollision(error)) throw error;
    }
  }
}

/**
 * SQLSTATE 40P01 (deadlock) and 40001 (serialization), as Prisma tells them of its own queries, of raw ones, and as the
 * adapter does. https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
function isCollision(error: unknown): boolean {
  const { code, meta, cause } = error as { code?: string; meta?: Meta; cause?: Cause };
  const codes = [code, meta?.code, cause?.originalCode, meta?.driverAdapterError?.cause?.originalCode];
  return code === "P2034" || codes.some((each) => each === "40P01" || each === "40001");
}

type Cause = { originalCode?: string } | undefined;

interface Meta {
  code?: string;
  driverAdapterError?: { cause?: Cause };
}
