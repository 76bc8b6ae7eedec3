import { expect, it, vi } from "vitest";
import { change } from "~/events/change";
import { enqueue } from "~/jobs/enqueue";
import { log } from "~/platform/log";
import { startWorker } from "~/worker";
import { testShop } from "./support/context";
import { testDatabase } from "./support/database";
import { until } from "./support/listening";

it("goes on with its jobs after it could not write down that one was done", async () => {
  const db = await testDatabase();
  const shop = await testShop(db);
  const staff = await shop.staff();
  const left = async () => (await db.sql.query(`SELECT 1 FROM graphile_worker.jobs`)).rowCount ?? 0;
  const add = () => change(staff, (tx) => enqueue(tx, "remove-unsent-attachments", {}));
  await db.sql.query(
    `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END'`,
  );
  await db.sql.query(
    `CREATE TRIGGER refuse BEFORE DELETE ON graphile_worker._private_jobs FOR EACH ROW EXECUTE FUNCTION refuse()`,
  );
  const ended = vi.spyOn(log, "error");
  const worker = await startWorker(shop.base);
  await add();
  await until(() => ended.mock.calls.length > 0, "the runner ended");
  await db.sql.query(`DROP TRIGGER refuse ON graphile_worker._private_jobs`);
  await add();
  await until(async () => (await left()) === 0, "both jobs are done");
  await worker.close();
  expect(await left()).toBe(0);
}, 20_000);
