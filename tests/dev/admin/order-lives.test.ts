import { afterAll, beforeAll, expect, test } from "vitest";
import type { OrderRecord } from "../../../dev/shopify/records";
import { type LocalAdmin, startAdmin } from "./local-admin";

let admin: LocalAdmin;
beforeAll(async () => {
  admin = await startAdmin();
});
afterAll(() => admin.close());

const now = (id: number): OrderRecord => {
  const found = admin.shop.get("order", id);
  if (!found) throw new Error("the order is gone");
  return found;
};

/** A fresh, paid order of which nothing was sent. */
function freshOrder(): OrderRecord {
  const found = admin.shop
    .all("order")
    .find((each) => each.financialStatus === "PAID" && !each.cancelledAt && each.fulfillments.length === 0);
  if (!found) throw new Error("the seed has no fresh order");
  return now(found.id);
}

test("an order is changed, partly sent, asked back, received and refunded by buttons", async () => {
  const { id, lines } = freshOrder();
  const line = lines[0];
  await admin.post(`/orders/${id}/lines/${line?.id}/more`);
  expect(now(id).lines[0]?.quantity).toBe((line?.quantity ?? 0) + 1);
  expect(now(id).editedAt).toBeTruthy();
  await admin.post(`/orders/${id}/send-one`);
  expect(now(id)).toMatchObject({
    fulfillmentStatus: "PARTIALLY_FULFILLED",
    fulfillments: [{ displayStatus: "FULFILLED" }],
  });
  const parcel = now(id).fulfillments[0];
  await admin.post(`/orders/${id}/parcels/${parcel?.id}`, { state: "DELIVERED" });
  expect(now(id).fulfillments[0]?.deliveredAt).toBeTruthy();
  const event = now(id).fulfillments[0]?.events?.[0];
  await admin.post(`/orders/${id}/parcels/${parcel?.id}/events/${event?.id}/delete`);
  expect(now(id).fulfillments[0]).toMatchObject({ displayStatus: "FULFILLED", deliveredAt: null, events: [] });

  const units = { [`units-${parcel?.id}-0`]: "1", reason: "DEFECTIVE", note: "It broke" };
  await admin.post(`/orders/${id}/return`, { ...units, by: "buyer" });
  const asked = now(id).returns?.[0];
  expect(asked).toMatchObject({ status: "REQUESTED", lines: [{ reason: "DEFECTIVE", customerNote: "It broke" }] });
  // The same unit cannot be asked back twice: refused, and nothing changes.
  await admin.post(`/orders/${id}/return`, { ...units, by: "staff" });
  expect(now(id).returns).toHaveLength(1);
  await admin.post(`/orders/${id}/returns/${asked?.id}/approve`);
  await admin.post(`/orders/${id}/returns/${asked?.id}/refund`);
  expect(now(id)).toMatchObject({
    returns: [{ status: "CLOSED", lines: [{ processedQuantity: 1 }] }],
    refunds: [{ returnId: asked?.id, lines: [{ quantity: 1, restockType: "RETURN" }] }],
    financialStatus: "PARTIALLY_REFUNDED",
  });
  expect(now(id).refunded).toBeGreaterThan(0);
  const page = (await admin.get(`/orders/${id}`)).text;
  expect(page).toContain(asked?.name);
  expect(page).toContain("Open again");
});

test("a refund by hand takes units off, never more money than was paid", async () => {
  const { id, lines, totals } = freshOrder();
  const all = Object.fromEntries(lines.map((line) => [`units-${line.id}`, String(line.quantity)]));
  await admin.post(`/orders/${id}/refund`, { ...all, shipping: "on", restock: "on", note: "Sorry" });
  expect(now(id)).toMatchObject({ refunded: totals.total, financialStatus: "REFUNDED", refunds: [{ note: "Sorry" }] });
  await admin.post(`/orders/${id}/refund`, all);
  expect(now(id).refunds).toHaveLength(1);
});

test("a cancelled order is deleted, an open one is not", async () => {
  const { id } = freshOrder();
  await admin.post(`/orders/${id}/delete`);
  expect(admin.shop.get("order", id)).not.toBeNull();
  await admin.post(`/orders/${id}/cancel`);
  const answer = await admin.post(`/orders/${id}/delete`);
  expect(answer.headers.get("location")).toMatch(/\/orders$/);
  expect(admin.shop.get("order", id)).toBeNull();
});

test("products and customers change by buttons, and the app hears of what it subscribed to", async () => {
  const product = admin.shop.all("product")[0];
  await admin.post(`/products/${product?.id}/details`, { title: "Another name", status: "DRAFT" });
  expect(admin.shop.get("product", product?.id ?? 0)).toMatchObject({ title: "Another name", status: "DRAFT" });
  const copied = await admin.post(`/products/${product?.id}/copy`);
  const copy = Number(copied.headers.get("location")?.split("/").at(-1));
  expect(admin.shop.get("product", copy)?.title).toBe("Copy of Another name");
  await admin.post(`/products/${copy}/delete`);
  expect(admin.shop.get("product", copy)).toBeNull();

  const customer = admin.shop.all("customer")[0];
  const { state } = customer ?? {};
  await admin.post(`/customers/${customer?.id}/account`);
  expect(admin.shop.get("customer", customer?.id ?? 0)?.state).toBe(state === "ENABLED" ? "DISABLED" : "ENABLED");
  await admin.post(`/customers/${customer?.id}/contact`, {
    firstName: "Zoë",
    lastName: "",
    email: "zoe@example.com",
    phone: "",
  });
  expect(admin.shop.get("customer", customer?.id ?? 0)).toMatchObject({
    firstName: "Zoë",
    lastName: null,
    phone: null,
  });
  expect(admin.shop.all("webhookDelivery").map((each) => each.topic)).toContain("customers/update");
});

test("the control panel sets how bulk operations go, and expires their files", async () => {
  const post = (body: Record<string, string>) =>
    fetch(`${admin.shopify.origin}/control/bulk?shop=northwind-outfitters`, {
      method: "POST",
      body: new URLSearchParams(body),
    });
  await post({ failHalfWay: "on", malformedEvery: "7", pause: "20", breakAfter: "1000" });
  const page = await (await fetch(`${admin.shopify.origin}/control?shop=northwind-outfitters`)).text();
  expect(page).toMatch(/name="malformedEvery"[^>]*value="7"/);
  expect(page).toMatch(/name="failHalfWay" checked/);
  await post({ reset: "1" });
  const after = await (await fetch(`${admin.shopify.origin}/control?shop=northwind-outfitters`)).text();
  expect(after).toMatch(/name="malformedEvery"[^>]*value="0"/);
});
