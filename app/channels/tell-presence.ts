import type { Context } from "~/context";
import { log } from "~/platform/log";
import { opened } from "./accounts";
import { type Account, Rejected, Retryable, Unclear } from "./channel";
import { isWritten } from "./kinds";
import { adapters } from "./registry";

/** Providers show that somebody writes for 20 seconds or longer, or until a message comes. In milliseconds. */
const typingAgainAfter = 10_000;
/** Conversations of which this process remembers when it last told that somebody writes. */
const most = 5_000;
const typingTold = new Map<string, number>();

/**
 * Tells a shopper who wrote last through a provider that staff write, at most every ten seconds a conversation. Best
 * effort: never throws, and nobody need wait for it.
 */
export async function tellTyping(ctx: Context, conversationId: string): Promise<void> {
  const now = ctx.clock.now().getTime();
  if (now - (typingTold.get(conversationId) ?? 0) < typingAgainAfter) return;
  // The one that was told longest ago stands first.
  typingTold.delete(conversationId);
  typingTold.set(conversationId, now);
  const [oldest] = typingTold.keys();
  if (typingTold.size > most && oldest !== undefined) typingTold.delete(oldest);
  await dropErrors(async () => {
    const place = await lastPlace(ctx, conversationId, "typing");
    if (place) await place.adapter.typing?.(place.address, place.account, place.latest);
  });
}

/**
 * Tells the provider through which a shopper wrote last that staff have seen it, where they saw up to `position`. Best
 * effort: never throws, and nobody need wait for it.
 */
export async function tellSeen(ctx: Context, conversationId: string, position: number): Promise<void> {
  await dropErrors(async () => {
    const place = await lastPlace(ctx, conversationId, "seen", position);
    if (place?.latest) await place.adapter.seen?.(place.address, place.latest, place.account);
  });
}

/** Where the shopper wrote last, of what stands up to `position`, when its provider can be told this. */
async function lastPlace(ctx: Context, conversationId: string, what: "typing" | "seen", position?: number) {
  const shopId = ctx.shop.id;
  const { prisma } = ctx.db;
  const last = await prisma.message.findFirst({
    where: {
      shopId,
      conversationId,
      author: "shopper",
      ...(position === undefined ? {} : { position: { lte: position } }),
    },
    orderBy: { position: "desc" },
    select: { channel: true, accountId: true, endpointId: true, externalId: true },
  });
  const adapter = last && isWritten(last.channel) ? adapters[last.channel] : undefined;
  if (!adapter?.[what] || !last?.accountId || !last.endpointId) return null;
  const [row, endpoint] = await Promise.all([
    prisma.channelAccount.findFirst({ where: { shopId, id: last.accountId, state: "active" } }),
    prisma.endpoint.findFirst({
      where: { shopId, id: last.endpointId, accountId: last.accountId, closedAt: null },
      select: { address: true },
    }),
  ]);
  if (!row || !endpoint) return null;
  const account: Account = opened(row);
  return { adapter, account, address: endpoint.address, latest: last.externalId };
}

async function dropErrors(tell: () => Promise<void>): Promise<void> {
  try {
    await tell();
  } catch (error) {
    const isProviders = error instanceof Rejected || error instanceof Retryable || error instanceof Unclear;
    log[isProviders ? "debug" : "warn"]({ kind: (error as Error).name }, "a provider was not told who is here");
  }
}
