import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { decimal } from "../../../../dev/shopify/commerce/prices";
import { gid } from "../../../../dev/shopify/records";
import { LUMEN_DOMAIN, NORTHWIND_DOMAIN } from "../../../../dev/shopify/seed/catalogue/shops";
import { seedShops } from "../../../../dev/shopify/seed/seed-shops";
import { Store } from "../../../../dev/shopify/store";
import { type Served, type SmallWorld, serve, smallWorld } from "../admin-api/small-world";

let seeded: SmallWorld;
let api: Served;

beforeAll(async () => {
  const made = smallWorld();
  made.close();
  let minutes = 0;
  const world = {
    ...made.world,
    store: new Store(":memory:"),
    // A minute between any two looks at the clock: the bucket is always full.
    clock: () => new Date(Date.UTC(2026, 10, 21, 12, minutes++)),
  };
  seedShops(world, "full");
  const [shop, other] = [world.store.shop(NORTHWIND_DOMAIN), world.store.shop(LUMEN_DOMAIN)];
  shop.put("installation", world.app.clientId, {
    clientId: world.app.clientId,
    scopes: world.app.scopes,
    installedAt: world.clock().toISOString(),
    proxy: world.app.proxy,
    extensionUid: "00000000-0000-4000-8000-000000000001",
  });
  seeded = { world, shop, other, pass: () => {}, close: () => world.store.close() };
  api = await serve(seeded);
});

afterAll(async () => {
  await api.close();
  seeded.close();
});

it("every seeded customer can be told by the app's own query, without one error", async () => {
  const query = readFileSync("app/shopify/queries/customer-panel.graphql", "utf8");
  for (const customer of seeded.shop.all("customer")) {
    const { data, errors } = await api.graphql(query, { id: gid("Customer", customer.id) });
    expect(errors, `${customer.id}`).toBeUndefined();
    expect(data.customer.id).toBe(gid("Customer", customer.id));
  }
});

it("every seeded draft and its order have the totals that were seeded", async () => {
  const query = `query ($id: ID!) { draftOrder(id: $id) { name status invoiceUrl
    totalPriceSet { shopMoney { amount } } totalTaxSet { shopMoney { amount } }
    lineItems(first: 20) { nodes { title quantity variant { id } } }
    order { name totalPriceSet { shopMoney { amount } } } } }`;
  for (const draft of seeded.shop.all("draftOrder")) {
    const { data, errors } = await api.graphql(query, { id: gid("DraftOrder", draft.id) });
    expect(errors, draft.name).toBeUndefined();
    expect(Number(data.draftOrder.totalPriceSet.shopMoney.amount)).toBe(draft.totals.total / 100);
    expect(data.draftOrder.lineItems.nodes).toHaveLength(draft.lines.length);
    expect(data.draftOrder.status).toBe(draft.status);
  }
});

it("every seeded product and variant can be told", async () => {
  const query = `query ($id: ID!) { product(id: $id) { title status totalInventory
    variants(first: 20) { nodes { title sku price inventoryQuantity availableForSale } } } }`;
  for (const product of seeded.shop.all("product")) {
    const { data, errors } = await api.graphql(query, { id: gid("Product", product.id) });
    expect(errors, product.title).toBeUndefined();
    expect(data.product.variants.nodes.map((each: { price: string }) => each.price)).toEqual(
      product.variants.map((variant) => decimal(variant.price)),
    );
  }
});
