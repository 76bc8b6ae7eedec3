import { afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import type { Context, StaffActor } from "~/context";
import { unmerge } from "~/customers/unmerge";
import type { Database } from "~/db.server";
import { change } from "~/events/change";
import { newId } from "~/platform/ids";
import { Hub } from "~/realtime/hub";
import { postgresBus } from "~/realtime/postgres-bus";
import { bind } from "~/visitors/bind";
import { respond, startChat } from "../support/chat";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";
import { pause, TestEar, until } from "../support/listening";

let db: Database & { url: string };
let hub: Hub;
let shop: TestShop;
let anna: Context<StaffActor>;

beforeAll(async () => {
  db = await testDatabase();
});
beforeEach(async () => {
  hub = new Hub(db.sql);
  await hub.start(postgresBus(db.url));
  shop = await testShop(db);
  Object.assign(shop.base, { signals: hub });
  anna = await shop.staff("Anna Berg");
});
afterEach(() => hub.stop());

it("tells a customer's open pages of a chat from the moment it is proven theirs, and no more once that is undone", async () => {
  const gid = "gid://shopify/Customer/88";
  const customerId = newId();
  const at = shop.clock.now();
  await db.prisma.customer.create({
    data: { shopId: anna.shop.id, id: customerId, shopifyCustomerId: gid, createdAt: at, updatedAt: at },
  });
  const chat = await startChat(shop);
  const phone = await new TestEar({ as: "shopper", shopId: anna.shop.id, visitorId: newId(), customerId }).join(hub);
  const heard = () => phone.events.map((event) => event.message?.text);
  const resets = () => phone.frames.filter((frame) => frame.type === "reset").length;

  await respond(anna, chat.id, "Before");
  await pause(300);
  expect(heard()).toEqual([]);

  const visitor = await db.prisma.visitor.findFirstOrThrow({ where: { id: chat.shopper.actor.visitorId } });
  await db.prisma.identity.create({
    data: {
      ...{ shopId: anna.shop.id, id: newId(), customerId, kind: "shopify-customer", value: gid, grade: "signed-in" },
      ...{ proof: "signed in to the storefront", firstSeenAt: at, lastSeenAt: at },
    },
  });
  await change(anna, (tx) => bind(tx, anna, visitor, gid));
  await until(() => resets() === 1, "the phone reads its state anew");
  await respond(anna, chat.id, "Between");
  await until(() => heard().includes("Between"), "the phone hears the chat");

  const row = await db.prisma.customerMerge.findFirstOrThrow({ where: { shopId: anna.shop.id } });
  await unmerge(anna, row.id);
  await until(() => resets() === 2, "the phone reads its state anew");
  await respond(anna, chat.id, "After");
  await pause(500);
  expect(heard()).toEqual(["Between"]);
});
