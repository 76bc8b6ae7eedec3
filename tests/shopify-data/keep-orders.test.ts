import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server";
import { newId } from "~/platform/ids";
import { layTombstones } from "~/privacy/tombstones";
import { keepOrders } from "~/shopify-data/keep-orders";
import { markGone } from "~/shopify-data/mark-gone";
import type { OrderKept } from "~/shopify-data/order";
import { subjectOf } from "~/timeline/subject";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";
import "../support/app";
import { orderKept } from "./records";

let db: Database;
let shop: TestShop;
const t1 = new Date("2026-11-05T00:00:00Z");
const t2 = new Date("2026-11-06T00:00:00Z");
const customer = "gid://shopify/Customer/1";

beforeAll(async () => {
  db = await testDatabase();
});
beforeEach(async () => {
  shop = await testShop(db);
});

const keep = (orders: OrderKept[], toldAt = t1) =>
  db.prisma.$transaction((tx) => keepOrders(tx, shop.base.shop, orders, toldAt));

async function all(table: string): Promise<string[]> {
  const { rows } = await db.sql.query<{ line: string }>(
    `SELECT to_jsonb(t)::text AS line FROM "${table}" t WHERE "shopId" = $1 ORDER BY "id"`,
    [shop.base.shop.id],
  );
  return rows.map((row) => row.line);
}

const state = async () => [await all("shopify_order"), await all("timeline_entry")];

async function story(subjectId: string): Promise<string[]> {
  const { rows } = await db.sql.query<{ kind: string }>(
    `SELECT "kind" FROM "timeline_entry" WHERE "shopId" = $1 AND "subjectId" = $2 ORDER BY "at", "kind"`,
    [shop.base.shop.id, subjectId],
  );
  return rows.map((row) => row.kind);
}

