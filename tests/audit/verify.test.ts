import { beforeAll, describe, expect, it } from "vitest";
import { audit } from "~/audit/audit";
import { genesis, hashOf } from "~/audit/chain";
import { keepVerdict, verifyAll, verifyNightly, verifyShop } from "~/audit/verify";
import type { Context } from "~/context";
import { change } from "~/events/change";
import { newId } from "~/platform/ids";
import { testShop } from "../support/context";
import { testDatabase } from "../support/database";

let db: Awaited<ReturnType<typeof testDatabase>>;

beforeAll(async () => {
  db = await testDatabase();
});

async function chainOf(length: number): Promise<Context> {
  const staff = await (await testShop(db)).staff('Zoë \u{1F600} "Berg"');
  for (let at = 0; at < length; at += 1) {
    const detail = { at, small: 0.1, large: 1e21, ключ: "ü\u2028", list: ["b", "a"], yes: true };
    await change(staff, (tx) =>
      audit(tx, staff, { action: "settings.saved", subjectKind: "settings", subjectId: newId(), detail }),
    );
  }
  return staff;
}

/** As somebody would who has every right in the database. */
async function tamper(statement: string, values: unknown[] = []): Promise<void> {
  const client = await db.locks.connect();
  try {
    await client.query("BEGIN");
    await client.query(`ALTER TABLE "audit_entry" DISABLE TRIGGER USER`);
    await client.query(statement, values);
    await client.query(`ALTER TABLE "audit_entry" ENABLE TRIGGER USER`);
    await client.query("COMMIT");
  } finally {
    client.release();
  }
}

describe("a check of the chain", () => {
  it("finds an untouched one whole, also an empty one and one longer than a portion", async () => {
    const ctx = await chainOf(3);
    const head = await db.prisma.auditHead.findUniqueOrThrow({ where: { shopId: ctx.shop.id } });
    expect(await verifyShop(db.sql, ctx.shop.id)).toEqual({
      whole: true,
      shopId: ctx.shop.id,
      seq: 3n,
      hash: head.hash,
    });
    const empty = await testShop(db);
    expect(await verifyShop(db.sql, empty.base.shop.id)).toMatchObject({ whole: true, seq: 0n, hash: genesis });
    const long = await (await testShop(db)).staff();
    const many = Array.from({ length: 4_100 }, () => ({
      action: "settings.saved" as const,
      subjectKind: "settings" as const,
      subjectId: null,
    }));
    for (const half of [many.slice(0, 2_050), many.slice(2_050)]) {
      await change(long, (tx) => audit(tx, long, ...half));
    }
    expect(await verifyShop(db.sql, long.shop.id)).toMatchObject({ whole: true, seq: 4_100n });
  });

  const columns: [string, string][] = [
    ["at", `"at" + interval '1 millisecond'`],
    ["actorKind", `'app'`],
    ["actorId", `NULL`],
    ["actorName", `'Somebody else'`],
    ["action", `'customer.read'`],
    ["subjectKind", `'customer'`],
    ["subjectId", `'${newId()}'`],
    ["detail", `"detail" || '{"at": 7}'`],
    ["hash", `repeat('a', 64)`],
  ];
  it.each(columns)("tells which entry has another %s", async (column, value) => {
    const ctx = await chainOf(4);
    await tamper(`UPDATE "audit_entry" SET "${column}" = ${value} WHERE "shopId" = $1 AND "seq" = 2`, [ctx.shop.id]);
    expect(await verifyShop(db.sql, ctx.shop.id)).toEqual({
      whole: false,
      shopId: ctx.shop.id,
      seq: 2n,
      reason: "this entry was changed",
    });
  });

  it("tells where a changed entry was given a hash of its own", async () => {
    const ctx = await chainOf(4);
    const entry = await db.prisma.auditEntry.findUniqueOrThrow({
      where: { shopId_seq: { shopId: ctx.shop.id, seq: 2n } },
    });
    const forged = { ...entry, action: "customer.read", detail: entry.detail as never };
    await tamper(`UPDATE "audit_entry" SET "action" = $2, "hash" = $3 WHERE "shopId" = $1 AND "seq" = 2`, [
      ctx.shop.id,
      forged.action,
      hashOf(forged),
    ]);
    expect(await verifyShop(db.sql, ctx.shop.id)).toMatchObject({ whole: false, seq: 3n });
  });

  it("tells which one was removed: in the middle, first, last, all", async () => {
    for (const [gone, seq] of [
      ["= 2", 2n],
      ["= 1", 1n],
      ["= 4", 4n],
      ["> 2", 3n],
      ["> 0", 1n],
    ] as const) {
      const ctx = await chainOf(4);
      await tamper(`DELETE FROM "audit_entry" WHERE "shopId" = $1 AND "seq" ${gone}`, [ctx.shop.id]);
      const verdict = await verifyShop(db.sql, ctx.shop.id);
      expect(verdict, gone).toMatchObject({ whole: false, seq, reason: expect.stringContaining("missing") });
    }
  });

  it("tells that two were swapped, and that the end was moved or taken away", async () => {
    const swapped = await chainOf(4);
    await tamper(
      `UPDATE "audit_entry" SET "seq" = CASE "seq" WHEN 2 THEN -3 ELSE -2 END WHERE "shopId" = $1 AND "seq" IN (2, 3)`,
      [swapped.shop.id],
    );
    await tamper(`UPDATE "audit_entry" SET "seq" = -"seq" WHERE "shopId" = $1 AND "seq" < 0`, [swapped.shop.id]);
    expect(await verifyShop(db.sql, swapped.shop.id)).toMatchObject({ whole: false, seq: 2n });

    const moved = await chainOf(3);
    await tamper(`DELETE FROM "audit_entry" WHERE "shopId" = $1 AND "seq" = 3`, [moved.shop.id]);
    await db.sql.query(`UPDATE "audit_head" SET "seq" = 2 WHERE "shopId" = $1`, [moved.shop.id]);
    expect(await verifyShop(db.sql, moved.shop.id)).toMatchObject({ whole: false, seq: 2n });

    const headless = await chainOf(3);
    await db.sql.query(`DELETE FROM "audit_head" WHERE "shopId" = $1`, [headless.shop.id]);
    expect(await verifyShop(db.sql, headless.shop.id)).toMatchObject({ whole: false, seq: 1n });
  });

  it("tells that a chain was written anew since the last check, and that it was cut to a shorter whole one", async () => {
    const ctx = await chainOf(3);
    await keepVerdict(ctx, await verifyShop(db.sql, ctx.shop.id));
    await tamper(`DELETE FROM "audit_entry" WHERE "shopId" = $1`, [ctx.shop.id]);
    await db.sql.query(`UPDATE "audit_head" SET "seq" = 0, "hash" = $2 WHERE "shopId" = $1`, [ctx.shop.id, genesis]);
    expect(await verifyShop(db.sql, ctx.shop.id)).toMatchObject({ whole: false, seq: 1n });
    const write = () =>
      change(ctx, (tx) => audit(tx, ctx, { action: "settings.saved", subjectKind: "settings", subjectId: null }));
    for (let at = 0; at < 5; at += 1) await write();
    expect(await verifyShop(db.sql, ctx.shop.id)).toMatchObject({ whole: false, seq: 3n });
  });

  it("finds it whole while others write", async () => {
    const ctx = await chainOf(1);
    const writing = Promise.all(
      Array.from({ length: 30 }, () =>
        change(ctx, (tx) => audit(tx, ctx, { action: "settings.saved", subjectKind: "settings", subjectId: null })),
      ),
    );
    for (let at = 0; at < 5; at += 1) expect(await verifyShop(db.sql, ctx.shop.id)).toMatchObject({ whole: true });
    await writing;
    expect(await verifyShop(db.sql, ctx.shop.id)).toMatchObject({ whole: true, seq: 31n });
  });
});

