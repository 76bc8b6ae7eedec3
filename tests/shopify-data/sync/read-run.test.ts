import { Writable } from "node:stream";
import fc from "fast-check";
import type pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "~/context";
import type { Database } from "~/db.server";
import { FileTrouble } from "~/shopify-data/sync/file";
import { readRun } from "~/shopify-data/sync/read-run";
import { fromTheStart, type Run } from "~/shopify-data/sync/runs";
import { type TestShop, testShop } from "../../support/context";
import { testDatabase } from "../../support/database";
import { type FileServer, fileServer, orderLines } from "./file-server";
import "../../support/app";

let db: Database;
let shop: TestShop;
let files: FileServer;
const never = Number.POSITIVE_INFINITY;
const operationId = "gid://shopify/BulkOperation/1";

beforeAll(async () => {
  db = await testDatabase();
  files = await fileServer();
});
afterAll(() => files.close());
beforeEach(async () => {
  shop = await testShop(db);
  Object.assign(files.behaviour, { ignoresRange: false, status: null, cutAfter: null, piece: null });
  files.asked.length = 0;
  await ready();
});

const context = (): Context => ({ ...shop.base, actor: { kind: "shopify" } });
const where = () => ({ shopId_kind: { shopId: shop.base.shop.id, kind: "orders" } });

/** A run of orders whose file is ready. */
async function ready(changes: object = {}): Promise<void> {
  const now = shop.clock.now();
  const data = { ...fromTheStart, state: "reading", operationId, askedAt: now, url: files.url, readingAt: now };
  await db.prisma.syncRun.upsert({
    where: where(),
    create: { shopId: shop.base.shop.id, kind: "orders", ...data, changedAt: now, ...changes },
    update: { ...data, created: 0, changed: 0, tries: 0, problem: null, changedAt: now, ...changes },
  });
}

const run = async () => (await db.prisma.syncRun.findUniqueOrThrow({ where: where() })) as Run;
/** Batches of 60 orders, so that short files have several; that is enough for them to be copied. */
const full = { records: 60, bytes: 4_000_000 };
const read = async (ctx = context()) => readRun(ctx, await run(), never, full);
const count = () => db.prisma.shopifyOrder.count({ where: { shopId: shop.base.shop.id } });

/** Everything that a sync leaves, without the ids of this shop. */
async function state(): Promise<string[]> {
  const { rows } = await db.sql.query<{ line: string }>(
    `SELECT (to_jsonb(t) - 'shopId' - 'subjectId')::text AS line FROM "shopify_order" t WHERE "shopId" = $1 UNION ALL
     SELECT (to_jsonb(t) - 'shopId' - 'subjectId')::text FROM "timeline_entry" t WHERE "shopId" = $1 UNION ALL
     SELECT (to_jsonb(t) - 'shopId')::text FROM "sync_line" t WHERE "shopId" = $1 UNION ALL
     SELECT (to_jsonb(t) - 'shopId' - 'url' - 'fileSize')::text FROM "sync_run" t WHERE "shopId" = $1 ORDER BY 1`,
    [shop.base.shop.id],
  );
  return rows.map((row) => row.line);
}

/** A database whose connection dies at the n-th statement of the reading, as it does when the process is killed there. */
function dyingAt(statement: number): Database {
  let done = 0;
  const connect = async () => {
    const client = await db.sql.connect();
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    const dying = (...args: unknown[]) => {
      done += 1;
      if (done < statement) return query(...args);
      const killed = new Error("killed");
      const [asked] = args;
      // A COPY is a stream.
      if (!(asked instanceof Writable)) return Promise.reject(killed);
      return new Writable({ write: (_chunk, _encoding, done) => done(killed) });
    };
    return new Proxy(client, {
      get: (target, name) => {
        if (name === "query") return dying;
        // Its connection is gone, and the server takes back what was not committed.
        if (name === "release")
          return (error?: Error) => target.release(done >= statement ? new Error("killed") : error);
        return Reflect.get(target, name);
      },
    }) as pg.PoolClient;
  };
  return {
    ...db,
    sql: new Proxy(db.sql, { get: (target, name) => (name === "connect" ? connect : Reflect.get(target, name)) }),
  };
}

