import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Context, StaffActor } from "~/context";
import { addNote } from "~/customers/add-note";
import { keepIdentity } from "~/customers/keep-identity";
import { listCustomers } from "~/customers/list";
import { merge } from "~/customers/merge";
import { mergePreview } from "~/customers/merging/preview";
import { suggestions } from "~/customers/suggest";
import { newId } from "~/platform/ids";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";
import { mirrorCustomer } from "../support/mirror";

let db: Awaited<ReturnType<typeof testDatabase>>;
let shop: TestShop;
let ctx: Context<StaffActor>;
beforeAll(async () => {
  db = await testDatabase();
});
beforeEach(async () => {
  shop = await testShop(db);
  ctx = await shop.staff();
});

const person = async (name: string, email: string | null = null) => {
  const id = newId();
  const at = shop.clock.now();
  await db.prisma.customer.create({ data: { shopId: ctx.shop.id, id, name, email, createdAt: at, updatedAt: at } });
  const known = { grade: "claimed", proof: "test" } as const;
  if (email) await db.prisma.$transaction((tx) => keepIdentity(tx, ctx, id, { kind: "email", value: email }, known));
  shop.clock.advance(1_000);
  return id;
};
const told = async () =>
  (await db.prisma.auditEntry.findMany({ where: { shopId: ctx.shop.id }, orderBy: { seq: "asc" } })).map(
    ({ action, subjectId }) => [action, subjectId] as const,
  );

describe("the audit log is told who saw", () => {
  it("customers in a list, once a day", async () => {
    await person("Ida");
    for (const search of ["", "ida", "x"]) await listCustomers(ctx, { search, cursor: null });
    expect(await told()).toEqual([["customers.listed", ctx.shop.id]]);
    shop.clock.advance(86_400_000);
    await listCustomers(ctx, { search: "", cursor: null });
    expect(await told()).toHaveLength(2);
  });

  it("each who was suggested to be the same, and that one of Shopify's was", async () => {
    const [one, other] = [await person("Ida", "ida@example.com"), await person("Ida H", "ida@example.com")];
    await suggestions(ctx, one);
    expect(await told()).toEqual([["customer.read", other]]);
    await mirrorCustomer(db, ctx.shop.id, 501, { email: "ida@example.com" });
    await suggestions(ctx, one);
    expect(await told()).toEqual([
      ["customer.read", other],
      ["customers.listed", ctx.shop.id],
    ]);
  });

  it("both of a merge's preview", async () => {
    const [one, other] = [await person("Ida"), await person("Ida H")];
    await mergePreview(ctx, { customerId: one, otherId: other });
    expect((await told()).map(([, id]) => id).sort()).toEqual([one, other].sort());
  });
});

it("tells who wrote a note on whom, by the person and once", async () => {
  const [one, other] = [await person("Ida"), await person("Ida H")];
  const { personId } = await merge(ctx, { customerId: one, otherId: other, seen: [] });
  const leaf = personId === one ? other : one;
  const note = { customerId: leaf, text: "Prefers to be called", clientKey: newId() };
  for (let times = 0; times < 2; times += 1) await addNote(ctx, note);
  const changed = (await told()).filter(([action]) => action === "customer.changed");
  expect(changed).toEqual([["customer.changed", personId]]);
});