describe("the nightly check", () => {
  it("keeps for each shop what it found, and takes it back when it is whole again", async () => {
    const [good, bad] = [await chainOf(2), await chainOf(2)];
    await tamper(`UPDATE "audit_entry" SET "actorName" = 'x' WHERE "shopId" = $1 AND "seq" = 1`, [bad.shop.id]);
    await verifyNightly(good);
    const head = (ctx: Context) => db.prisma.auditHead.findUniqueOrThrow({ where: { shopId: ctx.shop.id } });
    expect(await head(good)).toMatchObject({ verifiedSeq: 2n, verifiedAt: good.clock.now(), brokenSeq: null });
    expect(await head(bad)).toMatchObject({
      verifiedSeq: null,
      brokenSeq: 1n,
      brokenReason: "this entry was changed",
      brokenFoundAt: bad.clock.now(),
    });
    await tamper(`UPDATE "audit_entry" SET "actorName" = $2 WHERE "shopId" = $1 AND "seq" = 1`, [
      bad.shop.id,
      'Zoë \u{1F600} "Berg"',
    ]);
    await verifyNightly(bad);
    expect(await head(bad)).toMatchObject({
      verifiedSeq: 2n,
      brokenSeq: null,
      brokenReason: null,
      brokenFoundAt: null,
    });
  });

  it("finds the shops whose head is gone as well", async () => {
    const ctx = await chainOf(1);
    await db.sql.query(`DELETE FROM "audit_head" WHERE "shopId" = $1`, [ctx.shop.id]);
    const verdicts = [];
    for await (const verdict of verifyAll(db.sql)) verdicts.push(verdict);
    expect(verdicts.find((one) => one.shopId === ctx.shop.id)).toMatchObject({ whole: false });
    await keepVerdict(ctx, await verifyShop(db.sql, ctx.shop.id));
    // Its head is made again, and work goes on behind a number that stays missing.
    await change(ctx, (tx) => audit(tx, ctx, { action: "settings.saved", subjectKind: "settings", subjectId: null }));
    expect(await verifyShop(db.sql, ctx.shop.id)).toMatchObject({ whole: false, seq: 2n });
    expect(await db.prisma.auditEntry.count({ where: { shopId: ctx.shop.id } })).toBe(2);
  });
});
