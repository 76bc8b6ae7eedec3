import type { Context } from "~/context";
import { ShopifyDenied } from "~/shopify/admin-errors";
import type { Kind } from "~/shopify-data/kinds";
import { askToRead, doneWith, giveBack, takeDue } from "./due";
import { readRecords } from "./read-records";

/** Records of one turn; what is left has the next, so that one busy shop does not hold a place of the worker for long. */
const ofTurn = { customers: 500, orders: 20, products: 50, "draft-orders": 20, checkouts: 20, companies: 25 } as const;

/** Reads the records of one kind that webhooks told of, those first that wait for the longest. */
export async function readAgain(ctx: Context, kind: Kind): Promise<void> {
  const taken = await takeDue(ctx, kind, ofTurn[kind]);
  if (taken.length === 0) return;
  const ids = taken.map((one) => one.id);
  try {
    await readRecords(ctx, kind, ids);
  } catch (error) {
    if (isDisconnected(error)) return forget(ctx);
    await ctx.db.prisma.$transaction((tx) => giveBack(tx, ctx, kind, ids));
    throw error;
  }
  await ctx.db.prisma.$transaction(async (tx) => {
    await doneWith(tx, ctx, kind, taken);
    const left = await tx.shopifyDue.findFirst({
      where: { shopId: ctx.shop.id, kind, OR: [{ takenUntil: null }, { takenUntil: { lte: ctx.clock.now() } }] },
      select: { id: true },
    });
    if (left) await askToRead(tx, ctx, kind, 0);
  });
}

/** The shop has taken the app away: nothing of it can be read, and a new installation begins with a sync. */
function isDisconnected(error: unknown): boolean {
  return error instanceof ShopifyDenied && error.fields.length === 0;
}

async function forget(ctx: Context): Promise<void> {
  await ctx.db.prisma.shopifyDue.deleteMany({ where: { shopId: ctx.shop.id } });
}
