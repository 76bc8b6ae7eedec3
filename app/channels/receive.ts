import type { Inbound as InboundRow } from "@prisma/client";
import { storeAhead } from "~/attachments/keep";
import type { AppContext, Context } from "~/context";
import type { Transaction } from "~/db.server";
import { change } from "~/events/change";
import { enqueue } from "~/jobs/enqueue";
import { priorityOf } from "~/jobs/priority";
import { log } from "~/platform/log";
import { opened } from "./accounts";
import { type Account, type Inbound, Unreadable } from "./channel";
import { isWritten } from "./kinds";
import { adapters } from "./registry";
import { takeIn } from "./take-in";
import { isLater, takeNews } from "./take-news";

/** Kept messages that one transaction takes in. */
const atOnce = 40;
/** After so many milliseconds the rest is left to the next job, so that one account's storm lets others have their turn. */
const longest = 20_000;
/** How often what could be understood is tried to be taken in before it is put aside. */
const mostTries = 5;

interface Understood {
  row: InboundRow;
  items: Inbound[];
  /** Why it was not understood, in words for staff. */
  problem: string | null;
}

/**
 * The one way in: reads what waits of an account, in the order in which it came, and makes messages, receipts and the rest
 * of it, each once. What cannot be understood is put aside where staff see it, and stays.
 */
export async function readInbound(ctx: Context, accountId: string): Promise<void> {
  const started = performance.now();
  for (let after = 0n; ; ) {
    const row = await ctx.db.prisma.channelAccount.findUnique({
      where: { shopId_id: { shopId: ctx.shop.id, id: accountId } },
    });
    if (!row || row.state === "disconnected" || !isWritten(row.kind)) return;
    const account = opened(row);
    const waiting = await ctx.db.prisma.inbound.findMany({
      where: { shopId: ctx.shop.id, accountId, state: "waiting", number: { gt: after } },
      orderBy: { number: "asc" },
      take: atOnce,
    });
    const last = waiting.at(-1);
    if (!last) return;
    after = last.number;
    const understood: Understood[] = [];
    for (const one of waiting) understood.push(await understand(account, one));
    const files = understood.flatMap(({ items }) =>
      items.flatMap((item) => (item.type === "message" ? item.files : [])),
    );
    await storeAhead(ctx, files);
    await takeAll(ctx, account, understood);
    if (waiting.length < atOnce) return;
    if (performance.now() - started > longest) return askAgain(ctx, accountId);
  }
}

async function understand(account: Account, row: InboundRow): Promise<Understood> {
  const adapter = isWritten(account.kind) ? adapters[account.kind] : undefined;
  if (!adapter) return { row, items: [], problem: "This version of the app does not know this channel." };
  const { id, key, receivedAt } = row;
  const body = Buffer.from(row.body.buffer, row.body.byteOffset, row.body.byteLength);
  try {
    const raw = { id, key, receivedAt, body, meta: row.meta as Record<string, unknown> };
    return { row, items: await adapter.read(raw, account), problem: null };
  } catch (error) {
    const problem = error instanceof Unreadable ? error.message : "This could not be read.";
    log.warn({ shop: account.shopId, account: account.id, inbound: id, kind: (error as Error).name }, "put aside");
    return { row, items: [], problem };
  }
}

/** All in one transaction; when that fails for what one of them is, each in its own. */
async function takeAll(ctx: Context, account: Account, understood: readonly Understood[]): Promise<void> {
  try {
    await change(ctx, (tx) => takeTogether(tx, ctx, account, understood));
  } catch (error) {
    const { name, code } = error as { name?: string; code?: string };
    if (understood.length > 1) {
      log.warn({ shop: ctx.shop.id, account: account.id, kind: name, code }, "messages are taken in one by one");
      for (const one of understood) await takeAll(ctx, account, [one]);
      return;
    }
    const [one] = understood;
    if (!one) return;
    await failed(ctx, one.row);
    log.error({ shop: ctx.shop.id, account: account.id, inbound: one.row.id, kind: name, code }, "not taken in");
  }
}

