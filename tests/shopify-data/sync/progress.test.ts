import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server";
import { kinds } from "~/shopify-data/kinds";
import { firstSync, syncProgress } from "~/shopify-data/sync/progress";
import { startSync } from "~/shopify-data/sync/start";
import { syncAgain } from "~/shopify-data/sync-again";
import { fieldsInWords, malformedWords, problemOf, timeLeft } from "~/ui/shopify-data/words";
import { type TestShop, testShop } from "../../support/context";
import { testDatabase } from "../../support/database";
import "../../support/app";

let db: Database;
let shop: TestShop;

beforeAll(async () => {
  db = await testDatabase();
});
beforeEach(async () => {
  shop = await testShop(db);
});

const start = () => db.prisma.$transaction((tx) => startSync(tx, shop.base));
const set = (kind: string, data: object) =>
  db.prisma.syncRun.update({ where: { shopId_kind: { shopId: shop.base.shop.id, kind } }, data });

describe("the progress of a sync", () => {
  it("is empty before the first one", async () => {
    expect(await syncProgress(shop.base)).toEqual({
      running: false,
      startedAt: null,
      lastFinishedAt: null,
      kinds: [],
      denied: [],
    });
    expect(await firstSync(shop.base)).toBeNull();
  });

  it("tells counts, share and time left of what is being read", async () => {
    await start();
    const readingAt = shop.clock.now();
    await set("orders", { state: "reading", fileSize: 1_000n, offset: 250n, rootCount: 400, read: 100, readingAt });
    shop.clock.advance(30_000);
    const progress = await syncProgress(shop.base);
    expect(progress.running).toBe(true);
    expect(progress.kinds.map((one) => one.kind)).toEqual([...kinds]);
    expect(progress.kinds[1]).toMatchObject({ share: 0.25, secondsLeft: 90, read: 100, total: 400 });
    expect(progress.kinds[0]).toMatchObject({ state: "waiting", share: 0, secondsLeft: null });
    expect(await firstSync(shop.base)).toEqual({ done: [], now: { kind: "orders", read: 100, total: 400 } });
  });

  it("is complete when every kind has been to its end, and Home is silent in a later sync", async () => {
    await start();
    const lastFinishedAt = shop.clock.now();
    for (const kind of kinds) await set(kind, { state: "done", lastFinishedAt });
    expect(await syncProgress(shop.base)).toMatchObject({
      running: false,
      lastFinishedAt: lastFinishedAt.toISOString(),
    });
    expect(await syncAgain(await shop.staff())).toBe(true);
    expect(await syncAgain(await shop.staff())).toBe(false);
    expect(await firstSync(shop.base)).toBeNull();
    expect(await db.prisma.auditEntry.count({ where: { action: "shopify-data.sync-started" } })).toBe(1);
  });
});

describe("words", () => {
  it("say what was left out, where and why", () => {
    expect(malformedWords({ malformed: 0, lines: [] })).toBeNull();
    expect(malformedWords({ malformed: 1, lines: [{ line: 12, reason: "no JSON" }] })).toBe(
      "1 line of Shopify's file could not be understood and was left out: line 12 (no JSON). Everything else is here.",
    );
    expect(malformedWords({ malformed: 4, lines: [{ line: 12, reason: "no JSON" }] })).toContain("and 3 more");
  });

  it("name refused fields once, and what went wrong by where it ended", () => {
    expect(fieldsInWords(["email", "emailAddress", "phone", "customer"])).toBe(
      "e-mail addresses, phone numbers and who the customer is",
    );
    expect(problemOf({ state: "waiting", problem: "shopify-failed" })).toContain("asked for again");
    expect(problemOf({ state: "failed", problem: "shopify-failed" })).toContain("Sync again later");
    expect(timeLeft(59)).toBe("less than a minute left");
    expect(timeLeft(61)).toBe("about 2 minutes left");
    expect(timeLeft(3_700)).toBe("about 1 h 2 min left");
  });
});
