import { type Database, openDatabase } from "~/db.server";
import { fromCursor } from "~/timeline/place";
import { readTimeline } from "~/timeline/read";
import { benchDatabase } from "../database";
import { overRuns, percentile, short, table } from "../statistics";
import { type Filled, fill } from "./fill";

interface Side extends Filled {
  size: number;
  db: Database;
  pages: Record<Name, Page[]>;
  stop(): Promise<void>;
}

/** One page to read, and which rows it reads of each subject. */
interface Page {
  cursor: string | null;
  rows: { subjectId: string; limit: number }[];
}

const names = ["first page", "page at depth"] as const;
type Name = (typeof names)[number];

/** Sizes that a run takes instead of its own: `BENCH_TIMELINE_ENTRIES=100000,10000000`. */
function sizesOf(quick: boolean): number[] {
  const given = process.env.BENCH_TIMELINE_ENTRIES?.split(",")
    .map(Number)
    .filter((size) => size > 0);
  return given?.length ? given : quick ? [20_000, 200_000] : [100_000, 10_000_000];
}

/**
 * A page of the story of a customer with 50,000 entries, as the app's route reads it, by turns with a bare scan of the
 * index for the same rows of the same tables (each subject's as many as the page has of it), at two sizes of the shop.
 * The deep pages lie anywhere in the older nine tenths of the story.
 */
export async function timelineBench(quick: boolean): Promise<Record<string, unknown>> {
  const sizes = sizesOf(quick);
  const runs = quick ? 3 : 7;
  const each = quick ? 50 : 200;
  const own = quick ? 10_000 : 50_000;
  const sides: Side[] = [];
  try {
    for (const size of sizes) sides.push(await makeSide(size, Math.min(own, size / 2), each));
    const times = new Map<string, number[]>();
    const late = new Map<string, number[]>();
    const add = (into: Map<string, number[]>, key: string, value: number) =>
      into.set(key, [...(into.get(key) ?? []), value]);
    for (let run = -1; run < runs; run += 1) {
      for (const name of names) {
        for (const side of sides) {
          const [ours, bare] = await measure(side, name, each);
          if (run < 0) continue;
          add(times, `${name}|${side.size}`, percentile(ours, 0.5));
          add(late, `${name}|${side.size}`, percentile(ours, 0.95));
          add(times, `scan of ${name}|${side.size}`, percentile(bare, 0.5));
        }
      }
    }
    return report(sizes, times, late, sides);
  } finally {
    for (const side of sides) await side.stop();
  }
}

async function makeSide(size: number, own: number, each: number): Promise<Side> {
  const database = await benchDatabase();
  const started = performance.now();
  const filled = await fill(database.url, size, own);
  const db = openDatabase(database.url, 2);
  console.log(
    `${size.toLocaleString("en")} entries in ${database.what}, ${own.toLocaleString("en")} of one customer, filled in ${Math.round((performance.now() - started) / 1_000)} s`,
  );
  const side: Side = {
    ...filled,
    size,
    db,
    pages: { "first page": [], "page at depth": [] },
    stop: async () => {
      await db.close();
      await database.stop();
    },
  };
  side.pages["first page"] = [await pageFrom(side, null)];
  const deep = await db.sql.query<{ cursor: string }>(
    `SELECT (extract(epoch FROM "at") * 1000)::bigint || '.' || "id" AS cursor FROM (
       SELECT "at", "id", row_number() OVER (ORDER BY "at" DESC) AS place FROM "timeline_entry" WHERE "shopId" = $1 AND "subjectId" = ANY ($2)) t
      WHERE place BETWEEN $3::int / 10 AND $3::int - 500 ORDER BY md5("id"::text) LIMIT $4`,
    [side.shopId, side.subjectIds, own, each],
  );
  for (const { cursor } of deep.rows) side.pages["page at depth"].push(await pageFrom(side, cursor));
  return side;
}

const read = (side: Side, cursor: string | null) =>
  readTimeline(
    { db: side.db, shop: { id: side.shopId, domain: "bench.myshopify.com", name: "Bench", currency: "EUR" } },
    { customerId: side.customerId, cursor, timeZone: "Europe/Copenhagen" },
  );

