import { parseCrontab, type Runner, runOnce } from "graphile-worker";
import { afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import type { Context, StaffActor } from "~/context";
import { reopen } from "~/conversations/reopen";
import { snooze } from "~/conversations/snooze";
import type { Database } from "~/db.server";
import { change } from "~/events/change";
import { jobs, timetable } from "~/jobs/catalogue";
import { enqueue } from "~/jobs/enqueue";
import { prepareJobs, runJobs } from "~/jobs/run";
import { receive } from "~/shopify/webhooks/receive";
import { type Chat, conversationRow, factsOf, startChat } from "../support/chat";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";
import { pause, until } from "../support/listening";

let db: Database;
let shop: TestShop;
let anna: Context<StaffActor>;
let chat: Chat;
const runners: Runner[] = [];

beforeAll(async () => {
  db = await testDatabase();
});

beforeEach(async () => {
  await db.sql.query(`SELECT graphile_worker.complete_jobs(array_agg(id)) FROM graphile_worker.jobs`);
  shop = await testShop(db);
  anna = await shop.staff();
  chat = await startChat(shop);
});

afterEach(async () => {
  await Promise.all(runners.splice(0).map((runner) => runner.stop()));
});

async function startWorker(): Promise<void> {
  runners.push(await runJobs(shop.base));
}

const waiting = async () =>
  (await db.sql.query(`SELECT 1 FROM graphile_worker.jobs WHERE task_identifier = 'wake-conversation'`)).rowCount;
const status = async () => (await conversationRow(db, shop.base.shop.id, chat.id)).status;

/** Snoozed until `ahead` from the test's clock, its job due now by the database's. */
async function snoozeDue(ahead: number): Promise<void> {
  await snooze(anna, { conversationId: chat.id, until: new Date(shop.clock.now().getTime() + ahead) });
  await change(anna, (tx) =>
    enqueue(
      tx,
      "wake-conversation",
      { shopId: anna.shop.id, conversationId: chat.id },
      { key: `wake:${chat.id}`, runAt: new Date(0) },
    ),
  );
}

it("runs what was enqueued by a change that is kept, and nothing of one that was rolled back", async () => {
  await snoozeDue(60_000);
  const undone = change(anna, async (tx) => {
    await enqueue(tx, "wake-conversation", { shopId: anna.shop.id, conversationId: chat.id });
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");
  expect(await waiting()).toBe(1);
  shop.clock.advance(60_000);
  await startWorker();
  await until(async () => (await status()) === "open", "the conversation is back");
  await until(async () => (await waiting()) === 0, "the job is done");
  expect((await factsOf(db, chat.id)).filter((kind) => kind === "conversation.reopened")).toHaveLength(1);
});

it("leaves a conversation that was snoozed anew, closed or reopened meanwhile as it is", async () => {
  await snoozeDue(3_600_000);
  await startWorker();
  await until(async () => (await waiting()) === 0, "the job is done");
  expect(await status()).toBe("snoozed");
  await reopen(anna, chat.id);
  await change(anna, (tx) => enqueue(tx, "wake-conversation", { shopId: anna.shop.id, conversationId: chat.id }));
  await until(async () => (await waiting()) === 0, "the second job is done");
  expect((await factsOf(db, chat.id)).filter((kind) => kind === "conversation.reopened")).toHaveLength(1);
});

it("with one key is one job, the last that was asked for", async () => {
  await change(anna, async (tx) => {
    const payload = { shopId: anna.shop.id, conversationId: chat.id };
    for (const hours of [1, 2, 3]) {
      await enqueue(tx, "wake-conversation", payload, { key: "one", runAt: new Date(Date.UTC(2030, 1, 1, hours)) });
    }
  });
  const found = await db.sql.query(`SELECT run_at FROM graphile_worker.jobs WHERE key = 'one'`);
  expect(found.rows).toEqual([{ run_at: new Date(Date.UTC(2030, 1, 1, 3)) }]);
});

it("tries a job that fails again later, and goes on with the others", async () => {
  await db.sql.query(`SELECT graphile_worker.add_job('wake-conversation', '{"nonsense": true}', job_key := 'bad')`);
  await snoozeDue(60_000);
  shop.clock.advance(60_000);
  await startWorker();
  await until(async () => (await status()) === "open", "the good one ran");
  const bad = async () =>
    (await db.sql.query(`SELECT attempts, run_at > now() AS later FROM graphile_worker.jobs WHERE key = 'bad'`)).rows;
  await until(async () => (await bad())[0]?.attempts === 1, "the bad one was tried");
  await pause(20);
  expect(await bad()).toEqual([{ attempts: 1, later: true }]);
});

it("of a conversation or shop that is gone does no harm", async () => {
  const gone = { shopId: "00000000-0000-7000-8000-000000000000", conversationId: chat.id };
  await change(anna, (tx) => enqueue(tx, "wake-conversation", gone));
  await startWorker();
  await until(async () => (await waiting()) === 0, "it was done");
  expect(await status()).toBe("open");
});

it("makes its tables as often as it is asked to", async () => {
  await Promise.all([prepareJobs(db), prepareJobs(db)]);
});

it("takes what somebody waits for before what may wait, whichever was asked for first", async () => {
  const order: string[] = [];
  const noting = (name: string) => async () => void order.push(name);
  const { id: shopId } = anna.shop;
  await change(anna, async (tx) => {
    await enqueue(tx, "sync-shop", { shopId }, { key: "a sync" });
    await enqueue(tx, "read-again", { shopId, kind: "orders" });
    await enqueue(tx, "tell-summary", { shopId, customerId: chat.id });
    await enqueue(tx, "wake-conversation", { shopId, conversationId: chat.id });
  });
  await db.prisma.webhookDelivery.deleteMany();
  const delivery = { shopDomain: anna.shop.domain, eventId: null, triggeredAt: null, payload: "{}" };
  await receive(shop.base, { ...delivery, webhookId: "one", topic: "carts/update" });
  await receive(shop.base, { ...delivery, webhookId: "two", topic: "orders/updated" });
  await change(anna, (tx) => enqueue(tx, "send-code", { shopId, codeId: chat.id }));
  const taskList = Object.fromEntries(Object.keys(jobs).map((name) => [name, noting(name)]));
  await runOnce({ pgPool: db.jobs, taskList, concurrency: 1 });
  expect(order.slice(0, 1)).toEqual(["send-code"]);
  expect(order.slice(1, 4).sort()).toEqual(["handle-webhook", "handle-webhooks", "wake-conversation"]);
  expect(order.slice(4).sort()).toEqual(["read-again", "sync-shop", "tell-summary"]);
});

it("has every timed job in a form that the worker reads, after what somebody waits for", () => {
  const parsed = parseCrontab(timetable);
  expect(parsed).toHaveLength(timetable.split("\n").length);
  for (const { task, options } of parsed) {
    expect(Object.keys(jobs)).toContain(task);
    expect(options.priority ?? 0).toBeGreaterThanOrEqual(0);
  }
  expect(parsed.find(({ task }) => task === "forget-old")?.options).toMatchObject({
    backfillPeriod: 86_400_000,
    priority: 10,
  });
});
