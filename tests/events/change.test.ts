import { beforeAll, describe, expect, it } from "vitest";
import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { change } from "~/events/change";
import { newId } from "~/platform/ids";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";

let db: Awaited<ReturnType<typeof testDatabase>>;
let shop: TestShop;
beforeAll(async () => {
  db = await testDatabase();
  shop = await testShop(db);
});

const ctx = (): Context => ({ ...shop.base, actor: { kind: "app" } });
const person = async (): Promise<string> => {
  const at = new Date();
  const data = { shopId: shop.base.shop.id, id: newId(at), createdAt: at, updatedAt: at };
  return (await db.prisma.customer.create({ data })).id;
};

/** Each takes one row, waits until the other has its own, and then wants the other's. */
async function collide(name: (tx: Transaction, id: string, name: string) => Promise<unknown>) {
  const [one, other] = [await person(), await person()];
  let runs = 0;
  const met: (() => void)[] = [];
  const both = new Promise<void>((resolve) => met.push(resolve));
  let there = 0;
  const writer = (first: string, second: string, as: string) =>
    change(ctx(), async (tx) => {
      runs += 1;
      await name(tx, first, as);
      there += 1;
      if (there === 2) for (const go of met) go();
      await both;
      await name(tx, second, as);
    });
  await Promise.all([writer(one, other, "A"), writer(other, one, "B")]);
  const rows = await db.prisma.customer.findMany({ where: { id: { in: [one, other] } } });
  return { runs, names: new Set(rows.map((row) => row.name)) };
}

describe("two changes that wait for each other", () => {
  it.each([
    [
      "with Prisma's own queries",
      (tx: Transaction, id: string, name: string) => tx.customer.updateMany({ where: { id }, data: { name } }),
    ],
    [
      "with raw ones",
      (tx: Transaction, id: string, name: string) =>
        tx.$executeRaw`UPDATE "customer" SET "name" = ${name} WHERE "id" = ${id}::uuid`,
    ],
  ])("both happen, %s", async (_how, name) => {
    const { runs, names } = await collide(name);
    expect(runs).toBe(3);
    expect(names.size).toBe(1);
  });

  it("does not do again what failed for another reason", async () => {
    let runs = 0;
    const work = change(ctx(), async () => {
      runs += 1;
      throw new Error("no");
    });
    await expect(work).rejects.toThrow("no");
    expect(runs).toBe(1);
  });
});
