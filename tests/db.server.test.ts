import { expect, it } from "vitest";
import { type Database, openDatabase } from "~/db.server";
import { testDatabase } from "./support/database";

const withDatabase = async (work: (db: Database) => Promise<void>): Promise<void> => {
  const { url } = await testDatabase();
  const db = openDatabase(url, 2);
  try {
    await work(db);
  } finally {
    await db.close();
  }
};

it("gives ordinary work a limit, and none to what holds locks or runs the job queue", async () => {
  await withDatabase(async (db) => {
    const limit = "SELECT current_setting('statement_timeout') AS \"limit\"";
    expect((await db.sql.query(limit)).rows).toEqual([{ limit: "15s" }]);
    expect(await db.prisma.$queryRawUnsafe(limit)).toEqual([{ limit: "15s" }]);
    expect((await db.locks.query(limit)).rows).toEqual([{ limit: "0" }]);
    expect((await db.jobs.query(limit)).rows).toEqual([{ limit: "0" }]);
  });
});

it("fails instead of hanging while every connection waits for a table that somebody holds", async () => {
  await withDatabase(async (db) => {
    const holder = await db.locks.connect();
    await holder.query("BEGIN");
    await holder.query(`LOCK TABLE "cart" IN ACCESS EXCLUSIVE MODE`);
    const read = `SELECT count(*) FROM "cart"`;
    const blocked = [1, 2].map(() => db.sql.query(read).then(String, (error: { code?: string }) => error.code));
    const viaPrisma = db.prisma.cart.count().catch((error: Error) => error.message);
    const started = performance.now();
    await expect(db.sql.query("SELECT 1")).rejects.toThrow("timeout");
    expect(performance.now() - started).toBeLessThan(7_000);
    expect(await Promise.all(blocked)).toEqual(["57014", "57014"]);
    expect(await viaPrisma).toContain("statement timeout");
    await holder.query("ROLLBACK");
    holder.release();
    expect((await db.sql.query(read)).rows).toEqual([{ count: "0" }]);
  });
}, 30_000);
