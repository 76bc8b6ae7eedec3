import type { Context } from "~/context";
import type { Transaction } from "~/db.server";

/**
 * The provider says that the time for free replies is over, which it counts from when it has something of theirs: 24 hours
 * at every provider that counts.
 */
export async function endWindow(
  tx: Transaction,
  ctx: Pick<Context, "shop" | "clock">,
  endpointId: string,
): Promise<void> {
  const over = new Date(ctx.clock.now().getTime() - 24 * 3_600_000);
  await tx.$executeRaw`
    UPDATE "endpoint" SET "lastInAt" = least("lastInAt", ${over}::timestamptz)
     WHERE "shopId" = ${ctx.shop.id}::uuid AND "id" = ${endpointId}::uuid`;
}
