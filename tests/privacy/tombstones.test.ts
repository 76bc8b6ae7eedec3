import { beforeAll, describe, expect, it } from "vitest";
import { Erased, meet } from "~/customers/meet";
import { change } from "~/events/change";
import { comeBack, erasedAmong, isErased, layTombstones } from "~/privacy/tombstones";
import { customerSignedInAs } from "~/visitors/bind";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";

let db: Awaited<ReturnType<typeof testDatabase>>;
let shop: TestShop;
beforeAll(async () => {
  process.env.SHOPIFY_API_SECRET ??= "a-secret";
  Object.assign(process.env, {
    SHOPIFY_API_KEY: "key",
    SHOPIFY_APP_URL: "http://127.0.0.1:1",
    SCOPES: "read_orders",
    DATABASE_URL: "postgresql://unused",
  });
  db = await testDatabase();
  shop = await testShop(db);
});

const gid = "gid://shopify/Customer/9001";
const email = "Ada@Berg.example";
const minutes = (n: number) => new Date(shop.clock.now().getTime() + n * 60_000);

describe("a tombstone", () => {
  it("holds back what machines tell of an erased person, and nothing of anybody else", async () => {
    const shopId = shop.base.shop.id;
    const { prisma } = db;
    expect(await isErased(prisma, shopId, { gid })).toBe(false);
    const now = shop.clock.now();
    await change({ ...shop.base, actor: { kind: "app" } }, (tx) =>
      layTombstones(tx, shopId, now, { gids: [gid], emails: [email, email], phones: ["+49 30 1234567"] }),
    );
    // Nothing in the table names anybody.
    const stones = await prisma.tombstone.findMany({ where: { shopId } });
    expect(stones).toHaveLength(3);
    expect(JSON.stringify(stones)).not.toMatch(/9001|berg|1234567/i);

    expect(
      await erasedAmong(prisma, shopId, [
        { gid },
        { gid, at: minutes(5) },
        { gid: "gid://shopify/Customer/900" },
        { email: "ada@berg.EXAMPLE " },
        { email, at: minutes(-5) },
        { email, at: minutes(5) },
        { gid: "gid://shopify/Customer/9002", email },
        { phone: "+49301234567" },
        { email: "", phone: null },
        {},
      ]),
    ).toEqual([true, true, false, true, true, false, false, true, false, false]);
    const other = await testShop(db);
    expect(await isErased(prisma, other.base.shop.id, { gid })).toBe(false);
  });

  it("lets staff open nobody again, and the person begin anew by themselves", async () => {
    const shopId = shop.base.shop.id;
    const staff = await shop.staff();
    await expect(change(staff, (tx) => meet(tx, staff, gid))).rejects.toBeInstanceOf(Erased);
    const shopper = await shop.shopper();
    await expect(change(shopper, (tx) => customerSignedInAs(tx, shopper, gid))).rejects.toBeInstanceOf(Erased);
    await comeBack(db.prisma, shopId, { gid }, shop.clock.now());
    const customer = await change(shopper, (tx) => customerSignedInAs(tx, shopper, gid));
    expect(customer).toMatchObject({ shopifyCustomerId: gid, name: null });
    expect(await change(staff, (tx) => meet(tx, staff, gid))).toBe(customer.id);
    expect(await erasedAmong(db.prisma, shopId, [{ gid }, { gid, at: minutes(5) }, { gid, at: minutes(-5) }])).toEqual([
      false,
      false,
      true,
    ]);
  });

  it("laid once more is of the later erasure, and the return is over", async () => {
    const shopId = shop.base.shop.id;
    const { prisma } = db;
    shop.clock.advance(3_600_000);
    await layTombstones(prisma, shopId, shop.clock.now(), { gids: [gid], emails: [], phones: [] });
    expect(await isErased(prisma, shopId, { gid, at: minutes(5) })).toBe(true);
    await comeBack(prisma, shopId, { gid }, minutes(1));
    expect(await isErased(prisma, shopId, { gid, at: minutes(-30) })).toBe(true);
    expect(await isErased(prisma, shopId, { gid, at: minutes(2) })).toBe(false);
  });
});
