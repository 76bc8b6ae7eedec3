import { beforeAll, beforeEach, expect, it } from "vitest";
import { takeUpDeliveries } from "~/channels/take-up-deliveries";
import type { Context, StaffActor } from "~/context";
import { reply } from "~/conversations/reply";
import type { Database } from "~/db.server";
import { newId } from "~/platform/ids";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";
import { arrive, plainAccount, plainChannel } from "../support/plain-channel";

let db: Database;
let shop: TestShop;
let anna: Context<StaffActor>;
let conversationId: string;
const number = "+4520123456";
plainChannel();

beforeAll(async () => {
  db = await testDatabase();
});

beforeEach(async () => {
  shop = await testShop(db);
  anna = await shop.staff();
  const account = await plainAccount(shop, newId());
  const identifier = { kind: "phone", value: number } as const;
  const from = { address: number, name: null, identifier, grade: "provider-verified", proof: "wrote" } as const;
  await arrive({ ...shop.base, actor: { kind: "app" } }, account.id, [
    { type: "message", externalId: newId(), at: shop.clock.now(), from, text: "Hello", files: [] },
  ]);
  conversationId = (await db.prisma.conversation.findFirstOrThrow({ where: { shopId: shop.base.shop.id } })).id;
});

/** A message of ours in that state, with its job. */
async function written(state: string): Promise<string> {
  const { id } = await reply(anna, {
    ...{ conversationId, text: "Hi", clientKey: newId() },
    ...{ attachmentIds: [], seenPosition: null },
  });
  await db.prisma.delivery.updateMany({ where: { messageId: id }, data: { state } });
  return id;
}

const loseJobs = () => db.sql.query(`DELETE FROM graphile_worker._private_jobs`);
const later = (minutes: number) => shop.clock.advance(minutes * 60_000);
const sweep = () => takeUpDeliveries(shop.base);

async function jobsFor(messageId: string): Promise<(string | null)[]> {
  const { rows } = await db.sql.query<{ queue: string | null }>(
    `SELECT q.queue_name AS queue FROM graphile_worker._private_jobs j
       LEFT JOIN graphile_worker._private_job_queues q ON q.id = j.job_queue_id WHERE j.payload->>'messageId' = $1`,
    [messageId],
  );
  return rows.map(({ queue }) => queue);
}

it.each(["queued", "sending"])("what is %s and lost its job gets one again, once, in its queue", async (state) => {
  const id = await written(state);
  await loseJobs();
  later(15);
  await sweep();
  expect(await jobsFor(id)).toEqual([]);
  later(10);
  await sweep();
  await sweep();
  const { endpointId } = await db.prisma.delivery.findFirstOrThrow({ where: { messageId: id } });
  expect(await jobsFor(id)).toEqual([`to ${endpointId}`]);
});

it("a job that nobody tries any more counts as lost, one that waits does not", async () => {
  const [waiting, given] = [await written("queued"), await written("queued")];
  await db.sql.query(
    `UPDATE graphile_worker._private_jobs SET attempts = max_attempts WHERE payload->>'messageId' = $1`,
    [given],
  );
  later(25);
  await sweep();
  expect((await jobsFor(waiting)).length).toBe(1);
  expect((await jobsFor(given)).length).toBe(2);
});

it("what is to wait, what went out, what is for staff to look at, and a shop that is gone get none", async () => {
  const states = ["sent", "failed", "unclear"];
  const ids = await Promise.all(states.map(written));
  const waits = await written("queued");
  await loseJobs();
  later(25);
  await db.prisma.delivery.updateMany({ where: { messageId: waits }, data: { notBefore: shop.clock.now() } });
  await sweep();
  for (const id of [...ids, waits]) expect(await jobsFor(id)).toEqual([]);
  later(25);
  const where = { id: shop.base.shop.id };
  await db.prisma.shop.update({ where, data: { uninstalledAt: shop.clock.now() } });
  await sweep();
  expect(await jobsFor(waits)).toEqual([]);
  await db.prisma.shop.update({ where, data: { uninstalledAt: null } });
  await sweep();
  expect((await jobsFor(waits)).length).toBe(1);
});
