import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "~/context";
import { identify, type Proven } from "~/customers/identify";
import { join } from "~/customers/join";
import { keepIdentity } from "~/customers/keep-identity";
import type { Database } from "~/db.server";
import { newId } from "~/platform/ids";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";
import { mirrorCustomer } from "../support/mirror";

let db: Database;
let shop: TestShop;
let ctx: Context;
beforeAll(async () => {
  db = await testDatabase();
});
beforeEach(async () => {
  shop = await testShop(db);
  ctx = { ...shop.base, actor: { kind: "app" } };
  await db.prisma.shop.update({ where: { id: ctx.shop.id }, data: { countryCode: "DK" } });
});

const mail = (value: string, more: Partial<Proven> = {}): Proven => ({
  kind: "email",
  value,
  grade: "emailed-code",
  proof: "confirmed a code sent to this address",
  ...more,
});
const phone = (value: string): Proven => ({ kind: "phone", value, grade: "provider-verified", proof: "wrote from it" });
const find = (proven: Proven) => db.prisma.$transaction((tx) => identify(tx, ctx, proven));
const leaf = async (data: object = {}) => {
  const id = newId();
  const at = shop.clock.now();
  await db.prisma.customer.create({ data: { shopId: ctx.shop.id, id, createdAt: at, updatedAt: at, ...data } });
  return id;
};
const claim = (id: string, value: string) =>
  db.prisma.$transaction((tx) =>
    keepIdentity(tx, ctx, id, { kind: "email", value }, { grade: "claimed", proof: "typed in the chat" }),
  );
const people = () => db.prisma.customer.count({ where: { shopId: ctx.shop.id } });

