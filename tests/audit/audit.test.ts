import { beforeAll, describe, expect, it } from "vitest";
import { audit } from "~/audit/audit";
import { auditRead } from "~/audit/audit-read";
import { genesis, hashOf } from "~/audit/chain";
import type { Context } from "~/context";
import { change } from "~/events/change";
import { newId } from "~/platform/ids";
import { eraseShop } from "~/privacy/erase-shop";
// The erasure signs its receipt with the keys of the environment.
import "../support/app";
import { testShop } from "../support/context";
import { testDatabase } from "../support/database";

let db: Awaited<ReturnType<typeof testDatabase>>;

beforeAll(async () => {
  db = await testDatabase();
});

const entriesOf = (ctx: Pick<Context, "shop">) =>
  db.prisma.auditEntry.findMany({ where: { shopId: ctx.shop.id }, orderBy: { seq: "asc" } });

describe("an entry", () => {
  it("says who did what to whom, and follows the one before it", async () => {
    const shop = await testShop(db);
    const staff = await shop.staff("Anna Berg");
    const conversationId = newId();
    const detail = { z: 1, a: ["x", "y"], from: null, nested: "€ 1" };
    await change(staff, (tx) =>
      audit(tx, staff, {
        action: "conversation.closed",
        subjectKind: "conversation",
        subjectId: conversationId,
        detail,
      }),
    );
    const shopper = await shop.shopper();
    await change(shopper, (tx) =>
      audit(
        tx,
        shopper,
        { action: "consent.given", subjectKind: "visitor", subjectId: shopper.actor.visitorId },
        { action: "settings.saved", subjectKind: "settings", subjectId: null },
      ),
    );
    const [first, second, third] = await entriesOf(staff);
    expect(first).toMatchObject({
      seq: 1n,
      at: shop.clock.now(),
      actorKind: "staff",
      actorId: staff.actor.id,
      actorName: "Anna Berg",
      action: "conversation.closed",
      subjectKind: "conversation",
      subjectId: conversationId,
      detail,
      previousHash: genesis,
    });
    expect(second).toMatchObject({ seq: 2n, actorKind: "shopper", actorName: null, previousHash: first?.hash });
    expect(third).toMatchObject({ seq: 3n, subjectId: null, detail: {}, previousHash: second?.hash });
    for (const entry of [first, second, third]) {
      expect(entry && hashOf({ ...entry, detail: entry.detail as never })).toBe(entry?.hash);
    }
    const head = await db.prisma.auditHead.findUnique({ where: { shopId: staff.shop.id } });
    expect(head).toMatchObject({ seq: 3n, hash: third?.hash });
  });

  it("is not there when what it tells did not happen", async () => {
    const staff = await (await testShop(db)).staff();
    const failing = change(staff, async (tx) => {
      await audit(tx, staff, { action: "settings.saved", subjectKind: "settings", subjectId: null });
      throw new Error("not saved");
    });
    await expect(failing).rejects.toThrow("not saved");
    expect(await entriesOf(staff)).toEqual([]);
  });

  it("is one link of one chain a shop, however many write at once", async () => {
    const [one, other] = [await (await testShop(db)).staff(), await (await testShop(db)).staff()];
    const write = (ctx: Context) =>
      change(ctx, (tx) => audit(tx, ctx, { action: "settings.saved", subjectKind: "settings", subjectId: null }));
    await Promise.all(Array.from({ length: 40 }, (_, at) => write(at % 2 ? one : other)));
    for (const ctx of [one, other]) {
      const entries = await entriesOf(ctx);
      expect(entries.map((entry) => entry.seq)).toEqual(Array.from({ length: 20 }, (_, at) => BigInt(at + 1)));
      let before = genesis;
      for (const entry of entries) {
        expect(entry.previousHash).toBe(before);
        before = entry.hash;
      }
    }
  });
});

describe("the table", () => {
  it("refuses changes and removals, and lets a whole shop go when its erasure says so", async () => {
    const [one, other] = [await (await testShop(db)).staff(), await (await testShop(db)).staff()];
    for (const ctx of [one, other]) {
      await change(ctx, (tx) => audit(tx, ctx, { action: "settings.saved", subjectKind: "settings", subjectId: null }));
    }
    const where = `WHERE "shopId" = '${one.shop.id}'`;
    for (const statement of [
      `UPDATE "audit_entry" SET "action" = 'other' ${where}`,
      `DELETE FROM "audit_entry" ${where}`,
      `TRUNCATE "audit_entry"`,
    ]) {
      await expect(db.sql.query(statement)).rejects.toThrow("audit_entry is append-only");
    }
    await eraseShop(one);
    expect(await entriesOf(one)).toEqual([]);
    expect(await entriesOf(other)).toHaveLength(1);
    // The door closed behind it.
    await expect(db.sql.query(`DELETE FROM "audit_entry"`)).rejects.toThrow("audit_entry is append-only");
  });
});

describe("a reading", () => {
  const read = (subjectId: string) => ({
    action: "customer.read" as const,
    subjectKind: "customer" as const,
    subjectId,
  });

  it("is written once for each member of staff, person and day, from however many pages", async () => {
    const shop = await testShop(db);
    const [anna, bo] = [await shop.staff("Anna"), await shop.staff("Bo")];
    const [one, other] = [newId(), newId()];
    await Promise.all(Array.from({ length: 8 }, () => auditRead(anna, read(one))));
    await auditRead(anna, read(one), read(other));
    await auditRead(bo, read(one));
    expect((await entriesOf(anna)).map((entry) => [entry.actorName, entry.subjectId])).toEqual([
      ["Anna", one],
      ["Anna", other],
      ["Bo", one],
    ]);
    shop.clock.advance(86_400_000);
    await auditRead(anna, read(one));
    expect(await entriesOf(anna)).toHaveLength(4);
  });

  it("waits for nobody once it is written", async () => {
    const shop = await testShop(db);
    const staff = await shop.staff();
    const [known, fresh] = [newId(), newId()];
    await auditRead(staff, read(known));
    const client = await db.locks.connect();
    try {
      await client.query("BEGIN");
      await client.query(`SELECT 1 FROM "audit_head" WHERE "shopId" = $1 FOR UPDATE`, [staff.shop.id]);
      await auditRead(staff, read(known));
      const waiting = auditRead(staff, read(fresh));
      const first = await Promise.race([
        waiting.then(() => "written"),
        new Promise((done) => setTimeout(done, 300, "waits")),
      ]);
      expect(first).toBe("waits");
      await client.query("COMMIT");
      await waiting;
    } finally {
      client.release();
    }
    expect(await entriesOf(staff)).toHaveLength(2);
  });
});