async function takeTogether(
  tx: Transaction,
  ctx: Context,
  account: Account,
  understood: readonly Understood[],
): Promise<void> {
  // One at a time takes in what an account received, so that it is in order and nothing is there twice.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`inbound ${account.id}`}, 0))`;
  const shopId = ctx.shop.id;
  const still = await tx.inbound.findMany({
    where: { shopId, id: { in: understood.map(({ row }) => row.id) }, state: "waiting" },
    select: { id: true },
  });
  const waiting = new Set(still.map(({ id }) => id));
  let came = false;
  for (const { row, items, problem } of understood) {
    if (!waiting.has(row.id)) continue;
    if (problem !== null) {
      await tx.inbound.update({
        where: { shopId_id: { shopId, id: row.id } },
        data: { state: "aside", problem, doneAt: ctx.clock.now() },
        select: { id: true },
      });
      continue;
    }
    let customerId: string | null = null;
    let later = false;
    for (const item of items) {
      if (item.type === "message") {
        customerId = (await takeIn(tx, ctx, account, item, row.id)) ?? customerId;
        came ||= !item.echo;
      } else if (isLater(await takeNews(tx, ctx, account, item)) && row.attempts < mostTries) later = true;
    }
    if (later) {
      // It speaks of a message whose sending has not said its id yet.
      await tx.inbound.update({
        where: { shopId_id: { shopId, id: row.id } },
        data: { attempts: { increment: 1 } },
        select: { id: true },
      });
      const runAt = new Date(ctx.clock.now().getTime() + 2_000 * (row.attempts + 1));
      await enqueue(tx, "read-inbound", { shopId, accountId: account.id }, { runAt });
      continue;
    }
    // Of mail the raw stays, to be looked at and downloaded; of the rest everything is in its rows.
    const emptied = account.kind === "email" && items.length > 0 ? {} : { body: Buffer.alloc(0), meta: {} };
    await tx.inbound.update({
      where: { shopId_id: { shopId, id: row.id } },
      data: { state: "done", doneAt: ctx.clock.now(), customerId, ...emptied },
      select: { id: true },
    });
  }
  if (came) {
    await tx.channelAccount.update({
      where: { shopId_id: { shopId, id: account.id } },
      data: { lastInAt: ctx.clock.now() },
      select: { id: true },
    });
  }
}

async function failed(ctx: Context, row: InboundRow): Promise<void> {
  const shopId = ctx.shop.id;
  const attempts = row.attempts + 1;
  const aside = attempts >= mostTries;
  await change(ctx, async (tx) => {
    await tx.inbound.updateMany({
      where: { shopId, id: row.id, state: "waiting" },
      data: aside
        ? { attempts, state: "aside", problem: "This was read, but could not be taken in.", doneAt: ctx.clock.now() }
        : { attempts },
    });
    if (aside) return;
    const runAt = new Date(ctx.clock.now().getTime() + 5_000 * 2 ** attempts);
    await enqueue(tx, "read-inbound", { shopId, accountId: row.accountId }, { runAt });
  });
}

async function askAgain(ctx: Context, accountId: string): Promise<void> {
  const payload = JSON.stringify({ shopId: ctx.shop.id, accountId });
  await ctx.db.prisma.$executeRaw`
    SELECT graphile_worker.add_job('read-inbound', ${payload}::json, job_key := ${`inbound of ${accountId}`}::text,
      max_attempts := 12, priority := ${priorityOf("read-inbound")}::int)`;
}

/** What waits although its job is gone: each minute. */
export async function takeUpInbound(app: AppContext): Promise<void> {
  const before = new Date(app.clock.now().getTime() - 60_000);
  await app.db.prisma.$executeRaw`
    SELECT count(graphile_worker.add_job('read-inbound', json_build_object('shopId', w."shopId", 'accountId', w."accountId"),
             job_key := 'inbound of ' || w."accountId", max_attempts := 12, priority := ${priorityOf("read-inbound")}::int))
      FROM (SELECT DISTINCT i."shopId", i."accountId" FROM "inbound" i
              JOIN "channel_account" a ON a."shopId" = i."shopId" AND a."id" = i."accountId" AND a."state" <> 'disconnected'
             WHERE i."state" = 'waiting' AND i."receivedAt" < ${before}::timestamptz) w`;
}
