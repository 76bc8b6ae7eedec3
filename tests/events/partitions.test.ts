import { beforeAll, expect, it, vi } from "vitest";
import type { Database } from "~/db.server";
import { ensurePartitions } from "~/events/partitions";
import { newId } from "~/platform/ids";
import { currentPlace } from "~/realtime/cursor";
import { readLog } from "~/realtime/log-reader";
import { testShop } from "../support/context";
import { testDatabase } from "../support/database";

let db: Database;
let shopId: string;

beforeAll(async () => {
  db = await testDatabase();
  shopId = (await testShop(db)).base.shop.id;
});

async function partitionsOf(parent: string): Promise<string[]> {
  const found = await db.sql.query<{ name: string }>(
    `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = $1::regclass ORDER BY 1`,
    [parent],
  );
  return found.rows.map((row) => row.name);
}

const write = (at: string) =>
  db.sql.query<{ table: string }>(
    `INSERT INTO "event" ("shopId", "at", "kind", "actor") VALUES ($1, $2, 'visitor.viewed', 'shopper')
     RETURNING tableoid::regclass::text AS table`,
    [shopId, at],
  );

it("makes this month and the next two, over the end of a year, once, whoever asks", async () => {
  const now = new Date("2027-11-30T23:59:59.999Z");
  await Promise.all(Array.from({ length: 5 }, () => ensurePartitions(db.sql, now)));
  const months = ["2027_11", "2027_12", "2028_01"];
  expect(await partitionsOf("event")).toEqual([...months.map((month) => `event_${month}`), "event_default"]);
  expect(await partitionsOf("page_view")).toEqual([
    ...months.map((month) => `page_view_${month}`),
    "page_view_default",
  ]);
  expect((await write("2027-12-31T23:59:59.999Z")).rows[0]?.table).toBe("event_2027_12");
  expect((await write("2028-01-01T00:00:00.000Z")).rows[0]?.table).toBe("event_2028_01");
  expect((await write("2030-01-01T00:00:00.000Z")).rows[0]?.table).toBe("event_default");
});

it("moves what was written before its month had a partition, and loses none of it", async () => {
  const from = await currentPlace(db.sql);
  for (const at of [
    "2029-05-01T00:00:00Z",
    "2029-05-31T23:59:59.999Z",
    "2029-06-10T00:00:00Z",
    "2029-09-01T00:00:00Z",
  ]) {
    await write(at);
  }
  // A transaction of another database of the server may still hold the log back.
  const before = await vi.waitFor(async () => {
    const read = await readLog(db.sql, { of: "everyone" }, from, null, 10);
    expect(read.events.length).toBeGreaterThanOrEqual(4);
    return read;
  }, 10_000);
  await ensurePartitions(db.sql, new Date("2029-05-15T00:00:00Z"));
  expect((await readLog(db.sql, { of: "everyone" }, from, null, 10)).events).toEqual(before.events);
  expect((await db.sql.query(`SELECT 1 FROM "event_2029_05"`)).rowCount).toBe(2);
  expect((await db.sql.query(`SELECT 1 FROM "event_2029_06"`)).rowCount).toBe(1);
  expect((await db.sql.query(`SELECT 1 FROM "event_default" WHERE "at" < '2029-08-01'`)).rowCount).toBe(0);
});

it("gives its partitions what the whole table has: keys, the order of the log, and the visitor of a page view", async () => {
  const indexes = async (table: string) =>
    (
      await db.sql.query<{ definition: string }>(
        `SELECT pg_get_indexdef(indexrelid) AS definition FROM pg_index WHERE indrelid = $1::regclass`,
        [table],
      )
    ).rows
      .map((row) => row.definition.replace(/^.* USING/, "USING"))
      .sort();
  expect(await indexes("event_2027_11")).toEqual(await indexes("event"));
  expect(await indexes("page_view_2027_11")).toEqual(await indexes("page_view"));
  const stray = db.sql.query(
    `INSERT INTO "page_view" ("shopId", "id", "at", "visitorId", "path") VALUES ($1, $2, '2027-11-05', $3, '/')`,
    [shopId, newId(), newId()],
  );
  await expect(stray).rejects.toMatchObject({ code: "23503" });
});

it("gives up soon on a table in use, so that nobody queues behind it, and does it the next time", async () => {
  const now = new Date("2031-01-10T00:00:00Z");
  const reader = await db.locks.connect();
  await reader.query("BEGIN");
  await reader.query(`SELECT 1 FROM "event" LIMIT 1`);
  await expect(ensurePartitions(db.sql, now)).rejects.toMatchObject({ code: "55P03" });
  await reader.query("ROLLBACK");
  reader.release();
  await ensurePartitions(db.sql, now);
  expect(await partitionsOf("event")).toContain("event_2031_01");
}, 15_000);
