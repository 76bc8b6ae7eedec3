import { afterAll, beforeAll, expect, test } from "vitest";
import { gid } from "../../../dev/shopify/records";
import { type LocalAdmin, startAdmin } from "./local-admin";

let admin: LocalAdmin;
beforeAll(async () => {
  admin = await startAdmin();
});
afterAll(() => admin.close());

async function search(type: string, query = ""): Promise<Record<string, unknown>[]> {
  const answer = await fetch(`${admin.base}/bridge/picker?${new URLSearchParams({ type, query })}`);
  return (await answer.json()) as Record<string, unknown>[];
}

test("products come with their variants, in the shape that App Bridge gives apps", async () => {
  const product = admin.shop.all("product")[0];
  const [row] = await search("product", product?.title);
  expect(row).toMatchObject({
    id: gid("Product", product?.id ?? 0),
    handle: product?.handle,
    title: product?.title,
    totalVariants: product?.variants.length,
  });
  expect((row as { variants: object[] }).variants[0]).toMatchObject({
    id: gid("ProductVariant", product?.variants[0]?.id ?? 0),
    price: expect.stringMatching(/^\d+\.\d\d$/),
    product: { id: gid("Product", product?.id ?? 0) },
  });
});

test("variants, collections and customers are found by what they are called", async () => {
  const variant = admin.shop.all("product")[0]?.variants[0];
  expect((await search("variant", variant?.sku)).map((row) => row.id)).toContain(
    gid("ProductVariant", variant?.id ?? 0),
  );
  const customer = admin.shop.all("customer").find((each) => each.email);
  expect(await search("customer", customer?.email ?? "")).toMatchObject([{ id: gid("Customer", customer?.id ?? 0) }]);
  expect((await search("collection")).length).toBe(admin.shop.all("collection").length);
});

test("a type that the stand-in does not have fails with its name", async () => {
  const answer = await fetch(`${admin.base}/bridge/picker?type=metaobject`);
  expect(answer.status).toBe(500);
  expect(await answer.json()).toEqual({ error: 'the local Shopify has no resource picker for "metaobject"' });
});
