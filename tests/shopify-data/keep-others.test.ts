import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server";
import { newId } from "~/platform/ids";
import { layTombstones } from "~/privacy/tombstones";
import type { CheckoutKept } from "~/shopify-data/checkout";
import type { DraftOrderKept } from "~/shopify-data/draft-order";
import { keepCheckouts } from "~/shopify-data/keep-checkouts";
import { keepCompanies } from "~/shopify-data/keep-companies";
import { keepCustomers } from "~/shopify-data/keep-customers";
import { keepDraftOrders } from "~/shopify-data/keep-draft-orders";
import { keepProducts } from "~/shopify-data/keep-products";
import { markGone } from "~/shopify-data/mark-gone";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";
import { customerKept } from "./records";
import "../support/app";

let db: Database;
let shop: TestShop;
const t1 = new Date("2026-11-05T00:00:00Z");
const t2 = new Date("2026-11-06T00:00:00Z");

beforeAll(async () => {
  db = await testDatabase();
});
beforeEach(async () => {
  shop = await testShop(db);
});

const where = () => ({ shopId: shop.base.shop.id });
const change = <Result>(work: (tx: Parameters<typeof keepCustomers>[0]) => Promise<Result>): Promise<Result> =>
  db.prisma.$transaction((tx) => work(tx));
const kinds = async () =>
  (await db.prisma.timelineEntry.findMany({ where: where(), orderBy: [{ at: "asc" }, { kind: "asc" }] })).map(
    (one) => one.kind,
  );

describe("a customer", () => {
  const keep = (...customers: ReturnType<typeof customerKept>[]) =>
    change((tx) => keepCustomers(tx, shop.base.shop, customers, t1));

  it("is kept with how they are matched and found, also without an address, a number and a name", async () => {
    const nobody = { firstName: null, lastName: null, email: null, phone: null };
    await keep(customerKept(1, { email: "Mia.Müller@BÜCHER.example" }), customerKept(2, nobody));
    const [mia, other] = await db.prisma.shopifyCustomer.findMany({ where: where(), orderBy: { id: "asc" } });
    expect(mia).toMatchObject({ emailKey: "mia.müller@xn--bcher-kva.example", phoneKey: "+4915112345678" });
    expect(mia?.words.split(" ")).toEqual(expect.arrayContaining(["mia", "muller", "bucher"]));
    expect(other).toMatchObject({ ...nobody, emailKey: null, phoneKey: null, words: "" });
  });

  it("may share a number with the family", async () => {
    expect(await keep(customerKept(1), customerKept(2), customerKept(3))).toMatchObject({ created: 3 });
    expect(await db.prisma.shopifyCustomer.count({ where: { ...where(), phoneKey: "+4915112345678" } })).toBe(3);
  });

  it("who was erased does not come back", async () => {
    const gids = [customerKept(1).id];
    await db.prisma.$transaction((tx) => layTombstones(tx, shop.base.shop.id, t1, { gids, emails: [], phones: [] }));
    expect(await keep(customerKept(1), customerKept(2))).toMatchObject({ created: 1, erased: 1 });
  });

  it("whom the shop deleted is marked, without who they were", async () => {
    await keep(customerKept(1));
    await change((tx) => markGone(tx, shop.base.shop, "customers", [customerKept(1).id], t2));
    expect(await db.prisma.shopifyCustomer.findFirst({ where: where() })).toMatchObject({
      deletedAt: t2,
      firstName: null,
      email: null,
      emailKey: null,
      phoneKey: null,
      words: "",
    });
  });
});

describe("a draft order", () => {
  const draft = (changes: Partial<DraftOrderKept> = {}): DraftOrderKept => ({
    id: "gid://shopify/DraftOrder/1",
    name: "#D1",
    customerId: "gid://shopify/Customer/1",
    cartId: null,
    status: "open",
    currency: "EUR",
    total: 100,
    lines: [],
    orderId: null,
    orderName: null,
    invoiceSentAt: null,
    completedAt: null,
    createdAt: t1,
    updatedAt: t1,
    ...changes,
  });
  const keep = (one: DraftOrderKept, at = t1) => change((tx) => keepDraftOrders(tx, shop.base.shop, [one], at));

  it("of somebody else tells its story as it goes on", async () => {
    await keep(draft());
    const paid = {
      orderId: "gid://shopify/Order/1",
      orderName: "#1",
      completedAt: t2,
      invoiceSentAt: t2,
      updatedAt: t2,
    };
    await keep(draft(paid), t2);
    expect(await kinds()).toEqual(["draft-order.created", "draft-order.invoice-sent", "draft-order.paid"]);
  });

  it("that was made in a conversation leaves its story to it", async () => {
    await keep(draft());
    await db.prisma.draftOrder.create({
      data: {
        ...where(),
        id: newId(),
        shopifyDraftOrderId: draft().id,
        name: "#D1",
        status: "open",
        currency: "EUR",
        total: 100,
        createdAt: t1,
        updatedAt: t1,
      },
    });
    await keep(draft({ updatedAt: t2 }), t2);
    expect(await kinds()).toEqual([]);
    expect(await db.prisma.shopifyDraftOrder.count({ where: where() })).toBe(1);
  });
});

describe("a checkout", () => {
  it("that was left tells so, and that it was taken up again", async () => {
    const left: CheckoutKept = {
      id: "gid://shopify/AbandonedCheckout/1",
      name: "#C1",
      customerId: null,
      cartId: null,
      currency: "EUR",
      total: 100,
      lines: [],
      completedAt: null,
      createdAt: t1,
      updatedAt: t1,
    };
    const keep = (one: CheckoutKept) => change((tx) => keepCheckouts(tx, shop.base.shop, [one], t2));
    await keep(left);
    await keep({ ...left, completedAt: t2, updatedAt: t2 });
    const [entry, ...others] = await db.prisma.timelineEntry.findMany({ where: where() });
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ kind: "checkout.abandoned", data: { recoveredAt: t2.toISOString() } });
  });
});

describe("products and companies", () => {
  it("are kept with what they are found by, and told again change nothing", async () => {
    const times = { createdAt: t1, updatedAt: t1 };
    const product = {
      id: "gid://shopify/Product/1",
      title: "Field-Jacket",
      handle: "field-jacket",
      status: "active",
      vendor: "Nørd",
      type: "Outerwear",
      tags: ["autumn"],
      image: null,
      currency: "EUR",
      variants: [
        {
          id: "gid://shopify/ProductVariant/1",
          title: "Olive / M",
          sku: "SKU-11",
          barcode: null,
          price: 1,
          available: true,
          inStock: 5,
          position: 1,
        },
      ],
      ...times,
    };
    const company = {
      id: "gid://shopify/Company/1",
      name: "Harbour Hotel",
      externalId: "H-1",
      contacts: [
        { id: "gid://shopify/CompanyContact/1", customerId: "gid://shopify/Customer/1", title: "Buyer", main: true },
      ],
      locations: [{ id: "gid://shopify/CompanyLocation/1", name: "Harbour", externalId: null }],
      ...times,
    };
    for (const expected of [{ created: 1 }, { unchanged: 1, changed: 0 }]) {
      expect(await change((tx) => keepProducts(tx, shop.base.shop, [product], t1))).toMatchObject(expected);
      expect(await change((tx) => keepCompanies(tx, shop.base.shop, [company], t1))).toMatchObject(expected);
    }
    const kept = await db.prisma.shopifyProduct.findFirstOrThrow({ where: where() });
    expect(kept.words.split(" ")).toEqual(expect.arrayContaining(["field", "jacket", "sku", "11", "olive", "autumn"]));
  });
});