describe("an order", () => {
  it("is kept with its story, and told again changes nothing, not even its row's version", async () => {
    expect(await keep([orderKept(1)])).toMatchObject({ created: 1, changed: 0, unchanged: 0, older: 0 });
    expect(await story(subjectOf(shop.base.shop.id, customer))).toEqual([
      "order.placed",
      "order.payment",
      "fulfillment.created",
      "fulfillment.step",
      "fulfillment.delivered",
    ]);
    const versions = () => db.sql.query(`SELECT xmin::text, ctid::text FROM "shopify_order"`).then((r) => r.rows);
    const before = [await state(), await versions()];
    expect(await keep([orderKept(1)], t2)).toMatchObject({ created: 0, changed: 0, unchanged: 1, ids: [] });
    expect([await state(), await versions()]).toEqual(before);
  });

  it("comes to the same over a client of pg", async () => {
    const client = await db.sql.connect();
    try {
      await client.query("BEGIN");
      expect(await keepOrders(client, shop.base.shop, [orderKept(1)], t1)).toMatchObject({ created: 1 });
      await client.query("COMMIT");
    } finally {
      client.release();
    }
    expect(await keep([orderKept(1)], t2)).toMatchObject({ unchanged: 1 });
  });

  it("takes what is newer, also when it came first, and what was asked later when both are of the same moment", async () => {
    const later = orderKept(1, { updatedAt: new Date("2026-11-05T00:00:00Z"), financialStatus: "refunded" });
    await keep([later], t1);
    expect(await keep([orderKept(1)], t2)).toMatchObject({ older: 1 });
    expect(await keep([{ ...later, financialStatus: "paid" }], new Date("2026-11-04T00:00:00Z"))).toMatchObject({
      older: 1,
    });
    expect(await keep([{ ...later, financialStatus: "voided" }], t2)).toMatchObject({ changed: 1 });
    const row = await db.prisma.shopifyOrder.findFirstOrThrow({ where: { shopId: shop.base.shop.id } });
    expect(row.financialStatus).toBe("voided");
  });

  it("moves its story to its customer when Shopify finds out who it was", async () => {
    const { id: shopId } = shop.base.shop;
    await keep([orderKept(1, { customerId: null })]);
    const own = subjectOf(shopId, "gid://shopify/Order/1");
    expect(await story(own)).toHaveLength(5);
    await keep([orderKept(1, { updatedAt: t2 })], t2);
    expect(await story(own)).toEqual([]);
    expect(await story(subjectOf(shopId, customer))).toHaveLength(5);
  });

  it("without a customer is the story of the browser whose cart it was", async () => {
    const shopper = await shop.shopper();
    const cartId = newId();
    const now = shop.clock.now();
    await db.prisma.cart.create({
      data: {
        shopId: shop.base.shop.id,
        id: cartId,
        visitorId: shopper.actor.visitorId,
        currency: "EUR",
        total: 1,
        itemCount: 1,
        lines: [],
        discountCodes: [],
        status: "active",
        source: "storefront",
        snapshotAt: now,
        createdAt: now,
        changedAt: now,
      },
    });
    await keep([orderKept(1, { customerId: null, cartId })]);
    expect(await story(shopper.actor.visitorId)).toHaveLength(5);
  });

  it("keeps each order in its own currency when the shop changes its own", async () => {
    const yen = orderKept(2, { currency: "JPY", total: 5_000, currentTotal: 5_000 });
    await keep([orderKept(1), yen]);
    const rows = await db.prisma.shopifyOrder.findMany({
      where: { shopId: shop.base.shop.id },
      orderBy: { id: "asc" },
      select: { currency: true, total: true },
    });
    expect(rows).toEqual([
      { currency: "EUR", total: 39_800 },
      { currency: "JPY", total: 5_000 },
    ]);
  });

  it("of an erased person is kept without the person", async () => {
    await db.prisma.$transaction((tx) =>
      layTombstones(tx, shop.base.shop.id, t1, { gids: [customer], emails: [], phones: [] }),
    );
    await keep([orderKept(1)]);
    const row = await db.prisma.shopifyOrder.findFirstOrThrow({ where: { shopId: shop.base.shop.id } });
    expect(row).toMatchObject({ customerId: null, email: null, emailKey: null, total: 39_800 });
    expect(await story(subjectOf(shop.base.shop.id, customer))).toEqual([]);
  });

  it("that is gone is not brought back by what was asked before, and by what was asked after it is", async () => {
    await keep([orderKept(1)]);
    const gone = await db.prisma.$transaction((tx) =>
      markGone(tx, shop.base.shop, "orders", ["gid://shopify/Order/1", "gid://shopify/Order/2"], t2),
    );
    expect(gone).toEqual(["gid://shopify/Order/1"]);
    expect(await all("timeline_entry")).toEqual([]);
    expect(await keep([orderKept(1), orderKept(2)], t1)).toMatchObject({ older: 2 });
    expect(await keep([orderKept(1)], new Date("2026-11-07T00:00:00Z"))).toMatchObject({ changed: 1 });
    expect(await all("timeline_entry")).toHaveLength(5);
  });

  it("is kept with 3,999 others of one customer", async () => {
    const orders = Array.from({ length: 4_000 }, (_, index) => orderKept(index + 1));
    expect(await keep(orders)).toMatchObject({ created: 4_000 });
    expect(await story(subjectOf(shop.base.shop.id, customer))).toHaveLength(20_000);
    expect(await keep(orders, t2)).toMatchObject({ unchanged: 4_000 });
  });
});

describe("any order of telling", () => {
  it("comes to the state of telling the newest alone", async () => {
    const versions = [0, 1, 2, 3].map((version) =>
      orderKept(1, {
        updatedAt: new Date(Date.UTC(2026, 10, 10 + version)),
        customerId: version === 0 ? null : customer,
        cancelledAt: version === 2 ? new Date("2026-11-12T00:00:00Z") : null,
        refunds: version === 3 ? [{ id: "gid://shopify/Refund/1", total: 100, at: "2026-11-13T00:00:00.000Z" }] : [],
      }),
    );
    const told = (version: number) => new Date(Date.UTC(2026, 10, 10 + version, 1));
    await keep([versions[3] as OrderKept], told(3));
    const ids = (rows: string[][]) => rows.map((some) => some.map((row) => row.replaceAll(/[0-9a-f-]{36}/g, "id")));
    const expected = ids(await state());
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.nat(3), { minLength: 1, maxLength: 4 }), { maxLength: 6 }),
        async (batches) => {
          shop = await testShop(db);
          for (const batch of [...batches, [3]]) {
            await keep(
              batch.map((version) => versions[version] as OrderKept),
              told(Math.max(...batch)),
            );
          }
          expect(ids(await state())).toEqual(expected);
        },
      ),
      { numRuns: 25 },
    );
  });
});
