import pg from "pg";
import type { Context } from "~/context";
import { openDatabase } from "~/db.server";
import { systemClock } from "~/platform/clock";
import { readRun } from "~/shopify-data/sync/read-run";
import { fromTheStart, type Run } from "~/shopify-data/sync/runs";

/** `reader.ts <database url>`: reads the file at an address into a shop, as a sync's job does, and says what it took. */
const [databaseUrl = ""] = process.argv.slice(2);

/** Milliseconds that statements took, by the table in them. */
const spent = { timeline: 0, all: 0 };
const query = pg.Client.prototype.query as (...args: unknown[]) => unknown;
pg.Client.prototype.query = function timed(this: pg.Client, ...args: unknown[]) {
  const began = performance.now();
  const answer = query.apply(this, args);
  const [asked] = args as [string | { text: string; once?(event: "finish", heard: () => void): void }];
  const text = typeof asked === "string" ? asked : (asked.text ?? "");
  const ended = () => {
    const took = performance.now() - began;
    spent.all += took;
    if (text.includes("timeline_entry")) spent.timeline += took;
  };
  // A COPY is no promise but a stream.
  if (answer instanceof Promise) void answer.finally(ended);
  else if (typeof asked === "object") asked.once?.("finish", ended);
  return answer;
} as typeof pg.Client.prototype.query;

const db = openDatabase(databaseUrl, 4);

export interface ReaderAnswer {
  seconds: number;
  records: number;
  created: number;
  unchanged: number;
  /** Peak of this process's life, in bytes. */
  peakBytes: number;
  /** What was still in use after it, once everything else was collected. */
  liveBytes: number;
  cpuSeconds: number;
  timelineShareOfStatements: number;
}

async function read(shopId: string, url: string): Promise<ReaderAnswer> {
  const shop = await db.prisma.shop.findUniqueOrThrow({ where: { id: shopId } });
  const ctx: Context = {
    shop,
    actor: { kind: "shopify" },
    db,
    clock: systemClock,
    signals: { logGrew: () => undefined, send: () => undefined },
  };
  const key = { shopId, kind: "orders" };
  const now = new Date();
  const begin = { ...fromTheStart, state: "reading", operationId: "gid://shopify/BulkOperation/1", url, askedAt: now };
  const run = (await db.prisma.syncRun.upsert({
    where: { shopId_kind: key },
    create: { ...key, ...begin, changedAt: now },
    update: { ...begin, created: 0, changed: 0, changedAt: now },
  })) as Run;
  spent.timeline = 0;
  spent.all = 0;
  const cpu = process.cpuUsage();
  const began = performance.now();
  await readRun(ctx, run, Number.POSITIVE_INFINITY);
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  globalThis.gc?.();
  const done = await db.prisma.syncRun.findUniqueOrThrow({ where: { shopId_kind: key } });
  if (done.state !== "done") throw new Error(`the run is ${done.state}`);
  return {
    seconds,
    records: done.read,
    created: done.created,
    unchanged: done.unchanged,
    liveBytes: process.memoryUsage().heapUsed,
    peakBytes: process.resourceUsage().maxRSS * 1024,
    cpuSeconds: (user + system) / 1e6,
    timelineShareOfStatements: spent.timeline / spent.all,
  };
}

process.on("message", ({ shopId, url }: { shopId: string; url: string }) => {
  read(shopId, url).then(
    (answer) => process.send?.(answer),
    (error: Error) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.send?.({ ready: true });
