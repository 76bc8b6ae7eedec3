import { beforeAll, beforeEach, expect, it } from "vitest";
import type { Context, StaffActor } from "~/context";
import type { Database } from "~/db.server";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { newId } from "~/platform/ids";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";

let db: Database;
let shop: TestShop;
let anna: Context<StaffActor>;

beforeAll(async () => {
  db = await testDatabase();
});

beforeEach(async () => {
  shop = await testShop(db);
  anna = await shop.staff();
});

const facts = () => db.prisma.event.findMany({ where: { shopId: shop.base.shop.id } });

it("keeps who did what about whom, in the transaction's own place of the log, and tells the listeners after", async () => {
  const about = { conversationId: newId(), customerId: newId(), visitorId: newId(), cartId: newId(), position: 7 };
  await change(anna, async (tx) => {
    await record(tx, anna, "conversation.closed", {}, about);
    expect(shop.signals.growths).toBe(0);
  });
  expect(shop.signals.growths).toBe(1);
  expect(await facts()).toEqual([
    expect.objectContaining({ kind: "conversation.closed", actor: "staff", actorId: anna.actor.id, ...about }),
  ]);
});

it("keeps nothing and tells nobody when the work fails", async () => {
  const failing = change(anna, async (tx) => {
    await record(tx, anna, "conversation.closed", {});
    throw new Error("second thoughts");
  });
  await expect(failing).rejects.toThrow("second thoughts");
  expect(await facts()).toEqual([]);
  expect(shop.signals.growths).toBe(0);
});

it("facts of one transaction have one transaction id and stand in the order in which they were written", async () => {
  await change(anna, async (tx) => {
    await record(tx, anna, "conversation.closed", {});
    await record(tx, anna, "conversation.reopened", { because: "staff" });
  });
  const found = (await facts()).sort((one, other) => Number(one.id - other.id));
  expect(new Set(found.map((fact) => fact.xid)).size).toBe(1);
  expect(found.map((fact) => fact.kind)).toEqual(["conversation.closed", "conversation.reopened"]);
});
