import { beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "~/db.server";
import { withLock } from "~/platform/lock";
import { testDatabase } from "../support/database";

let db: Database & { url: string };
beforeAll(async () => {
  db = await testDatabase();
});

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe("a lock", () => {
  it("lets one at a time work, also over two processes' pools", async () => {
    const other = openDatabase(db.url, 2);
    let inside = 0;
    let most = 0;
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await pause(5);
      inside -= 1;
    };
    const pools = [db.locks, other.locks, db.locks, other.locks];
    await Promise.all(pools.map((pool) => withLock(pool, "one", work)));
    await other.close();
    expect(most).toBe(1);
  });

  it("that hangs with a hundred in line leaves the database to everybody else", async () => {
    let finish: () => void = () => undefined;
    const hanging = withLock(db.locks, "hangs", () => new Promise<void>((resolve) => (finish = resolve)));
    const line = Array.from({ length: 100 }, () => withLock(db.locks, "hangs", async () => undefined));
    await pause(50);
    const answered = await Promise.race([db.sql.query("SELECT 1").then(() => "answered"), pause(2_000)]);
    expect(answered).toBe("answered");
    expect(db.locks.totalCount).toBeLessThanOrEqual(4);
    expect(await withLock(db.locks, "another", async () => "done")).toBe("done");
    finish();
    await Promise.all([hanging, ...line]);
  });

  it("is given on when the work fails", async () => {
    const failing = withLock(db.locks, "fails", () => Promise.reject(new Error("no")));
    const next = withLock(db.locks, "fails", async () => "done");
    await expect(failing).rejects.toThrow("no");
    expect(await next).toBe("done");
  });
});
