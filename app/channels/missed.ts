import type { AppContext, Context } from "~/context";
import { change } from "~/events/change";
import { NotFound } from "~/http/errors";
import { priorityOf } from "~/jobs/priority";
import { log } from "~/platform/log";
import { openAccount } from "./accounts";
import { type Account, type InboundMessage, Rejected, Retryable } from "./channel";
import { isWritten } from "./kinds";
import { adapters } from "./registry";
import { takeIn } from "./take-in";

/** What the last search found, as it stands in `progress.missed` of an account. */
export interface MissedSearch {
  /** When it ended, ISO 8601. */
  at: string;
  /** Messages that had never arrived and are in the Inbox now. */
  found: number;
  /** All that were ever found. */
  everFound: number;
  /** Why the last search could not be made, in words for staff. */
  problem: string | null;
}

/** Younger ones may be on their way still, in milliseconds. */
const tooYoung = 2 * 60_000;
/** How far a search goes back before the last one: a list may tell of a message later than of one after it. */
const overlap = 30 * 60_000;
/** How far the first one goes back. */
const first = 24 * 60 * 60_000;

/** Whether the provider of a channel keeps a list that what arrived can be compared with. WhatsApp, X and a channel of the merchant's own keep none. */
export function canBeMissed(kind: string): boolean {
  return isWritten(kind) && adapters[kind]?.missed !== undefined;
}

/**
 * Compares what the provider has of the time since the last search with what arrived here, and takes in what is missing,
 * as if it had just come. Gives what was found; null when the channel keeps no list. Throws NotFound.
 */
export async function lookForMissed(ctx: Context, accountId: string): Promise<MissedSearch | null> {
  const account = await openAccount(ctx, accountId);
  if (!account) throw new NotFound("This account");
  const adapter = isWritten(account.kind) ? adapters[account.kind] : undefined;
  if (!adapter?.missed) return null;
  const started = ctx.clock.now();
  const before = await lastSearch(ctx, account);
  const until = new Date(started.getTime() - tooYoung);
  let found = 0;
  try {
    for await (const message of adapter.missed(account, await sinceWhen(ctx, account, before))) {
      if (message.at <= until && (await take(ctx, account, message))) found += 1;
    }
  } catch (error) {
    if (!(error instanceof Retryable || error instanceof Rejected)) throw error;
    // What was found before it broke off is here; the next search goes over the same time.
    return keep(ctx, account, { ...before, found, problem: error.failure.words, add: found });
  }
  if (found > 0) log.warn({ shop: ctx.shop.id, account: account.id, found }, "messages had not arrived");
  return keep(ctx, account, {
    at: started.toISOString(),
    found,
    everFound: before.everFound,
    problem: null,
    add: found,
  });
}

async function lastSearch(ctx: Context, account: Account): Promise<MissedSearch> {
  const row = await ctx.db.prisma.channelAccount.findUniqueOrThrow({
    where: { shopId_id: { shopId: ctx.shop.id, id: account.id } },
    select: { progress: true },
  });
  const { missed } = row.progress as { missed?: Partial<MissedSearch> };
  return { at: missed?.at ?? "", found: 0, everFound: missed?.everFound ?? 0, problem: null };
}

/** Never before somebody was erased: what they had written would come back. */
async function sinceWhen(ctx: Context, account: Account, { at }: MissedSearch): Promise<Date> {
  const shopId = ctx.shop.id;
  const [{ createdAt }, erased] = await Promise.all([
    ctx.db.prisma.channelAccount.findUniqueOrThrow({
      where: { shopId_id: { shopId, id: account.id } },
      select: { createdAt: true },
    }),
    ctx.db.prisma.erasureReceipt.findFirst({ where: { shopId }, orderBy: { at: "desc" }, select: { at: true } }),
  ]);
  const now = ctx.clock.now().getTime();
  const from = at ? Date.parse(at) - tooYoung - overlap : now - first;
  // Providers' lists know whole seconds.
  return new Date(Math.max(from, createdAt.getTime() - 1_000, erased?.at.getTime() ?? 0));
}

/** True when it was not here and is now. */
async function take(ctx: Context, account: Account, message: InboundMessage): Promise<boolean> {
  return change(ctx, async (tx) => {
    // The same lock as for what arrives, so that nothing is there twice.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`inbound ${account.id}`}, 0))`;
    const waiting = await tx.inbound.count({
      where: { shopId: ctx.shop.id, accountId: account.id, key: message.externalId, state: "waiting" },
    });
    // One of ours that is being sent at this moment has no id yet: the list would show it as written elsewhere.
    const sending = message.echo
      ? await tx.delivery.count({
          where: { shopId: ctx.shop.id, accountId: account.id, state: { in: ["sending", "unclear"] } },
        })
      : 0;
    if (waiting > 0 || sending > 0) return false;
    return (await takeIn(tx, ctx, account, message, null)) !== null;
  });
}

async function keep(
  ctx: Context,
  account: Account,
  { add, ...search }: MissedSearch & { add: number },
): Promise<MissedSearch> {
  const missed: MissedSearch = { ...search, everFound: search.everFound + add };
  await ctx.db.prisma.$executeRaw`
    UPDATE "channel_account" SET "progress" = "progress" || jsonb_build_object('missed', ${JSON.stringify(missed)}::jsonb)
     WHERE "shopId" = ${ctx.shop.id}::uuid AND "id" = ${account.id}::uuid`;
  return missed;
}

/** Has every account looked through whose provider keeps a list, each by a job of its own. By the clock. */
export async function lookForMissedEverywhere(app: AppContext): Promise<void> {
  const kinds = Object.keys(adapters).filter(canBeMissed);
  await app.db.prisma.$executeRaw`
    SELECT count(graphile_worker.add_job('look-for-missed', json_build_object('shopId', a."shopId", 'accountId', a."id"),
             job_key := 'missed of ' || a."id", max_attempts := 2, priority := ${priorityOf("look-for-missed")}::int))
      FROM "channel_account" a JOIN "shop" s ON s."id" = a."shopId" AND s."uninstalledAt" IS NULL
     WHERE a."state" <> 'disconnected' AND a."kind" = ANY (${kinds})`;
}