const manyOrders = (most: number, from = 1) =>
  Array.from({ length: most }, (_, index) => orderLines(from + index)).flat();

describe("a killed reading", () => {
  it("taken up again comes to the same, wherever it was killed", { timeout: 120_000 }, async () => {
    const lines = [...manyOrders(70), "{ cut off", ...manyOrders(80, 2_000)];
    files.set(lines);
    await read();
    const expected = await state();
    expect(await count()).toBe(150);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 3 }), async (kills) => {
        shop = await testShop(db);
        await ready();
        for (const kill of kills) {
          await read({ ...context(), db: dyingAt(kill) }).catch((error: Error) => expect(error.message).toBe("killed"));
          if ((await run()).state === "done") break;
        }
        if ((await run()).state !== "done") await read();
        expect(await state()).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  it("asks for the rest of the file only", async () => {
    files.set(manyOrders(130));
    await read({ ...context(), db: dyingAt(12) }).catch(() => undefined);
    const { offset } = await run();
    expect(offset).toBeGreaterThan(0n);
    await read();
    expect(files.asked).toEqual([undefined, `bytes=${offset}-`]);
    expect(await count()).toBe(130);
  });
});

describe("a file", () => {
  it("comes in pieces of any size", async () => {
    files.set([...manyOrders(30), ...orderLines(99, { name: "#99 – schöne Jacke 🧥" })]);
    files.behaviour.piece = 7_001;
    await read();
    expect(await count()).toBe(31);
    expect(
      await db.prisma.shopifyOrder.findFirst({ where: { shopId: shop.base.shop.id, name: { startsWith: "#99" } } }),
    ).toMatchObject({
      name: "#99 – schöne Jacke 🧥",
    });
  });

  it("is read from its checkpoint on by a server that gives no parts", async () => {
    files.set(manyOrders(130));
    files.behaviour.ignoresRange = true;
    await read({ ...context(), db: dyingAt(12) }).catch(() => undefined);
    await read();
    expect(await count()).toBe(130);
    expect(await run()).toMatchObject({ state: "done", read: 130, created: 130, malformed: 0 });
  });

  it("whose connection breaks is read on, with no line taken for malformed", async () => {
    files.set(manyOrders(200));
    files.behaviour.cutAfter = 50_001;
    await read();
    expect(await run()).toMatchObject({ state: "done", created: 200, malformed: 0 });
    expect(files.asked.length).toBeGreaterThan(5);
  });

  it("that breaks off before anything came is tried later by the job", async () => {
    files.set(manyOrders(3));
    files.behaviour.cutAfter = 100;
    await expect(read()).rejects.toThrow(FileTrouble);
    files.behaviour.cutAfter = null;
    await read();
    expect(await run()).toMatchObject({ state: "done", created: 3 });
  });

  it.each([403, 404, 410, 400])("whose address answers %i is asked for anew", async (status) => {
    files.set(manyOrders(3));
    files.behaviour.status = status;
    await read();
    expect(await run()).toMatchObject({
      state: "waiting",
      problem: "file-expired",
      tries: 1,
      offset: 0n,
      operationId: null,
    });
  });

  it("that is empty, or ends at the checkpoint, is done", async () => {
    files.set([]);
    await read();
    expect((await run()).state).toBe("done");
    files.set(manyOrders(3));
    await ready();
    await read();
    await ready({ offset: BigInt(JSON.stringify(0).length) });
  });

  it("is left where the time is over, and read on by the next job", async () => {
    files.set(manyOrders(130));
    expect(await readRun(context(), await run(), performance.now())).toBe(false);
    expect((await run()).state).toBe("reading");
    await read();
    expect(await count()).toBe(130);
  });
});

describe("lines", () => {
  it("that cannot be understood are counted with where and why, and the rest is kept", async () => {
    let number = 50;
    const wrong = (changes: object) => orderLines(number++, changes, 0)[0] ?? {};
    files.set([
      ...orderLines(1),
      "{ cut",
      "[]",
      "null",
      JSON.stringify({ name: "#9" }),
      JSON.stringify({ id: "gid://shopify/Customer/1" }),
      wrong({ currencyCode: "euros" }),
      wrong({ totalPriceSet: { shopMoney: { amount: "much" } } }),
      wrong({ processedAt: "yesterday" }),
      wrong({ totalPriceSet: null, fulfillments: 7 }),
      wrong({ processedAt: "-000001-01-01T00:00:00Z" }),
      "x".repeat(9 * 1024 * 1024),
      "",
      ...orderLines(2, { name: "#2\u0000" }),
    ]);
    await read();
    expect(await run()).toMatchObject({ state: "done", read: 2, created: 2, malformed: 11, line: 18 });
    const lines = await db.prisma.syncLine.findMany({
      where: { shopId: shop.base.shop.id },
      orderBy: { line: "asc" },
      select: { line: true, reason: true },
    });
    expect(lines).toEqual([
      { line: 4, reason: "no JSON" },
      { line: 5, reason: "no object" },
      { line: 6, reason: "no object" },
      { line: 7, reason: "no id" },
      { line: 8, reason: "of a kind not asked for" },
      { line: 9, reason: "no currency" },
      { line: 10, reason: "totalPriceSet is no amount" },
      { line: 11, reason: "processedAt is no time" },
      { line: 12, reason: "totalPriceSet is no amount" },
      { line: 13, reason: "not of the expected shape" },
      { line: 14, reason: "too long" },
    ]);
  });

  it("of children that come later than the next parent are attached, and those too late have their parent read again", async () => {
    const [parent, ...children] = orderLines(1);
    files.set([
      parent ?? {},
      ...orderLines(2),
      ...children,
      ...manyOrders(90, 10),
      ...orderLines(5, {}, 1),
      { ...children[0], __parentId: "gid://shopify/Order/10" },
    ]);
    await read();
    const one = await db.prisma.shopifyOrder.findFirstOrThrow({
      where: { shopId: shop.base.shop.id, id: "gid://shopify/Order/1" },
    });
    expect(one.lines).toHaveLength(2);
    const due = await db.prisma.shopifyDue.findMany({ where: { shopId: shop.base.shop.id } });
    expect(due.map((row) => row.id)).toEqual(["gid://shopify/Order/10"]);
  });

  it("of orders whose customer is unknown, gone or none are kept", async () => {
    files.set([
      ...orderLines(1, { customer: null }),
      ...orderLines(2, { customer: { id: "gid://shopify/Customer/404" } }),
      ...orderLines(3, { customer: null, email: null, phone: null }),
    ]);
    await read();
    expect(await count()).toBe(3);
  });
});

describe("who reads", () => {
  it("is one: a second reader of the same place keeps nothing twice", async () => {
    files.set(manyOrders(150));
    const same = await run();
    await Promise.all([readRun(context(), same, never, full), readRun(context(), same, never, full)]);
    expect(await run()).toMatchObject({ state: "done", read: 150, created: 150 });
  });

  it("stops at the next checkpoint when the app is uninstalled", async () => {
    files.set(manyOrders(150));
    await db.prisma.shop.update({ where: { id: shop.base.shop.id }, data: { uninstalledAt: new Date() } });
    await read();
    expect(await count()).toBe(0);
    expect((await run()).state).toBe("reading");
  });

  it("leaves it when somebody has begun anew", async () => {
    files.set(manyOrders(150));
    const before = await run();
    await ready({ operationId: "gid://shopify/BulkOperation/2" });
    await readRun(context(), before, never, full);
    expect(await count()).toBe(0);
  });
});
