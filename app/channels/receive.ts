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
import { mayBeOurs, takeIn } from "./take-in";
import { isLater, takeNews } from "./take-news";

/** Kept messages that one transaction takes in. */
const atOnce = 40;
/** After so many milliseconds the rest is left to the next job, so that one account's storm lets others have their turn. */
const longest = 20_000;
/** Bytes of them together: a mail may have 25 MB, and takes several times that while it is read. */
const mostBytes = 32 * 1024 * 1024;
/**
 * Seconds before the next try of what could not be taken in. A storage may be away for an hour; a message of ours whose
 * sending is unclear is looked for within four minutes. Then it is put aside, or what it speaks of is not there.
 */
const pauses = [2, 4, 8, 16, 30, 60, 120, 600, 1_200, 1_800];
const mostTriesLater = 7;

interface Understood {
  row: InboundRow;
  items: Inbound[];
  /** Why it was not understood, in words for staff. */
  problem: string | null;
}

/** What waits, without its bytes. */
interface Head {
  id: string;
  number: bigint;
  size: number;
  attempts: number;
  doneAt: Date | null;
}

/**
 * The one way in: reads what waits of an account, in the order in which it came, and makes messages, receipts and the rest
 * of it, each once. What cannot be understood is put aside where staff see it, and stays. While a shop has taken the app
 * away all of it waits.
 */
export async function readInbound(ctx: Context, accountId: string): Promise<void> {
  const started = performance.now();
  for (let after = 0n; ; ) {
    const row = await ctx.db.prisma.channelAccount.findUnique({
      where: { shopId_id: { shopId: ctx.shop.id, id: accountId } },
      include: { shop: { select: { uninstalledAt: true } } },
    });
    if (!row || row.shop.uninstalledAt || row.state === "disconnected" || !isWritten(row.kind)) return;
    const account = opened(row);
    const heads = await headsAfter(ctx, accountId, after);
    const last = heads.at(-1);
    if (!last) return;
    after = last.number;
    const due = heads.filter((one) => isDue(one, ctx.clock.now())).map(({ id }) => id);
    // Not through Prisma, which would turn the bytes into text and back.
    const { rows: waiting } = await ctx.db.sql.query<InboundRow>(
      `SELECT * FROM "inbound" WHERE "shopId" = $1 AND "id" = ANY ($2) AND "state" = 'waiting' ORDER BY "number"`,
      [ctx.shop.id, due],
    );
    // Together, because most of the time of a mail is spent waiting for DNS.
    const read = await Promise.all(waiting.map((one) => understand(account, one)));
    const understood = read.filter((one) => one !== null);
    for (const [at, one] of waiting.entries()) if (!read[at]) await failed(ctx, one, "This could not be read.");
    const files = understood.flatMap(({ items }) =>
      items.flatMap((item) => (item.type === "message" ? item.files : [])),
    );
    await storeAhead(ctx, files);
    if (understood.length > 0) await takeAll(ctx, account, understood);
    if (performance.now() - started > longest) return askAgain(ctx, accountId);
  }
}

/** What waits next, in order: as many as one transaction takes, and as the memory of several jobs at once holds. */
async function headsAfter(ctx: Context, accountId: string, after: bigint): Promise<Head[]> {
  const heads = await ctx.db.prisma.$queryRaw<Head[]>`
    SELECT "id", "number", octet_length("body") AS "size", "attempts", "doneAt" FROM "inbound"
     WHERE "shopId" = ${ctx.shop.id}::uuid AND "accountId" = ${accountId}::uuid AND "state" = 'waiting' AND "number" > ${after}
     ORDER BY "number" LIMIT ${atOnce}`;
  let bytes = 0;
  const tooMany = heads.findIndex(({ size }, at) => {
    bytes += size;
    return at > 0 && bytes > mostBytes;
  });
  return tooMany < 0 ? heads : heads.slice(0, tooMany);
}

/** What failed is not tried more often because more arrives. */
function isDue({ attempts, doneAt }: Head, now: Date): boolean {
  return doneAt === null || now.getTime() >= doneAt.getTime() + pauseOf(attempts);
}

