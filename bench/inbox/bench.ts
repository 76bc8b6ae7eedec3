import type { Context, StaffActor } from "~/context";
import { thread } from "~/conversations/thread";
import { personBeside } from "~/customers/beside";
import { type Database, openDatabase } from "~/db.server";
import { counts } from "~/inbox/counts";
import { inboxViews } from "~/inbox/inbox-row";
import { list } from "~/inbox/list";
import { openConversation } from "~/inbox/open-conversation";
import { systemClock } from "~/platform/clock";
import { benchDatabase } from "../database";
import { overRuns, percentile, short, table } from "../statistics";
import { fill } from "./fill";

interface Side {
  size: number;
  db: Database;
  ctx: Context<StaffActor>;
  /** Conversations at random, the same number of each size. */
  ids: string[];
  stop(): Promise<void>;
}

type Operation = (side: Side, turn: number) => Promise<unknown>;

const idOf = (side: Side, turn: number): string => side.ids[turn % side.ids.length] as string;

const operations: Record<string, Operation> = {
  ...Object.fromEntries(inboxViews.map((view) => [`list ${view}`, ({ ctx }: Side) => list(ctx, { view })])),
  // The tenth page of the longest list.
  "list closed, further down": async (side) => {
    const at = new Date(Date.now() - 90 * 86_400_000).getTime();
    await list(side.ctx, { view: "closed", cursor: `${at}.00000000-0000-0000-0000-000000000000` });
  },
  counts: ({ ctx }) => counts(ctx),
  conversation: async (side, turn) => {
    const id = idOf(side, turn);
    await Promise.all([openConversation(side.ctx, id), thread(side.ctx, id)]);
  },
  "customer panel": (side, turn) => personBeside(side.ctx, idOf(side, turn)),
};

/** One row by its key over the bare driver. */
const floor: Operation = ({ db, ctx, ...side }, turn) =>
  db.sql.query({
    name: "floor",
    text: `SELECT * FROM "conversation" WHERE "shopId" = $1 AND "id" = $2`,
    values: [ctx.shop.id, side.ids[turn % side.ids.length]],
  });

/**
 * What an agent waits for, at two sizes a hundredfold apart, by turns in the same run; the growth is the larger's time
 * over the smaller's. The customer panel is the local part: what Shopify is asked for comes after it on the page.
 */
export async function inboxBench(quick: boolean): Promise<Record<string, unknown>> {
  const sizes = quick ? [1_000, 10_000] : [10_000, 1_000_000];
  const runs = quick ? 3 : 7;
  const each = quick ? 60 : 200;
  const sides: Side[] = [];
  try {
    for (const size of sizes) sides.push(await makeSide(size, each));
    const medians = new Map<string, number[]>();
    const slow = new Map<string, number[]>();
    const all: [string, Operation][] = [...Object.entries(operations), ["floor: one row by its key", floor]];
    for (const [name, operation] of all) {
      for (const side of sides) await measure(side, operation, each);
      for (let run = 0; run < runs; run += 1) {
        for (const side of sides) {
          const times = await measure(side, operation, each);
          const key = `${name}|${side.size}`;
          medians.set(key, [...(medians.get(key) ?? []), percentile(times, 0.5)]);
          slow.set(key, [...(slow.get(key) ?? []), percentile(times, 0.95)]);
        }
      }
    }
    return report(
      all.map(([name]) => name),
      sizes,
      medians,
      slow,
    );
  } finally {
    for (const side of sides) await side.stop();
  }
}

async function makeSide(size: number, sample: number): Promise<Side> {
  const database = await benchDatabase();
  const started = performance.now();
  const { shopId, staffId } = await fill(database.url, size);
  const db = openDatabase(database.url, 4);
  const seconds = Math.round((performance.now() - started) / 1_000);
  console.log(`${size.toLocaleString("en")} conversations in ${database.what}, filled in ${seconds} s`);
  const found = await db.sql.query<{ id: string }>(
    `SELECT "id" FROM "conversation" WHERE "shopId" = $1 ORDER BY md5("id"::text) LIMIT $2`,
    [shopId, sample],
  );
  const ctx: Context<StaffActor> = {
    shop: { id: shopId, domain: "bench.myshopify.com", name: "Bench", currency: "EUR" },
    actor: { kind: "staff", id: staffId, name: "Reader", shopifyUserId: "1" },
    db,
    clock: systemClock,
    signals: { logGrew: () => undefined, send: () => undefined },
  };
  return {
    size,
    db,
    ctx,
    ids: found.rows.map((row) => row.id),
    stop: async () => {
      await db.close();
      await database.stop();
    },
  };
}

async function measure(side: Side, operation: Operation, times: number): Promise<number[]> {
  const milliseconds: number[] = [];
  for (let turn = 0; turn < times; turn += 1) {
    const started = performance.now();
    await operation(side, turn);
    milliseconds.push(performance.now() - started);
  }
  return milliseconds;
}

function report(
  names: string[],
  sizes: number[],
  medians: Map<string, number[]>,
  slow: Map<string, number[]>,
): Record<string, unknown> {
  const [small = 0, large = 0] = sizes;
  const ours: Record<string, number> = {};
  const floorTimes: Record<string, number> = {};
  const growth: Record<string, number> = {};
  const rows = names.map((name) => {
    const cells: (string | number)[] = [];
    for (const size of [small, large]) {
      const middle = overRuns(medians.get(`${name}|${size}`) ?? []);
      const late = overRuns(slow.get(`${name}|${size}`) ?? []);
      cells.push(short(middle.median), `±${Math.round(middle.spread * 50)}%`, short(late.median));
      const key = `${keyOf(name)}_at_${size}`;
      const into = name.startsWith("floor") ? floorTimes : ours;
      into[`${key}_p50_ms`] = short(middle.median);
      into[`${key}_p95_ms`] = short(late.median);
    }
    const times =
      overRuns(medians.get(`${name}|${large}`) ?? []).median / overRuns(medians.get(`${name}|${small}`) ?? []).median;
    growth[keyOf(name)] = short(times);
    return [name, ...cells, `${short(times)}×`];
  });
  const head = ["", `${small} p50 ms`, "", "p95 ms", `${large} p50 ms`, "", "p95 ms", "growth"];
  console.log(`\n${table(head, rows)}\n`);
  const { floor_one_row_by_its_key: _floor, ...grown } = growth;
  const bare = floorTimes[`floor_one_row_by_its_key_at_${large}_p50_ms`] ?? Number.NaN;
  const ratio = Object.fromEntries(
    Object.keys(grown).map((key) => [key, short((ours[`${key}_at_${large}_p50_ms`] ?? Number.NaN) / bare)]),
  );
  return { ours, floor: floorTimes, ratio, growth: grown, worst_growth: Math.max(...Object.values(grown)) };
}

const keyOf = (name: string): string => name.replace(/[^a-z]+/gi, "_").toLowerCase();
