import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { paidBackBy } from "../../../../dev/shopify/commerce/orders/money";
import { returnableUnits } from "../../../../dev/shopify/commerce/orders/units";
import { totalsOf } from "../../../../dev/shopify/commerce/prices";
import { taxOf } from "../../../../dev/shopify/commerce/tax";
import type { RecordKind } from "../../../../dev/shopify/records";
import { LUMEN_DOMAIN, NORTHWIND_DOMAIN } from "../../../../dev/shopify/seed/catalogue/shops";
import { drawImage } from "../../../../dev/shopify/seed/images";
import { ORDER_LIVES } from "../../../../dev/shopify/seed/order-lives";
import { seedShops } from "../../../../dev/shopify/seed/seed-shops";
import { type ShopStore, Store } from "../../../../dev/shopify/store";
import type { World } from "../../../../dev/shopify/world";

const NOW = new Date("2026-11-21T12:00:00Z");

function seededWorld(size: "full" | "small", now = NOW): World {
  const world: World = {
    store: new Store(":memory:"),
    clock: () => now,
    app: {
      clientId: "throughline-local",
      clientSecret: "secret",
      origin: "http://127.0.0.1:4403",
      name: "Throughline",
      scopes: [],
      subscriptions: [],
      proxy: { prefix: "apps", subpath: "throughline", url: "http://127.0.0.1:4403/proxy" },
      extensions: [],
    },
    mail: null,
    origin: "http://localhost:4400",
  };
  seedShops(world, size);
  return world;
}

const KINDS: RecordKind[] = [
  "shop",
  "staff",
  "product",
  "collection",
  "customer",
  "order",
  "draftOrder",
  "themeSettings",
];

function everything(world: World): string {
  return JSON.stringify(world.store.domains().map((domain) => KINDS.map((kind) => world.store.shop(domain).all(kind))));
}

let world: World;
let northwind: ShopStore;
let lumen: ShopStore;

beforeAll(() => {
  world = seededWorld("full");
  northwind = world.store.shop(NORTHWIND_DOMAIN);
  lumen = world.store.shop(LUMEN_DOMAIN);
});