async function pageFrom(side: Side, cursor: string | null): Promise<Page> {
  const page = await read(side, cursor);
  const end = fromCursor(page.cursor ?? "");
  if (!end || page.lines.length === 0) throw new Error("the bench's pages must be full ones");
  const counted = await side.db.sql.query<{ subjectId: string; limit: number }>(
    `SELECT "subjectId", count(*)::int AS "limit" FROM "timeline_entry"
      WHERE "shopId" = $1 AND "subjectId" = ANY ($2) AND ("at", "id") >= ($3, $4) AND ("at", "id") < ($5, $6) GROUP BY 1`,
    [side.shopId, side.subjectIds, new Date(end.at), end.id, ...placeOf(cursor)],
  );
  return { cursor, rows: counted.rows };
}

function placeOf(cursor: string | null): [string, string] {
  const place = fromCursor(cursor ?? "");
  return place ? [new Date(place.at).toISOString(), place.id] : ["infinity", "00000000-0000-0000-0000-000000000000"];
}

/** The same rows by the same index over the bare driver, one short scan a subject, and nothing else. */
async function scan(side: Side, page: Page): Promise<number> {
  const scans = page.rows.map(
    (
      _,
      index,
    ) => `(SELECT * FROM "timeline_entry" WHERE "shopId" = $1 AND "subjectId" = $${4 + 2 * index} AND ("at", "id") < ($2, $3)
      ORDER BY "at" DESC, "id" DESC LIMIT $${5 + 2 * index}::int)`,
  );
  const { rows } = await side.db.sql.query({
    name: `scan-${page.rows.length}`,
    text: scans.join(" UNION ALL "),
    values: [side.shopId, ...placeOf(page.cursor), ...page.rows.flatMap(({ subjectId, limit }) => [subjectId, limit])],
  });
  return rows.length;
}

/** Milliseconds of ours and of the scan, turn by turn. */
async function measure(side: Side, name: Name, each: number): Promise<[number[], number[]]> {
  const [ours, bare]: [number[], number[]] = [[], []];
  const pages = side.pages[name];
  for (let turn = 0; turn < each; turn += 1) {
    const page = pages[turn % pages.length] as Page;
    const begun = performance.now();
    await read(side, page.cursor);
    const between = performance.now();
    await scan(side, page);
    bare.push(performance.now() - between);
    ours.push(between - begun);
  }
  return [ours, bare];
}

function report(
  sizes: number[],
  times: Map<string, number[]>,
  late: Map<string, number[]>,
  sides: Side[],
): Record<string, unknown> {
  const at = (from: Map<string, number[]>, key: string) => overRuns(from.get(key) ?? []);
  const result: Record<string, Record<string, number>> = { ours: {}, floor: {}, ratio: {}, growth: {} };
  const put = (into: string, key: string, value: number) => {
    (result[into] as Record<string, number>)[key] = short(value);
  };
  const rows = names.flatMap((name) =>
    sizes.map((size, index) => {
      const [mine, bare] = [at(times, `${name}|${size}`), at(times, `scan of ${name}|${size}`)];
      const key = `${name.replaceAll(" ", "_")}_at_${size}`;
      put("ours", `${key}_p50_ms`, mine.median);
      put("ours", `${key}_p95_ms`, at(late, `${name}|${size}`).median);
      put("floor", `${key}_p50_ms`, bare.median);
      put("ratio", key, mine.median / bare.median);
      if (index > 0) put("growth", `${key}_over_${sizes[0]}`, mine.median / at(times, `${name}|${sizes[0]}`).median);
      const pages = sides[index]?.pages[name] ?? [];
      const read =
        pages.reduce((sum, page) => sum + page.rows.reduce((all, one) => all + one.limit, 0), 0) / pages.length;
      return [
        `${name}, ${size.toLocaleString("en")} entries`,
        Math.round(read),
        short(mine.median),
        `±${Math.round(mine.spread * 50)}%`,
        short(at(late, `${name}|${size}`).median),
        short(bare.median),
        `${short(mine.median / bare.median)}×`,
      ];
    }),
  );
  console.log(`\n${table(["", "rows", "p50 ms", "", "p95 ms", "scan p50 ms", "of the scan"], rows)}\n`);
  return {
    ...result,
    worst_ratio: Math.max(...Object.values(result.ratio ?? {})),
    worst_growth: Math.max(...Object.values(result.growth ?? {})),
  };
}
