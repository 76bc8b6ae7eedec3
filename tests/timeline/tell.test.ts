import { describe, expect, it } from "vitest";
import { newId } from "~/platform/ids";
import type { Told } from "~/timeline/catalogue";
import { entryId, subjectOf } from "~/timeline/subject";
import { retell, tell } from "~/timeline/tell";
import { untell, untellSubjects } from "~/timeline/untell";
import { testShop } from "../support/context";
import { testDatabase } from "../support/database";

const db = await testDatabase();
const { base } = await testShop(db);
const shopId = base.shop.id;

function order(number: number, changes: Partial<{ subjectId: string; at: string; total: number }> = {}): Told {
  const gid = `gid://shopify/Order/${number}`;
  return {
    subjectId: changes.subjectId ?? subjectOf(shopId, "gid://shopify/Customer/1"),
    at: new Date(changes.at ?? "2026-11-01T10:00:00.123Z"),
    id: entryId("order.placed", gid),
    kind: "order.placed",
    ref: gid,
    data: {
      name: `#${number}`,
      total: changes.total ?? 1999,
      currency: "EUR",
      itemCount: 1,
      titles: ['A "quoted" {lamp}, \\ and 灯'],
    },
  };
}

async function rows() {
  const found = await db.sql.query(
    `SELECT "subjectId", "at", "id", "kind", "ref", "data", xmin::text FROM "timeline_entry" WHERE "shopId" = $1 ORDER BY "subjectId", "at", "id"`,
    [shopId],
  );
  return found.rows;
}

const clear = () => db.sql.query(`DELETE FROM "timeline_entry" WHERE "shopId" = $1`, [shopId]);

describe("telling", () => {
  it.each([
    ["in a transaction of Prisma", (entries: Told[]) => db.prisma.$transaction((tx) => tell(tx, shopId, entries))],
    ["on a pool", (entries: Told[]) => tell(db.sql, shopId, entries)],
    [
      "on a client",
      async (entries: Told[]) => {
        const client = await db.sql.connect();
        await tell(client, shopId, entries).finally(() => client.release());
      },
    ],
  ])("keeps what it was told, %s", async (_, write) => {
    await clear();
    const entry = order(1);
    const view: Told = {
      subjectId: newId(),
      at: new Date(),
      id: newId(),
      kind: "page.viewed",
      ref: null,
      data: { path: "/", title: null },
    };
    await write([entry, view]);
    const found = (await rows()).map(({ xmin, ...row }) => row);
    expect(found).toHaveLength(2);
    expect(found).toContainEqual(entry);
    expect(found).toContainEqual(view);
  });

  it("changes nothing when told again, and only what says something else now", async () => {
    await clear();
    await tell(db.sql, shopId, [order(1), order(2)]);
    const before = await rows();
    await tell(db.sql, shopId, [order(2), order(1)]);
    expect(await rows()).toEqual(before);
    await tell(db.sql, shopId, [order(1), order(2, { total: 5 })]);
    const after = await rows();
    const changed = after.filter((row, index) => row.xmin !== before[index].xmin);
    expect(changed.map((row) => [row.ref, row.data.total])).toEqual([["gid://shopify/Order/2", 5]]);
  });

  it("lets the last of two with the same key count, and takes more than fit one statement", async () => {
    await clear();
    await tell(db.sql, shopId, [order(1, { total: 1 }), order(1, { total: 2 })]);
    expect((await rows()).map((row) => row.data.total)).toEqual([2]);
    await tell(
      db.sql,
      shopId,
      Array.from({ length: 4_100 }, (_, index) => order(index)),
    );
    expect(await rows()).toHaveLength(4_100);
    await tell(db.sql, shopId, []);
  });

  it("survives two that tell the same in different orders at once", async () => {
    await clear();
    const many = Array.from({ length: 300 }, (_, index) => order(index));
    const changed = many.map((_, index) => order(index, { total: 7 })).reverse();
    for (let round = 0; round < 5; round += 1) {
      await Promise.all([tell(db.sql, shopId, many), tell(db.sql, shopId, changed), tell(db.sql, shopId, many)]);
    }
    expect(await rows()).toHaveLength(300);
  });

  it("moves an entry whose time or customer changed, and leaves the others", async () => {
    await clear();
    const before = [order(1), order(2)];
    await tell(db.sql, shopId, before);
    const subjectId = subjectOf(shopId, "gid://shopify/Customer/2");
    const now = [order(1, { subjectId }), order(2)];
    await retell(db.sql, shopId, before, now);
    expect((await rows()).map((row) => [row.ref, row.subjectId]).sort()).toEqual(
      now.map((entry) => [entry.ref, entry.subjectId]).sort(),
    );
  });
});

describe("untelling", () => {
  it("takes single entries and whole subjects, of this shop only", async () => {
    await clear();
    const other = await testShop(db);
    const subjectId = newId();
    const mine = [order(1, { subjectId }), order(2, { subjectId }), order(3)];
    await tell(db.sql, shopId, mine);
    await tell(db.sql, other.base.shop.id, [order(1, { subjectId })]);
    expect(await untell(db.sql, shopId, mine.slice(0, 1))).toBe(1);
    expect(await untell(db.sql, shopId, mine.slice(0, 1))).toBe(0);
    expect(await db.prisma.$transaction((tx) => untellSubjects(tx, shopId, [subjectId]))).toBe(1);
    expect((await rows()).map((row) => row.ref)).toEqual(["gid://shopify/Order/3"]);
    const { rowCount } = await db.sql.query(`SELECT 1 FROM "timeline_entry" WHERE "shopId" = $1`, [other.base.shop.id]);
    expect(rowCount).toBe(1);
  });
});

describe("a subject", () => {
  it("is the same for the same record, another in another shop, and a UUID of version 8", () => {
    const gid = "gid://shopify/Customer/1";
    const one = subjectOf(shopId, gid);
    expect(subjectOf(shopId, gid)).toBe(one);
    expect(subjectOf(newId(), gid)).not.toBe(one);
    expect(one).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(entryId("order.placed", gid)).not.toBe(entryId("order.cancelled", gid));
  });
});