describe("the seeded shops", () => {
  it("are big enough to feel like shops", () => {
    expect(northwind.all("product").filter((each) => each.status === "ACTIVE").length).toBeGreaterThanOrEqual(60);
    expect(northwind.all("customer").length).toBeGreaterThanOrEqual(200);
    expect(northwind.all("order").length).toBeGreaterThanOrEqual(600);
    expect(northwind.all("staff").filter((each) => each.accountOwner)).toHaveLength(1);
    expect(northwind.all("staff")).toHaveLength(3);
    expect(lumen.all("product").length).toBeGreaterThanOrEqual(20);
    expect(northwind.settings()).toMatchObject({ currency: "EUR", countryCode: "DK", theme: "meridian" });
    expect(lumen.settings()).toMatchObject({ currency: "USD", theme: "classic" });
  });

  it("give every product two to twelve variants with a price, a picture and its own SKU", () => {
    for (const shop of [northwind, lumen]) {
      const skus = shop.all("product").flatMap((product) => product.variants.map((variant) => variant.sku));
      expect(new Set(skus).size).toBe(skus.length);
      for (const product of shop.all("product")) {
        expect(product.variants.length, product.title).toBeGreaterThanOrEqual(2);
        expect(product.variants.length, product.title).toBeLessThanOrEqual(12);
        for (const variant of product.variants) {
          expect(variant.price).toBeGreaterThan(0);
          expect(variant.options).toHaveLength(product.options.length);
          expect(drawImage(variant.image?.path ?? ""), variant.sku).toContain("<svg");
        }
      }
    }
  });

  it("have shelves that are full, low, empty, oversold and not counted", () => {
    const variants = northwind.all("product").flatMap((product) => product.variants);
    expect(variants.some((each) => each.tracked && each.inventoryQuantity === 0)).toBe(true);
    expect(variants.some((each) => each.inventoryQuantity > 0 && each.inventoryQuantity < 4)).toBe(true);
    expect(variants.some((each) => each.inventoryQuantity > 20)).toBe(true);
    expect(variants.some((each) => each.inventoryPolicy === "CONTINUE" && each.inventoryQuantity < 0)).toBe(true);
    expect(variants.some((each) => !each.tracked)).toBe(true);
  });

  it("have the jacket that scenes talk about, with what a shopper asks about it", () => {
    const jacket = northwind.all("product").find((product) => product.title === "Field Jacket");
    expect(jacket?.variants.some((each) => each.options.includes("L") && each.inventoryQuantity > 0)).toBe(true);
    for (const fact of ["Care:", "Fit and size:", "Material:", "Shipping and returns:"]) {
      expect(jacket?.descriptionHtml).toContain(fact);
    }
  });

  it("have an order in every state there is", () => {
    const orders = northwind.all("order");
    const seen = (pick: (order: (typeof orders)[number]) => string | null) => [...new Set(orders.map(pick))].sort();
    expect(seen((order) => order.financialStatus)).toEqual(
      ["AUTHORIZED", "PAID", "PARTIALLY_REFUNDED", "PENDING", "REFUNDED", "VOIDED"].sort(),
    );
    expect(seen((order) => order.fulfillmentStatus)).toEqual(
      ["FULFILLED", "IN_PROGRESS", "ON_HOLD", "PARTIALLY_FULFILLED", "UNFULFILLED"].sort(),
    );
    const parcels = new Set(orders.flatMap((order) => order.fulfillments.map((each) => each.displayStatus)));
    expect([...parcels].sort()).toEqual(
      ["CONFIRMED", "DELIVERED", "FULFILLED", "IN_TRANSIT", "NOT_DELIVERED", "OUT_FOR_DELIVERY"].sort(),
    );
    expect(orders.some((order) => order.cancelledAt)).toBe(true);
    expect(orders.some((order) => order.closedAt && !order.cancelledAt)).toBe(true);
    expect(orders.some((order) => order.closedAt === null)).toBe(true);
    expect(orders.some((order) => order.draftOrderId !== null && order.sourceName === "shopify_draft_order")).toBe(
      true,
    );
    expect(orders.some((order) => order.customerId === null && order.email)).toBe(true);
    expect(orders.some((order) => order.discountCodes.length > 0)).toBe(true);
    expect(orders.some((order) => order.orderDiscount)).toBe(true);
    expect(orders.some((order) => order.note)).toBe(true);
    expect(orders.some((order) => order.attributes.length > 0)).toBe(true);
    const drafts = northwind.all("draftOrder");
    expect(new Set(drafts.map((draft) => draft.status))).toEqual(new Set(["OPEN", "INVOICE_SENT", "COMPLETED"]));
    expect(drafts.some((draft) => draft.lines.some((line) => line.variantId === null))).toBe(true);
  });

  it("keep orders, refunds and parcels consistent with each other", () => {
    for (const order of [...northwind.all("order"), ...lumen.all("order")]) {
      const { refunded, totals, financialStatus } = order;
      if (financialStatus === "REFUNDED") expect(refunded).toBe(totals.total);
      else if (financialStatus === "PARTIALLY_REFUNDED") {
        expect(refunded).toBeGreaterThan(0);
        expect(refunded).toBeLessThan(totals.total);
      } else expect(refunded).toBe(0);
      const units = order.lines.reduce((sum, line) => sum + line.quantity, 0);
      const sent = order.lines.reduce((sum, line) => sum + (line.fulfilledQuantity ?? 0), 0);
      const inParcels = order.fulfillments.flatMap((each) => each.lines).reduce((sum, line) => sum + line.quantity, 0);
      expect(inParcels, order.name).toBe(sent);
      if (order.fulfillmentStatus === "FULFILLED") expect(sent, order.name).toBe(units);
      else if (order.fulfillmentStatus === "PARTIALLY_FULFILLED") {
        expect(sent, order.name).toBeGreaterThan(0);
        expect(sent, order.name).toBeLessThan(units);
      } else expect(sent, order.name).toBe(0);
    }
  });

  it("tell what became of orders: parcels' reports, returns in every state, refunds with their money", () => {
    const now = NOW.toISOString();
    const orders = [...northwind.all("order"), ...lumen.all("order")];
    const states = new Set(orders.flatMap((order) => (order.returns ?? []).map((each) => each.status)));
    expect([...states].sort()).toEqual(["CLOSED", "DECLINED", "OPEN", "REQUESTED"]);
    for (const order of orders) {
      const refunds = order.refunds ?? [];
      expect(
        refunds.reduce((sum, refund) => sum + paidBackBy(order, refund), 0),
        order.name,
      ).toBe(order.refunded);
      for (const { lines } of refunds) {
        for (const line of lines) {
          const ordered = order.lines.find((each) => each.id === line.lineId);
          expect(line.quantity, order.name).toBeLessThanOrEqual(ordered?.quantity ?? 0);
        }
      }
      for (const parcel of order.fulfillments) {
        const last = parcel.events?.at(-1);
        if (parcel.displayStatus === "DELIVERED")
          expect(last).toMatchObject({ status: "DELIVERED", happenedAt: parcel.deliveredAt });
        for (const event of parcel.events ?? []) {
          expect(event.happenedAt >= parcel.createdAt && event.happenedAt <= parcel.updatedAt, order.name).toBe(true);
        }
        parcel.lines.forEach((_line, index) => {
          expect(returnableUnits(order, parcel, index), order.name).toBeGreaterThanOrEqual(0);
        });
      }
      const times = [...refunds, ...(order.returns ?? [])].map((each) => each.createdAt);
      for (const at of times)
        expect(at >= order.createdAt && at <= order.updatedAt && at <= now, order.name).toBe(true);
    }
    expect(northwind.all("checkout").every((each) => each.email && !each.completedAt)).toBe(true);
    expect(northwind.all("checkout").length).toBeGreaterThan(0);
  });

  it("add up as the Admin API computes them", () => {
    for (const shop of [northwind, lumen]) {
      const taxRate = taxOf(shop.settings()).rate;
      for (const order of shop.all("order")) {
        const customer = order.customerId === null ? null : shop.get("customer", order.customerId);
        expect(order.totals, order.name).toEqual(
          totalsOf({ ...order, taxRate, taxExempt: customer?.taxExempt ?? false }),
        );
        expect(order.totals.total, order.name).toBeGreaterThan(0);
      }
      for (const draft of shop.all("draftOrder")) {
        const codes = draft.orderId === null ? [] : (shop.get("order", draft.orderId)?.discountCodes ?? []);
        expect(draft.totals, draft.name).toEqual(totalsOf({ ...draft, discountCodes: codes, taxRate }));
      }
    }
  });

  it("point only at what exists in the same shop", () => {
    for (const shop of [northwind, lumen]) {
      const variants = new Map(shop.all("product").flatMap((each) => each.variants.map((v) => [v.id, v.productId])));
      const collections = new Set(shop.all("collection").map((each) => each.handle));
      for (const product of shop.all("product")) {
        for (const handle of product.collections) expect(collections).toContain(handle);
      }
      for (const owner of [...shop.all("order"), ...shop.all("draftOrder")]) {
        if (owner.customerId !== null) expect(shop.get("customer", owner.customerId)).not.toBeNull();
        for (const line of owner.lines) {
          if (line.variantId === null) continue;
          expect(variants.get(line.variantId)).toBe(line.productId);
        }
      }
      for (const order of shop.all("order")) {
        const lineIds = order.lines.map((line) => line.id);
        for (const parcel of order.fulfillments) {
          for (const line of parcel.lines) expect(lineIds).toContain(line.lineId);
        }
        if (order.draftOrderId !== null) expect(shop.get("draftOrder", order.draftOrderId)?.orderId).toBe(order.id);
      }
      for (const draft of shop.all("draftOrder")) {
        if (draft.status !== "COMPLETED") expect(draft.orderId).toBeNull();
        else expect(shop.get("order", draft.orderId ?? 0)?.draftOrderId).toBe(draft.id);
      }
      for (const customer of shop.all("customer")) {
        const ids = customer.addresses.map((each) => each.id);
        if (customer.defaultAddressId !== null) expect(ids).toContain(customer.defaultAddressId);
      }
    }
  });

  it("never place anything in the future, nor an order before its buyer joined", () => {
    const now = NOW.toISOString();
    for (const order of northwind.all("order")) {
      const times = [order.createdAt, order.updatedAt, order.closedAt, order.cancelledAt];
      for (const parcel of order.fulfillments) times.push(parcel.createdAt, parcel.updatedAt, parcel.deliveredAt);
      for (const at of times)
        if (at !== null) expect(at <= now && at >= order.createdAt, `${order.name} ${at}`).toBe(true);
      const customer = order.customerId === null ? null : northwind.get("customer", order.customerId);
      if (customer) expect(customer.createdAt <= order.createdAt, order.name).toBe(true);
    }
    const numbers = northwind.all("order").map((order) => order.number);
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    const newest = northwind.all("order").at(-1)?.createdAt ?? "";
    expect(NOW.getTime() - Date.parse(newest)).toBeLessThan(2 * 86_400_000);
  });

  it("have customers whose names are hard", () => {
    const customers = northwind.all("customer");
    expect(customers.some((each) => /\p{Script=Arabic}/u.test(each.lastName ?? ""))).toBe(true);
    expect(customers.some((each) => /\p{Script=Hebrew}/u.test(each.lastName ?? ""))).toBe(true);
    expect(customers.some((each) => `${each.firstName} ${each.lastName}`.length > 100)).toBe(true);
    expect(customers.some((each) => each.firstName === null && each.lastName === null)).toBe(true);
    expect(customers.some((each) => each.email === null && each.phone !== null)).toBe(true);
    expect(customers.some((each) => /\p{Extended_Pictographic}/u.test(each.note ?? ""))).toBe(true);
    expect(customers.some((each) => each.metafields.length > 0)).toBe(true);
    for (const tag of ["VIP", "wholesale"]) expect(customers.some((each) => each.tags.includes(tag))).toBe(true);
    const addresses = customers.flatMap((each) => each.email ?? []);
    expect(new Set(addresses).size).toBe(addresses.length);
    expect(customers.every((each) => each.password)).toBe(true);
  });

  it("let the shopper of the scenes have a parcel on its way", () => {
    const amalie = northwind.all("customer")[0];
    expect(amalie).toMatchObject({ firstName: "Amalie", lastName: "Vestergaard" });
    const hers = northwind.all("order").filter((order) => order.customerId === amalie?.id);
    const moving = hers.flatMap((order) => order.fulfillments).filter((each) => each.displayStatus === "IN_TRANSIT");
    expect(moving.some((each) => each.trackingUrl?.includes(each.trackingNumber ?? "none"))).toBe(true);
  });

  it("share no id between the two shops", () => {
    const ids = (shop: ShopStore) => [
      ...shop.all("product").flatMap((each) => [each.id, ...each.variants.map((variant) => variant.id)]),
      ...shop.all("customer").map((each) => each.id),
      ...shop.all("order").flatMap((each) => [each.id, ...each.lines.map((line) => line.id)]),
      ...shop.all("draftOrder").map((each) => each.id),
    ];
    const other = new Set(ids(lumen));
    expect(ids(northwind).filter((id) => other.has(id))).toEqual([]);
  });

  it("have the chat on in the first theme and off in the second, and no app installed", () => {
    const block = northwind.get("themeSettings", "meridian")?.blocks[0];
    expect(block).toMatchObject({ block: "chat", disabled: false });
    const extension = readFileSync("extensions/storefront-chat/shopify.extension.toml", "utf8");
    const uid = /^uid = "(.+)"$/m.exec(extension)?.[1];
    expect(block?.type).toBe(`shopify://apps/throughline/blocks/chat/${uid}`);
    expect(lumen.get("themeSettings", "classic")?.blocks).toEqual([]);
    expect(northwind.all("installation")).toEqual([]);
  });
});

