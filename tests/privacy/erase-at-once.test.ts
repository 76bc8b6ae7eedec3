import { beforeAll, describe, expect, it } from "vitest";
import type { Context } from "~/context";
import { Erased, meet } from "~/customers/meet";
import { erasePerson } from "~/privacy/erase-customer";
import type { CustomerKept } from "~/shopify-data/customer";
import { keepCompanies } from "~/shopify-data/keep-companies";
import { keepCustomers } from "~/shopify-data/keep-customers";
import { mirrorCustomer } from "../support/mirror";
import { type Storefront, testStorefront } from "../support/storefront";

let front: Storefront;
beforeAll(async () => {
  front = await testStorefront();
});

const asShopify = (): Context => ({ ...front.shop.base, actor: { kind: "shopify" } });
const soon = () => new Promise((resolve) => setTimeout(resolve, 500));

/** Starts `other` when an erasure has done its part and is not committed yet; answers how that came out. */
async function during<Result>(gid: string, other: () => Promise<Result>): Promise<PromiseSettledResult<Result>> {
  let doing: Promise<PromiseSettledResult<Result>[]> | undefined;
  await front.app.db.prisma.$transaction(
    async (tx) => {
      const seed = { customerIds: [], gids: [gid], emails: ["gone@example.com"], phones: [] };
      await erasePerson(tx, asShopify(), seed, []);
      doing = Promise.allSettled([other()]);
      await soon();
    },
    { timeout: 20_000 },
  );
  const [result] = (await doing) ?? [];
  if (!result) throw new Error("it was never begun");
  return result;
}

describe("beside an erasure that is not committed yet", () => {
  it("a webhook or a sync that tells of the customer does not bring them back", async () => {
    const { prisma } = front.app.db;
    const { shop } = front.shop.base;
    const gid = await mirrorCustomer(front.app.db, shop.id, 80001, { email: "gone@example.com" });
    const before = await prisma.shopifyCustomer.findFirstOrThrow({ where: { id: gid } });
    const told = { ...before, updatedAt: new Date() } as unknown as CustomerKept;
    const kept = await during(gid, () => prisma.$transaction((tx) => keepCustomers(tx, shop, [told], new Date())));
    expect(kept).toMatchObject({ status: "fulfilled", value: { erased: 1, created: 0 } });
    expect(await prisma.shopifyCustomer.count({ where: { id: gid } })).toBe(0);
  });

  it("nobody meets the customer", async () => {
    const { prisma } = front.app.db;
    const gid = await mirrorCustomer(front.app.db, front.shop.base.shop.id, 80002, { email: "gone@example.com" });
    const met = await during(gid, () => prisma.$transaction((tx) => meet(tx, asShopify(), gid)));
    expect(met).toMatchObject({ status: "rejected", reason: expect.any(Erased) });
    expect(await prisma.customer.count({ where: { shopifyCustomerId: gid } })).toBe(0);
  });

  it("and after it, a company does not name them among its contacts again", async () => {
    const { prisma } = front.app.db;
    const { shop } = front.shop.base;
    const gid = await mirrorCustomer(front.app.db, shop.id, 80003, { email: "gone@example.com" });
    const contact = (id: string, customerId: string) => ({ id, customerId, title: null, main: false });
    const at = new Date();
    const company = {
      id: "gid://shopify/Company/1",
      name: "Acme",
      externalId: null,
      contacts: [contact("c1", gid), contact("c2", "gid://shopify/Customer/80004")],
      locations: [],
      createdAt: at,
      updatedAt: at,
    };
    await during(gid, () => prisma.$transaction((tx) => keepCompanies(tx, shop, [company], new Date())));
    const kept = await prisma.shopifyCompany.findFirstOrThrow({ where: { id: company.id } });
    expect(kept.contacts).toMatchObject([{ id: "c2" }]);
    expect(kept.contacts).toHaveLength(1);
  });
});
