import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { newId } from "~/platform/ids";
import { type Child, startChild } from "../child";
import { type BenchDatabase, benchDatabase } from "../database";
import { overRuns, short, table } from "../statistics";
import type { ReaderAnswer } from "./reader";

/** The least of each run's rows a second that is worth the name, as a share of bare COPY, and how flat memory is to be. */
const aims = { share: 1 / 5, growth: 1.1 };

interface Plan {
  orders: number;
  runs: number;
  /** Of the memory's two measurements. */
  few: number;
  many: number;
}

/**
 * `bench -- sync`: orders a second through the real way of a first sync (a local HTTP server's file, streamed, parsed, kept in
 * PostgreSQL with their story, checkpoint by checkpoint) beside a bare COPY of the same mirror's rows, into a table with
 * the same indexes, in the same run; and the peak of the reading process's memory for a small and a large file.
 */
export async function syncBench(quick: boolean): Promise<Record<string, unknown>> {
  const plan: Plan = quick
    ? { orders: 5_000, runs: 1, few: 2_000, many: 10_000 }
    : { orders: 100_000, runs: 3, few: 10_000, many: 1_000_000 };
  const database = await benchDatabase();
  const folder = mkdtempSync(join(tmpdir(), "throughline-sync-"));
  // The database may be of another account of this machine, and writes and reads the file of COPY by itself.
  chmodSync(folder, 0o777);
  try {
    console.log(`First sync into ${database.what}, ${process.version}`);
    const speed = await measureSpeed(database, join(folder, "orders.jsonl"), plan);
    const memory = await measureMemory(database, folder, plan);
    return { ...speed, ...memory };
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await database.stop();
  }
}

async function measureSpeed(database: BenchDatabase, file: string, plan: Plan): Promise<Record<string, unknown>> {
  const storage = await startChild({ script: "bench/sync/file-server.ts", words: [file, String(plan.orders)] });
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    const { url, size } = await storage.ask<{ url: string; size: number }>({});
    const synced: number[] = [];
    const copied: number[] = [];
    const again: number[] = [];
    let last: ReaderAnswer | null = null;
    for (let run = 0; run < plan.runs; run += 1) {
      const reader = await startReader(database);
      const shopId = await newShop(client);
      last = await reader.ask<ReaderAnswer>({ shopId, url });
      if (last.created !== plan.orders) throw new Error(`${last.created} of ${plan.orders} orders are there`);
      synced.push(plan.orders / last.seconds);
      const second = await reader.ask<ReaderAnswer>({ shopId, url });
      if (second.unchanged !== plan.orders) throw new Error("a second sync changed something");
      again.push(plan.orders / second.seconds);
      await reader.stop();
      copied.push(plan.orders / (await copySeconds(client, shopId, `${file}.copy`)));
      await client.query(`DELETE FROM "shopify_order"`);
      await client.query(`TRUNCATE "timeline_entry"`);
      await client.query(`VACUUM FULL "shopify_order"`);
    }
    const sync = overRuns(synced);
    const copy = overRuns(copied);
    const second = overRuns(again);
    const share = sync.median / copy.median;
    console.log(`\n${plan.orders} orders, ${short(size / 1e6)} MB of JSONL, the middle of ${plan.runs} runs\n`);
    console.log(
      table(
        ["", "orders/s", "± of runs", "of COPY"],
        [
          ["bare COPY of the mirror's rows", short(copy.median), `${short(copy.spread * 100)} %`, "1"],
          ["first sync, with its story", short(sync.median), `${short(sync.spread * 100)} %`, short(share)],
          [
            "second sync, nothing changed",
            short(second.median),
            `${short(second.spread * 100)} %`,
            short(second.median / copy.median),
          ],
        ],
      ),
    );
    const timeline = last?.timelineShareOfStatements ?? 0;
    console.log(`\nThe story takes ${short(timeline * 100)} % of the time in the database; the process itself used`);
    console.log(`${short(last?.cpuSeconds ?? 0)} s of CPU for ${short(last?.seconds ?? 0)} s.`);
    console.log(share >= aims.share ? "At least a fifth of COPY: held." : "At least a fifth of COPY: MISSED.");
    return {
      orders: plan.orders,
      syncOrdersPerSecond: short(sync.median),
      secondSyncOrdersPerSecond: short(second.median),
      copyOrdersPerSecond: short(copy.median),
      shareOfCopy: short(share),
      timelineShareOfStatements: short(timeline),
    };
  } finally {
    await client.end();
    await storage.stop();
  }
}

/** What the server needs to take the same rows from a file of its own, with the same indexes and in one statement. */
async function copySeconds(client: pg.Client, shopId: string, file: string): Promise<number> {
  await client.query(
    `COPY (SELECT * FROM "shopify_order" WHERE "shopId" = '${shopId}' ORDER BY "toldAt", ctid) TO '${file}'`,
  );
  await client.query(`CREATE TABLE "copied" (LIKE "shopify_order" INCLUDING ALL)`);
  await client.query("CHECKPOINT");
  const began = performance.now();
  await client.query(`COPY "copied" FROM '${file}'`);
  const seconds = (performance.now() - began) / 1000;
  await client.query(`DROP TABLE "copied"`);
  return seconds;
}

async function measureMemory(database: BenchDatabase, folder: string, plan: Plan): Promise<Record<string, unknown>> {
  const peaks: number[] = [];
  const live: number[] = [];
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    for (const orders of [plan.few, plan.many]) {
      const words = [join(folder, `${orders}.jsonl`), String(orders)];
      const storage = await startChild({ script: "bench/sync/file-server.ts", words });
      const reader = await startReader(database);
      const { url } = await storage.ask<{ url: string }>({});
      const { peakBytes, liveBytes, seconds } = await reader.ask<ReaderAnswer>({ shopId: await newShop(client), url });
      peaks.push(peakBytes);
      live.push(liveBytes);
      console.log(
        `\n${orders} orders: peak ${short(peakBytes / 1e6)} MB, in use after it ${short(liveBytes / 1e6)} MB, ${short(seconds)} s`,
      );
      await reader.stop();
      await storage.stop();
      await client.query(`TRUNCATE "shopify_order", "timeline_entry"`);
    }
  } finally {
    await client.end();
  }
  const growth = (peaks[1] ?? 0) / (peaks[0] ?? 1);
  console.log(
    `\nPeak memory grows ${short(growth)}×: ${growth <= aims.growth ? "flat." : "MISSED, at most 1.1× was the aim."}`,
  );
  return {
    peakMbFew: short((peaks[0] ?? 0) / 1e6),
    peakMbMany: short((peaks[1] ?? 0) / 1e6),
    growth: short(growth),
    liveMbFew: short((live[0] ?? 0) / 1e6),
    liveMbMany: short((live[1] ?? 0) / 1e6),
  };
}

function startReader(database: BenchDatabase): Promise<Child> {
  return startChild({ script: "bench/sync/reader.ts", words: [database.url] });
}

async function newShop(client: pg.Client): Promise<string> {
  const id = newId();
  await client.query(
    `INSERT INTO "shop" ("id", "domain", "name", "currency", "installedAt") VALUES ($1, $2, 'Bench', 'EUR', now())`,
    [id, `${id}.myshopify.com`],
  );
  return id;
}
