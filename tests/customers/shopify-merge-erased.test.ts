import { expect, it } from "vitest";
import { followShopifyMerge } from "~/customers/follow-shopify-merge";
import { eraseCustomer } from "~/privacy/erase-customer";
import { customerGid } from "../support/mirror";
import { testStorefront } from "../support/storefront";

it("Shopify's merge into somebody who was erased here ends, however often it is told", async () => {
  const front = await testStorefront();
  for (const customer of [3, 4]) await front.open({}, { customer });
  const { prisma } = front.app.db;
  const ctx = { ...front.shop.base, actor: { kind: "shopify" } } as never;
  await eraseCustomer(ctx, { shopifyCustomerId: customerGid(4), email: null, phone: null });
  for (let times = 0; times < 2; times += 1) {
    await followShopifyMerge(ctx, { from: customerGid(3), into: customerGid(4) });
  }
  expect(await prisma.customerMerge.count()).toBe(0);
  expect(await prisma.customer.count({ where: { shopifyCustomerId: customerGid(4) } })).toBe(0);
  const stays = await prisma.customer.findFirstOrThrow({ where: { shopifyCustomerId: customerGid(3) } });
  expect(stays.personId).toBe(stays.id);
});
