import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import type { Context, StaffActor } from "~/context";
import type { Database } from "~/db.server";
import type { EventData, EventKind, EventSubjects } from "~/events/catalogue";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { storyOf } from "~/events/story";
import { newId } from "~/platform/ids";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";

let db: Database;
let shop: TestShop;
let anna: Context<StaffActor>;

beforeAll(async () => {
  db = await testDatabase();
  shop = await testShop(db);
  anna = await shop.staff();
});

const money = { total: 1999, currency: "EUR" };
const draft = { draftOrderId: newId(), name: "#D1" };
const person = { otherId: newId(), evidence: "staff", opens: false };
const consent = { consentId: newId(), channel: "email", purpose: "marketing", source: "chat" };

/** One of each kind, so that a new kind is a type error here. */
const examples: { [Kind in EventKind]: EventData[Kind][] } = {
  "conversation.opened": [{ channel: "chat" }],
  "message.received": [{ messageId: newId() }],
  "message.sent": [{ messageId: newId() }],
  "conversation.joined": [{ customerId: newId(), because: "They were copied in." }],
  "conversation.split": [{ fromId: newId(), intoId: newId(), messages: 2 }],
  "conversation.unsplit": [{ fromId: newId(), intoId: newId() }],
  "message.delivery": [{ messageId: newId(), state: "read" }],
  "message.changed": [{ messageId: newId() }],
  "call.started": [{ callId: newId(), direction: "in" }],
  "call.changed": [{ callId: newId(), state: "queued" }],
  "call.ended": [
    { callId: newId(), direction: "in", outcome: "answered", seconds: 180, takenBy: newId(), messageId: newId() },
    { callId: newId(), direction: "in", outcome: "missed", seconds: 0, takenBy: null, messageId: newId() },
  ],
  "contact.logged": [
    { messageId: newId(), contact: "visit", outcome: "solved" },
    { messageId: newId(), contact: "call", outcome: "follow-up" },
  ],
  "call.wrapped-up": [{ callId: newId(), code: "Order help" }],
  "note.added": [{ noteId: newId() }],
  "conversation.assigned": [
    { staffId: newId(), staffName: "Anna Berg" },
    { staffId: null, staffName: null },
  ],
  "conversation.closed": [{}],
  "conversation.reopened": [{ because: "message" }],
  "conversation.snoozed": [{ until: "2026-11-30T08:00:00.000Z" }],
  "conversation.rated": [{ score: 4 }],
  "conversation.seen": [{ by: "shopper", position: 3 }],
  "conversation.delivered": [{ position: 3 }],
  "customer.identified": [{ grade: "claimed", identity: "email" }],
  "customer.noted": [{ noteId: newId() }],
  "customer.merged": [{ mergeId: newId(), ...person }],
  "customer.unmerged": [{ mergeId: newId(), ...person }],
  "customer.parted": [{}],
  "customer.linked": [{ linkId: newId(), otherId: newId(), relation: "household" }],
  "customer.unlinked": [{ linkId: newId(), otherId: newId(), relation: "household" }],
  "consent.given": [consent],
  "consent.withdrawn": [consent],
  "shopify.read": [{ kind: "orders" }],
  "visitor.viewed": [
    { path: "/", title: null, productId: null },
    { path: "/products/lamp", title: "Lamp", productId: "gid://shopify/Product/1" },
  ],
  "cart.changed": [{ ...money, itemCount: 2 }],
  "cart.ordered": [{ orderId: "gid://shopify/Order/1" }],
  "cart.emptied": [{}],
  "cart.checkout-started": [{}],
  "draft-order.created": [{ ...draft, ...money }],
  "draft-order.updated": [{ ...draft, ...money }],
  "draft-order.invoice-sent": [{ ...draft, by: "conversation", messageId: newId() }],
  "draft-order.paid": [{ ...draft, orderId: "gid://shopify/Order/1", orderName: "#1001" }],
  "draft-order.voided": [{ ...draft, because: "cart-paid" }],
  "sale.doubled": [{ orderName: "#1001", otherOrderName: "#1002" }],
  "sale.recorded": [{ orderId: "gid://shopify/Order/1", orderName: "#1001", evidence: "cart", ...money }],
};
const kinds = Object.keys(examples) as EventKind[];

async function told() {
  const found = await db.sql.query(
    `SELECT * FROM "timeline_entry" WHERE "shopId" = $1 ORDER BY "subjectId", "at", "id"`,
    [shop.base.shop.id],
  );
  return found.rows;
}

const whole = (): EventSubjects => ({
  conversationId: newId(),
  customerId: newId(),
  visitorId: newId(),
  cartId: newId(),
});

describe("a fact of the log", () => {
  it("stands in the story in the same transaction, under whom it is about, and goes with a rollback", async () => {
    for (const kind of kinds) {
      for (const data of examples[kind]) {
        const subjects = whole();
        await change(anna, (tx) => record(tx, anna, kind, data, subjects));
        const entry = storyOf(kind, data, subjects, anna.actor.id);
        const ids = [subjects.customerId, subjects.visitorId];
        const found = (await told()).filter((row) => ids.includes(row.subjectId));
        const { id, ...rest } = entry ?? {};
        expect(found, kind).toEqual(
          entry ? [expect.objectContaining({ ...rest, ...(id ? { id } : {}), at: shop.clock.now() })] : [],
        );
      }
    }
    const before = await told();
    const failing = change(anna, async (tx) => {
      await record(tx, anna, "conversation.closed", {}, whole());
      throw new Error("second thoughts");
    });
    await expect(failing).rejects.toThrow("second thoughts");
    expect(await told()).toEqual(before);
  });

  it("about a conversation is the customer's, about browsing the browser's, and about nobody it is not told", () => {
    const subjects = whole();
    expect(storyOf("conversation.closed", {}, subjects, null)?.subjectId).toBe(subjects.customerId);
    expect(storyOf("cart.emptied", {}, subjects, null)?.subjectId).toBe(subjects.visitorId);
    expect(storyOf("cart.emptied", {}, { cartId: newId() }, null)).toBeNull();
  });

  it("stands in the order of the log among those of the same millisecond, and before a message of it", async () => {
    const subjects = whole();
    const messageId = newId(shop.clock.now());
    await change(anna, async (tx) => {
      await record(tx, anna, "conversation.reopened", { because: "staff" }, subjects);
      await record(tx, anna, "conversation.assigned", { staffId: null, staffName: null }, subjects);
      await record(tx, anna, "message.sent", { messageId }, subjects);
    });
    const found = (await told()).filter((row) => row.subjectId === subjects.customerId);
    expect(found.map((row) => row.kind)).toEqual(["conversation.reopened", "conversation.assigned", "message.sent"]);
  });
});

it("what the log held before there was a story is told as it would be now", async () => {
  const now = await told();
  expect(now.length).toBeGreaterThan(20);
  await db.sql.query(`DELETE FROM "timeline_entry" WHERE "shopId" = $1`, [shop.base.shop.id]);
  const migration = readFileSync("prisma/migrations/20261121001410_timeline_so_far/migration.sql", "utf8");
  await db.sql.query(migration);
  const newer =
    /^(customer\.((un)?(merged|linked)|noted)|cart\.ordered|conversation\.(rated|(un)?split)|consent\.|call\.|contact\.)/;
  expect(await told()).toEqual(now.filter((row) => !newer.test(row.kind)));
  await db.sql.query(migration);
  expect((await told()).length).toBe(now.filter((row) => !newer.test(row.kind)).length);
});