const pauseOf = (attempts: number): number => (pauses[Math.max(attempts, 1) - 1] ?? 0) * 1_000;

/** Null when reading it broke: that may go better later. */
async function understand(account: Account, row: InboundRow): Promise<Understood | null> {
  const adapter = isWritten(account.kind) ? adapters[account.kind] : undefined;
  if (!adapter) return { row, items: [], problem: "This version of the app does not know this channel." };
  const { id, key, receivedAt } = row;
  const body = Buffer.from(row.body.buffer, row.body.byteOffset, row.body.byteLength);
  try {
    const raw = { id, key, receivedAt, body, meta: row.meta as Record<string, unknown> };
    return { row, items: await adapter.read(raw, account), problem: null };
  } catch (error) {
    const about = { shop: account.shopId, account: account.id, inbound: id, kind: (error as Error).name };
    if (!(error instanceof Unreadable)) {
      log.error(about, "reading what came in broke");
      return null;
    }
    log.warn(about, "put aside");
    return { row, items: [], problem: error.message };
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
    await failed(ctx, one.row, "This was read, but could not be taken in.");
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
    const mayWait = row.attempts < mostTriesLater;
    let keepsRaw = false;
    for (const item of items) {
      if (item.type === "message") {
        if (mayWait && (await mayBeOurs(tx, ctx, account, item))) {
          later = true;
          continue;
        }
        const taken = await takeIn(tx, ctx, account, item, row.id);
        customerId = taken?.customerId ?? customerId;
        keepsRaw ||= taken?.keepsRaw ?? false;
        came ||= !item.echo;
      } else if (isLater(await takeNews(tx, ctx, account, item)) && mayWait) later = true;
    }
    if (later) {
      // It speaks of a message whose sending has not said its id yet.
      await tx.inbound.update({
        where: { shopId_id: { shopId, id: row.id } },
        data: { attempts: { increment: 1 }, doneAt: ctx.clock.now() },
        select: { id: true },
      });
      await tryAgain(tx, ctx, row, row.attempts + 1);
      continue;
    }
    // The raw mail of a message stays, to be looked at and downloaded; of the rest everything is in its rows.
    await tx.$executeRaw`
      UPDATE "inbound" SET "state" = 'done', "doneAt" = ${ctx.clock.now()}::timestamptz, "customerId" = ${customerId}::uuid,
             "body" = CASE WHEN ${keepsRaw} THEN "body" ELSE '' END, "meta" = CASE WHEN ${keepsRaw} THEN "meta" ELSE '{}' END
       WHERE "shopId" = ${shopId}::uuid AND "id" = ${row.id}::uuid`;
  }
  if (came) {
    await tx.channelAccount.update({
      where: { shopId_id: { shopId, id: account.id } },
      data: { lastInAt: ctx.clock.now() },
      select: { id: true },
    });
  }
}

async function failed(ctx: Context, row: InboundRow, problem: string): Promise<void> {
  const shopId = ctx.shop.id;
  const attempts = row.attempts + 1;
  const aside = attempts > pauses.length;
  await change(ctx, async (tx) => {
    await tx.inbound.updateMany({
      where: { shopId, id: row.id, state: "waiting" },
      data: { attempts, doneAt: ctx.clock.now(), ...(aside ? { state: "aside", problem } : {}) },
    });
    if (!aside) await tryAgain(tx, ctx, row, attempts);
  });
}

async function tryAgain(tx: Transaction, ctx: Context, row: InboundRow, attempts: number): Promise<void> {
  const runAt = new Date(ctx.clock.now().getTime() + pauseOf(attempts));
  const payload = { shopId: ctx.shop.id, accountId: row.accountId };
  await enqueue(tx, "read-inbound", payload, { runAt, key: `inbound again ${row.id}` });
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
              JOIN "shop" s ON s."id" = i."shopId" AND s."uninstalledAt" IS NULL
             WHERE i."state" = 'waiting' AND i."receivedAt" < ${before}::timestamptz) w`;
}
