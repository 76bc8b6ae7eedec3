import pg from "pg";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Database } from "~/db.server";
import { newId } from "~/platform/ids";
import { currentPlace, fromCursor, isAfter, type Place, toCursor } from "~/realtime/cursor";
import { type LoggedEvent, LogReader, readLog } from "~/realtime/log-reader";
import { say, startChat } from "../support/chat";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";
import { pause, until } from "../support/listening";

let db: Database & { url: string };
let shop: TestShop;
const readers: LogReader[] = [];

beforeAll(async () => {
  db = await testDatabase();
});

beforeEach(async () => {
  shop = await testShop(db);
});

afterEach(() => {
  for (const reader of readers.splice(0)) reader.stop();
});

/** A fact whose data says which one it is. */
async function fact(client: pg.ClientBase | pg.Pool, number: number): Promise<void> {
  await client.query(
    `INSERT INTO "event" ("shopId", "at", "kind", "actor", "data") VALUES ($1, now(), 'visitor.viewed', 'shopper', $2)`,
    [shop.base.shop.id, { number }],
  );
}

const numberOf = (event: LoggedEvent): number => event.view.data.number as number;

async function follow(pollMilliseconds?: number): Promise<{ heard: LoggedEvent[]; reader: LogReader }> {
  const heard: LoggedEvent[] = [];
  const own = (events: LoggedEvent[]) => heard.push(...events.filter((one) => one.shopId === shop.base.shop.id));
  const reader = new LogReader(db.sql, own, pollMilliseconds);
  readers.push(reader);
  await reader.start();
  return { heard, reader };
}

describe("following the log", () => {
  it("neither skips nor repeats what many writers commit out of order, hold open and roll back", async () => {
    const { heard, reader } = await follow(50);
    const kept: number[] = [];
    let number = 0;
    // The kind of writer decides how long its transaction stays open and whether it is kept.
    const writer = async (index: number): Promise<void> => {
      const client = new pg.Client({ connectionString: db.url });
      await client.connect();
      for (let turn = 0; turn < 25; turn += 1) {
        await client.query("BEGIN");
        const mine: number[] = [];
        for (let count = 0; count < 1 + (turn % 3); count += 1) {
          const next = number++;
          mine.push(next);
          await fact(client, next);
          if (index % 4 === 1) await pause(Math.random() * 8);
        }
        if (index % 4 === 2) await pause(turn === 3 ? 300 : Math.random() * 15);
        const rollBack = index % 4 === 3 && turn % 2 === 0;
        await client.query(rollBack ? "ROLLBACK" : "COMMIT");
        reader.poke();
        if (!rollBack) kept.push(...mine);
      }
      await client.end();
    };
    await Promise.all(Array.from({ length: 12 }, (_, index) => writer(index)));
    await until(() => heard.length >= kept.length, "every kept fact was heard");
    await pause(200);
    expect(heard.map(numberOf).sort((a, b) => a - b)).toEqual(kept.sort((a, b) => a - b));
    for (const [index, event] of heard.slice(1).entries()) {
      expect(isAfter(event.place, (heard[index] as LoggedEvent).place)).toBe(true);
    }
  });

  it("waits for the older transaction, though a younger one with a higher id is there", async () => {
    const { heard, reader } = await follow(20);
    const older = new pg.Client({ connectionString: db.url });
    await older.connect();
    await older.query("BEGIN");
    await fact(older, 1);
    await fact(db.sql, 2);
    reader.poke();
    await pause(150);
    expect(heard).toEqual([]);
    await older.query("COMMIT");
    await until(() => heard.length === 2, "both were heard");
    expect(heard.map(numberOf)).toEqual([1, 2]);
    await older.end();
  });

  it("goes on when the older transaction is rolled back, or its connection is cut", async () => {
    for (const end of ["rolled back", "cut"]) {
      const { heard, reader } = await follow(20);
      const older = new pg.Client({ connectionString: db.url });
      older.on("error", () => undefined);
      await older.connect();
      await older.query("BEGIN");
      await fact(older, 1);
      await fact(db.sql, 2);
      reader.poke();
      if (end === "cut") {
        const backend = (older as unknown as { processID: number }).processID;
        await db.sql.query("SELECT pg_terminate_backend($1)", [backend]);
      } else await older.query("ROLLBACK");
      await until(() => heard.length === 1, "the kept one was heard");
      expect(heard.map(numberOf)).toEqual([2]);
      await older.end().catch(() => undefined);
      reader.stop();
    }
  });

  it("hears without being poked, within its turn", async () => {
    const { heard } = await follow(30);
    await fact(db.sql, 7);
    await until(() => heard.length === 1, "it was heard by polling");
  });

  it("hands over a burst that is larger than one look, in order", async () => {
    const { heard, reader } = await follow();
    await db.sql.query(
      `INSERT INTO "event" ("shopId", "at", "kind", "actor", "data")
       SELECT $1, now(), 'visitor.viewed', 'shopper', jsonb_build_object('number', n) FROM generate_series(1, 3500) AS n`,
      [shop.base.shop.id],
    );
    reader.poke();
    await until(() => heard.length === 3_500, "the whole burst was heard");
    expect(heard.map(numberOf)).toEqual(Array.from({ length: 3_500 }, (_, index) => index + 1));
  });

  it("outlives a database that refuses for a while", async () => {
    const { heard, reader } = await follow(30);
    const original = db.sql.query.bind(db.sql);
    let refused = 0;
    db.sql.query = (() => {
      refused += 1;
      return Promise.reject(new Error("the server is starting up"));
    }) as never;
    reader.poke();
    await until(() => refused > 1, "it was refused twice");
    db.sql.query = original as never;
    await fact(db.sql, 1);
    await until(() => heard.length === 1, "it was heard afterwards");
  });

  it("is not misled by a log that was restored from a server with higher transaction ids", async () => {
    await db.sql.query(
      `INSERT INTO "event" ("shopId", "xid", "at", "kind", "actor", "data")
       SELECT $1, 900000000000 + n, now(), 'visitor.viewed', 'shopper', '{"number": -1}' FROM generate_series(1, 3) AS n`,
      [shop.base.shop.id],
    );
    const { heard, reader } = await follow(30);
    await fact(db.sql, 1);
    reader.poke();
    await until(() => heard.length === 1, "the new one was heard");
    await pause(100);
    expect(heard.map(numberOf)).toEqual([1]);
    const { hidden } = await readLog(db.sql, { of: "everyone" }, reader.place, null, 10);
    expect(hidden).toBe(false);
  });
});