describe("seedShops", () => {
  it("makes the same shops from the same moment, and leaves shops alone that are there", () => {
    const again = seededWorld("full");
    expect(everything(again)).toBe(everything(world));
    const order = again.store.shop(NORTHWIND_DOMAIN).all("order")[0];
    if (!order) throw new Error("the shop has orders");
    again.store.shop(NORTHWIND_DOMAIN).put("order", order.id, { ...structuredClone(order), note: "changed by hand" });
    const before = everything(again);
    seedShops(again, "full");
    expect(everything(again)).toBe(before);
  });

  it("moves with the clock: the newest order is always recent", () => {
    const later = seededWorld("small", new Date("2031-02-01T00:00:00Z"));
    const newest = later.store.shop(NORTHWIND_DOMAIN).all("order").at(-1)?.createdAt ?? "";
    expect(newest.startsWith("2031-01-")).toBe(true);
  });

  it("has a small size for tests that still holds every life of an order", () => {
    const small = seededWorld("small").store.shop(NORTHWIND_DOMAIN);
    expect(small.all("product").length).toBeLessThanOrEqual(13);
    expect(small.all("product")[0]?.title).toBe("Field Jacket");
    const kinds = new Set(small.all("order").map((each) => `${each.financialStatus} ${each.fulfillmentStatus}`));
    const wanted = new Set(ORDER_LIVES.map((life) => `${life.financial} ${life.fulfillment}`));
    expect(kinds).toEqual(wanted);
  });
});
