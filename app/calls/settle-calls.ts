import { openAccount } from "~/channels/accounts";
import { standingOf } from "~/channels/vendors/twilio/voice-calls";
import type { AppContext, Context } from "~/context";
import { log } from "~/platform/log";
import { contextOf } from "~/shop/context-of";
import type { Ending } from "./decide-call";
import { endOfCall } from "./end-call";

/** A call of which nothing was heard for so long is asked for at the provider. */
const quietMilliseconds = 3 * 60_000;
const most = 200;

/** Ends calls whose end was never told: the provider is asked how they stand. */
export async function settleCalls(app: AppContext): Promise<void> {
  const before = new Date(app.clock.now().getTime() - quietMilliseconds);
  const quiet = await app.db.prisma.call.findMany({
    // Of every shop: each is then settled in its own.
    where: { state: { not: "ended" }, heardAt: { lt: before } },
    orderBy: { heardAt: "asc" },
    take: most,
    select: { shopId: true, id: true, accountId: true, providerId: true },
  });
  for (const call of quiet) {
    const ctx = await contextOf(app, call.shopId);
    if (!ctx) continue;
    try {
      await settle(ctx, call);
    } catch (error) {
      log.warn(
        { shopId: call.shopId, callId: call.id, error: (error as Error).message },
        "a call could not be settled",
      );
    }
  }
}

async function settle(ctx: Context, call: { id: string; accountId: string; providerId: string | null }): Promise<void> {
  const account = await openAccount(ctx, call.accountId);
  const standing = account && call.providerId ? await standingOf(account, call.providerId) : null;
  const ending = endingOf(standing ?? "completed");
  if (ending) return endOfCall(ctx, call.id, ending);
  await ctx.db.prisma.call.updateMany({
    where: { shopId: ctx.shop.id, id: call.id },
    data: { heardAt: ctx.clock.now() },
  });
}

/** What a status of a call means for whether it is over; null for one that goes on. https://www.twilio.com/docs/voice/api/call-resource#call-status-values */
export function endingOf(status: string): Ending | null {
  switch (status) {
    case "completed":
    case "canceled":
      return "hung-up";
    case "busy":
      return "busy";
    case "no-answer":
      return "no-answer";
    case "failed":
      return "failed";
    default:
      return null;
  }
}
