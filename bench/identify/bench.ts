import type { Context } from "~/context";
import { identify } from "~/customers/identify";
import { type Database, openDatabase } from "~/db.server";
import { prepareJobs } from "~/jobs/run";
import { systemClock } from "~/platform/clock";
import { benchDatabase } from "../database";
import { overRuns, short, table } from "../statistics";
import { fillPeople } from "./fill";

interface Side {
  size: number;
  db: Database;
  ctx: Context;
  /** The next number of each kind that no run has used. */
  next: { known: number; shopify: number; stranger: number };
  stop(): Promise<void>;
}

/** How many callers ask at the same moment. */
const callers = 4;

/**
 * Whom an address belongs to, in a transaction as the app asks it: somebody who has proven it before, a customer of
 * Shopify's at first contact, a stranger. Resolutions a second, at two sizes a hundredfold apart in the same run, against
 * one row by the index over the bare driver from as many callers.
 */
export async function identifyBench(quick: boolean): Promise<Record<string, unknown>> {
  const sizes = quick ? [1_000, 10_000] : [10_000, 1_000_000];
  const runs = quick ? 3 : 5;
  const each = quick ? 100 : 400;
  const sides: Side[] = [];
  try {
    for (const size of sizes) sides.push(await makeSide(size));
    const rates = new Map<string, number[]>();
    const names = [...Object.keys(operations), floorName];
    for (const name of names) {
      for (let run = -1; run < runs; run += 1) {
        for (const side of sides) {
          const rate = await measure(side, operations[name] ?? floor, each);
          // The first turn warms the plans and is not counted.
          if (run >= 0) rates.set(`${name}|${side.size}`, [...(rates.get(`${name}|${side.size}`) ?? []), rate]);
        }
      }
    }
    return report(names, sizes, rates);
  } finally {
    for (const side of sides) await side.stop();
  }
}

type Operation = (side: Side) => Promise<unknown>;

const resolve = (side: Side, value: string): Promise<unknown> =>
  side.db.prisma.$transaction((tx) =>
    identify(tx, side.ctx, {
      kind: "email",
      value,
      grade: "emailed-code",
      proof: "confirmed a code sent to this address",
    }),
  );

const operations: Record<string, Operation> = {
  "proven before": (side) => {
    side.next.known += 7;
    return resolve(side, `Person${1 + (side.next.known % side.size)}@Example.com`);
  },
  "in Shopify, first contact": (side) => {
    side.next.shopify += 1;
    return resolve(side, `buyer${side.next.shopify}@example.com`);
  },
  "a stranger": (side) => {
    side.next.stranger += 1;
    return resolve(side, `stranger${side.next.stranger}@example.com`);
  },
};

const floorName = "floor: one row by the index";

const floor: Operation = (side) => {
  side.next.known += 7;
  return side.db.sql.query({
    name: "floor",
    text: `SELECT "customerId" FROM "identity" WHERE "shopId" = $1 AND "kind" = 'email' AND "value" = $2`,
    values: [side.ctx.shop.id, `person${1 + (side.next.known % side.size)}@example.com`],
  });
};

async function makeSide(size: number): Promise<Side> {
  const database = await benchDatabase();
  const started = performance.now();
  const shopId = await fillPeople(database.url, size);
  const seconds = Math.round((performance.now() - started) / 1_000);
  console.log(
    `${size.toLocaleString("en")} people and as many customers of Shopify's in ${database.what}, filled in ${seconds} s`,
  );
  const db = openDatabase(database.url, callers);
  // Somebody met for the first time is looked up at Shopify by a job, which nobody runs here.
  await prepareJobs(db);
  return {
    size,
    db,
    ctx: {
      shop: { id: shopId, domain: "bench.myshopify.com", name: "Bench", currency: "EUR" },
      actor: { kind: "app" },
      db,
      clock: systemClock,
      signals: { logGrew: () => undefined, send: () => undefined },
    },
    next: { known: 0, shopify: 0, stranger: 0 },
    stop: async () => {
      await db.close();
      await database.stop();
    },
  };
}

/** Times a second, over `each` turns shared by the callers. */
async function measure(side: Side, operation: Operation, each: number): Promise<number> {
  const started = performance.now();
  let left = each;
  const caller = async (): Promise<void> => {
    while (left-- > 0) await operation(side);
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return (each * 1_000) / (performance.now() - started);
}

function report(names: string[], sizes: number[], rates: Map<string, number[]>): Record<string, unknown> {
  const [small = 0, large = 0] = sizes;
  const of = (name: string, size: number) => overRuns(rates.get(`${name}|${size}`) ?? []);
  const perSecond: Record<string, number> = {};
  const growth: Record<string, number> = {};
  const ratio: Record<string, number> = {};
  const bare = of(floorName, large).median;
  const rows = names.map((name) => {
    const [less, more] = [of(name, small), of(name, large)];
    const key = name.replace(/[^a-z]+/gi, "_").toLowerCase();
    perSecond[`${key}_at_${small}_per_second`] = short(less.median);
    perSecond[`${key}_at_${large}_per_second`] = short(more.median);
    growth[key] = short(less.median / more.median);
    ratio[key] = short(bare / more.median);
    const spread = `±${Math.round(more.spread * 50)}%`;
    return [name, short(less.median), short(more.median), spread, `${growth[key]}×`, `1 : ${ratio[key]}`];
  });
  console.log(`\n${table(["", `${small} /s`, `${large} /s`, "", "growth", "floor"], rows)}\n`);
  return { per_second: perSecond, growth, ratio };
}