describe("a proven identifier", () => {
  it("makes a person at first, and finds the same one in any way of writing", async () => {
    const first = await find(mail("Info@BÜCHER.example"));
    expect(first.how).toBe("new");
    shop.clock.advance(60_000);
    expect(await find(mail("info@xn--bcher-kva.example"))).toEqual({ customerId: first.customerId, how: "known" });
    const [kept] = await db.prisma.identity.findMany({ where: { customerId: first.customerId } });
    expect(kept).toMatchObject({ kind: "email", value: "info@xn--bcher-kva.example", grade: "emailed-code" });
    expect((kept?.lastSeenAt.getTime() ?? 0) - (kept?.firstSeenAt.getTime() ?? 0)).toBe(60_000);
    expect(await db.prisma.customer.findFirst({ where: { id: first.customerId } })).toMatchObject({
      email: "info@xn--bcher-kva.example",
    });
  });

  it("is one person for ten callers at once", async () => {
    const found = await Promise.all(Array.from({ length: 10 }, () => find(mail("mia@example.com"))));
    expect(new Set(found.map((one) => one.customerId)).size).toBe(1);
    expect(found.filter((one) => one.how === "new")).toHaveLength(1);
    expect(await people()).toBe(1);
  });

  it("is the one customer of Shopify's who has it, met now", async () => {
    const gid = await mirrorCustomer(db, ctx.shop.id, 7001, { email: "Ada@Example.com", phone: "+4520123456" });
    const byMail = await find(mail("ada@example.com"));
    expect(byMail.how).toBe("shopify");
    expect(await db.prisma.customer.findFirst({ where: { id: byMail.customerId } })).toMatchObject({
      shopifyCustomerId: gid,
    });
    expect((await find(phone("20 12 34 56"))).customerId).toBe(byMail.customerId);
    expect(await people()).toBe(1);
  });

  it.each([
    ["deleted there", { deletedAt: new Date() }],
    ["merged into another there", { mergedInto: "gid://shopify/Customer/1" }],
  ])("is not a customer who was %s", async (_how, gone) => {
    await mirrorCustomer(db, ctx.shop.id, 7001, { email: "ada@example.com", ...gone });
    expect((await find(mail("ada@example.com"))).how).toBe("new");
  });

  it("of a family that shares a phone is none of them, and the same new person next time", async () => {
    for (const [id, name] of [
      [7001, "Ada Lund"],
      [7002, "Bo Lund"],
    ] as const) {
      await mirrorCustomer(db, ctx.shop.id, id, { name, phone: "+4520123456" });
    }
    const first = await find(phone("+45 20 12 34 56"));
    expect(first.how).toBe("new");
    expect(await find(phone("20123456"))).toEqual({ customerId: first.customerId, how: "known" });
    expect(await db.prisma.customer.findFirst({ where: { id: first.customerId } })).toMatchObject({
      shopifyCustomerId: null,
    });
  });

  it("that several people have proven is none of them, and does not make a new one each time", async () => {
    const [one, two] = [await leaf({ shopifyCustomerId: "gid://shopify/Customer/1" }), await leaf()];
    for (const id of [one, two]) {
      await db.prisma.$transaction(async (tx) => {
        const confirmed = { grade: "staff-confirmed", proof: "said on the phone" } as const;
        await keepIdentity(tx, ctx, id, { kind: "phone", value: "+4520123456" }, confirmed);
        await keepIdentity(tx, ctx, id, { kind: "email", value: `${id}@example.com` }, confirmed);
      });
    }
    const third = await find(phone("+4520123456"));
    expect([one, two]).not.toContain(third.customerId);
    expect((await find(phone("+4520123456"))).customerId).toBe(third.customerId);
    expect(await people()).toBe(3);
    // Once staff hold them for one person it is theirs again.
    await db.prisma.$transaction(async (tx) => {
      await join(tx, ctx, { fromId: one, intoId: two, evidence: "staff" });
      await join(tx, ctx, { fromId: third.customerId, intoId: two, evidence: "staff" });
    });
    expect(await find(phone("+4520123456"))).toMatchObject({ how: "known" });
    expect(await people()).toBe(3);
  });

  it("never finds who only claims it", async () => {
    const claimer = await leaf({ email: "mia@example.com" });
    await claim(claimer, "mia@example.com");
    const found = await find(mail("mia@example.com"));
    expect(found.how).toBe("new");
    expect(found.customerId).not.toBe(claimer);
  });

  it("becomes that of the leaf given when it is nobody's, and the claim on it becomes proof", async () => {
    const nobody = await leaf();
    await claim(nobody, "mia@example.com");
    expect(await find(mail("Mia@example.com", { leafId: nobody }))).toEqual({ customerId: nobody, how: "new" });
    expect(await db.prisma.identity.findMany({ where: { customerId: nobody } })).toMatchObject([
      { value: "mia@example.com", grade: "emailed-code", proof: "confirmed a code sent to this address" },
    ]);
  });

  it("leaves the leaf given alone when it is somebody's", async () => {
    const owner = await find(mail("mia@example.com"));
    const nobody = await leaf();
    expect((await find(mail("mia@example.com", { leafId: nobody }))).customerId).toBe(owner.customerId);
    expect(await db.prisma.identity.count({ where: { customerId: nobody } })).toBe(0);
  });

  it("keeps the better grade, whichever comes first", async () => {
    const { customerId } = await find(mail("mia@example.com", { grade: "aligned-mail", proof: "wrote from it" }));
    const grade = async () => (await db.prisma.identity.findFirstOrThrow({ where: { customerId } })).grade;
    await find(mail("mia@example.com"));
    expect(await grade()).toBe("emailed-code");
    await find(mail("mia@example.com", { grade: "provider-verified", proof: "a message" }));
    expect(await grade()).toBe("emailed-code");
  });

  it.each(["", " ", "@", "mia", "\u200b@example.com"])("that is none (%j) matches nobody", async (value) => {
    await leaf({ email: value });
    await db.prisma.identity.create({
      data: {
        shopId: ctx.shop.id,
        id: newId(),
        customerId: await leaf(),
        kind: "email",
        value,
        grade: "signed-in",
        proof: "a mistake of long ago",
        firstSeenAt: shop.clock.now(),
        lastSeenAt: shop.clock.now(),
      },
    });
    const [one, two] = [await find(mail(value)), await find(mail(value))];
    expect(one.how).toBe("new");
    expect(two.customerId).not.toBe(one.customerId);
    expect(await db.prisma.identity.count({ where: { customerId: { in: [one.customerId, two.customerId] } } })).toBe(0);
  });

  it("of one shop is nobody's in another", async () => {
    const here = await find(mail("mia@example.com"));
    const other = await testShop(db);
    const there = await db.prisma.$transaction((tx) =>
      identify(tx, { ...other.base, actor: { kind: "app" } }, mail("mia@example.com")),
    );
    expect(there.how).toBe("new");
    expect(there.customerId).not.toBe(here.customerId);
  });
});
