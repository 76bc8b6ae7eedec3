import { beforeAll, describe, expect, it } from "vitest";
import { ShopifyDenied } from "~/shopify/admin-errors";
import { customerPanel, statusWords } from "~/shopify/customer";
import { searchProducts, searchText } from "~/shopify/products";
import { putOrder } from "../dev/shopify/admin-api/small-world";
import { type Stage, setStage } from "../support/stage";

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});

const ada = "gid://shopify/Customer/601";

function settings(changes: object) {
  const { shop } = stage.small;
  shop.put("shop", "shop", { ...shop.settings(), ...changes });
}

describe("the customer panel", () => {
  it("has who they are, what they spent, and their last orders with parcels and tracking, newest first", async () => {
    for (const days of [40, 30, 20, 10, 5, 1]) putOrder(stage.small, days);
    const last = putOrder(stage.small, 0, {
      fulfillmentStatus: "FULFILLED",
      fulfillments: [
        {
          id: 1,
          name: "#F1",
          status: "SUCCESS",
          displayStatus: "IN_TRANSIT",
          trackingCompany: "DHL",
          trackingNumber: "123",
          trackingUrl: "https://track.example/123",
          lines: [],
          createdAt: "2026-11-21T10:00:00Z",
          updatedAt: "2026-11-21T10:00:00Z",
          estimatedDeliveryAt: "2026-11-23T10:00:00Z",
          deliveredAt: null,
        },
      ],
    });
    const panel = await customerPanel(stage.staff, ada);
    expect(panel).toMatchObject({
      name: { permitted: true, value: "Ada Berg" },
      email: { permitted: true, value: "ada@berg.example" },
      phone: { permitted: true, value: "+49301234567" },
      note: { permitted: true, value: "Prefers mail" },
      tags: ["vip"],
      orderCount: 7,
    });
    expect(panel?.spent.currency).toBe("EUR");
    expect(panel?.spent.amount).toBeGreaterThan(0);
    const orders = panel?.orders.permitted ? (panel.orders.value ?? []) : [];
    expect(orders).toHaveLength(5);
    expect(orders[0]).toMatchObject({
      name: last.name,
      payment: "PAID",
      fulfillment: "FULFILLED",
      total: last.totals.total,
      lines: [{ title: "Field Jacket", quantity: 2 }],
      shipments: [
        {
          status: "IN_TRANSIT",
          expectedAt: expect.any(String),
          tracking: [{ company: "DHL", number: "123", url: "https://track.example/123" }],
        },
      ],
    });
  });

  it("is null for a customer that Shopify does not have", async () => {
    expect(await customerPanel(stage.staff, "gid://shopify/Customer/999999")).toBeNull();
  });

  it("tells what the app may not see apart from what is not there", async () => {
    settings({ unapprovedFields: ["Customer.defaultEmailAddress", "Customer.email"] });
    const panel = await customerPanel(stage.staff, ada);
    settings({ unapprovedFields: [] });
    expect(panel?.email).toEqual({ permitted: false });
    const cy = await customerPanel(stage.staff, "gid://shopify/Customer/603");
    expect(cy?.phone).toEqual({ permitted: true, value: null });
  });

  it("shows what it has when no personal field is approved", async () => {
    const fields = ["Customer.firstName", "Customer.lastName", "Customer.email", "Customer.phone"];
    settings({ unapprovedFields: fields });
    const panel = await customerPanel(stage.staff, ada);
    settings({ unapprovedFields: [] });
    expect(panel).toMatchObject({
      name: { permitted: false },
      email: { permitted: false },
      phone: { permitted: false },
      note: { permitted: true, value: "Prefers mail" },
      orders: { permitted: true },
    });
  });

  it("is denied when the merchant took the scope back", async () => {
    const { shop, world } = stage.small;
    const installation = shop.get("installation", world.app.clientId);
    if (!installation) throw new Error("not installed");
    shop.put("installation", installation.clientId, { ...installation, scopes: ["read_products"] });
    await expect(customerPanel(stage.staff, ada)).rejects.toBeInstanceOf(ShopifyDenied);
    shop.put("installation", installation.clientId, installation);
  });

  it("writes Shopify's words as the admin does", () => {
    expect(statusWords("PARTIALLY_REFUNDED")).toBe("Partially refunded");
  });
});

describe("the product search", () => {
  it("finds by the beginning of a word, only what is on sale, with stock and price", async () => {
    const found = await searchProducts(stage.staff, "jack");
    expect(found.map(({ title }) => title)).toEqual(["Field Jacket"]);
    expect(found[0]?.variants).toEqual([
      expect.objectContaining({ variantTitle: "Olive / M", price: 19_900, available: 5 }),
      expect.objectContaining({ variantTitle: "Olive / L", available: 0 }),
    ]);
    expect(await searchProducts(stage.staff, "scarf")).toEqual([]);
    const [mug] = await searchProducts(stage.staff, "mug");
    expect(mug?.variants).toEqual([expect.objectContaining({ variantTitle: null, available: null })]);
  });

  it.each([
    ["field jack", "status:active AND field AND jack*"],
    ["", "status:active"],
    [`"title:*) OR vendor:'x`, "status:active AND title AND vendor AND x*"],
    ["SKU-11", "status:active AND SKU AND 11*"],
  ])("writes %j as %j, whatever signs are in it", (typed, query) => {
    expect(searchText(typed)).toBe(query);
  });
});