describe("a cursor", () => {
  it("taken before a state is read has everything that is not in the state after it", async () => {
    const places: Place[] = [];
    for (let number = 0; number < 5; number += 1) {
      places.push(await currentPlace(db.sql));
      await fact(db.sql, number);
    }
    for (const [number, place] of places.entries()) {
      // A transaction of another database of the server holds the log back too: later, or more than was asked for.
      await vi.waitFor(async () => {
        const after = await readLog(db.sql, { of: "shop", shopId: shop.base.shop.id }, place, null, 100);
        expect(after.events.map(numberOf)).toEqual(expect.arrayContaining([0, 1, 2, 3, 4].slice(number)));
      }, 10_000);
    }
  });

  it("goes to text and back, and nothing else is taken for one", () => {
    expect(fromCursor(toCursor({ xid: 12n, id: 34n }))).toEqual({ xid: 12n, id: 34n });
    for (const text of [
      "",
      "1",
      "1.",
      ".1",
      "-1.2",
      "1.2.3",
      "1e3.4",
      "9".repeat(30),
      null,
      undefined,
      12,
      {},
      "1.2; --",
    ]) {
      expect(fromCursor(text)).toBeNull();
    }
  });
});

it("never reads through all messages to find those of a few facts", async () => {
  const sql = new pg.Pool({ connectionString: db.url, max: 1 });
  const { id, shopper } = await startChat(shop);
  await sql.query(
    `INSERT INTO "message" ("shopId", "id", "conversationId", "position", "author", "channel", "text", "clientKey", "at")
     SELECT $1, gen_random_uuid(), $2, n, 'shopper', 'chat', repeat('x', 200), n::text, now() FROM generate_series(1000, 6000) n`,
    [shop.base.shop.id, id],
  );
  const from = await currentPlace(sql);
  const sent = await say(shopper, id, "the one");
  const scans = async (): Promise<number> => {
    await sql.query("SELECT pg_stat_force_next_flush()");
    const found = await sql.query(`SELECT seq_scan::int AS scans FROM pg_stat_user_tables WHERE relname = 'message'`);
    return found.rows[0].scans as number;
  };
  // A transaction of another database of the server may still hold the log back.
  const everything = async () => (await readLog(sql, { of: "everyone" }, from, null, 1_000)).events;
  await vi.waitFor(async () => expect((await everything()).some((event) => event.view.message)).toBe(true), 10_000);
  const before = await scans();
  for (const audience of [{ of: "everyone" }, { of: "shop", shopId: shop.base.shop.id }] as const) {
    const { events } = await readLog(sql, audience, from, null, 1_000);
    expect(events.flatMap((event) => event.view.message ?? [])).toEqual([sent]);
  }
  expect(await scans()).toBe(before);
  await sql.end();
});

it("one shop's reading holds nothing of another's", async () => {
  const from = await currentPlace(db.sql);
  await fact(db.sql, 1);
  const other = { of: "shop" as const, shopId: newId() };
  expect((await readLog(db.sql, other, from, null, 10)).events).toEqual([]);
});
