import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type LocalAdmin, startAdmin } from "./local-admin";

let admin: LocalAdmin;
let arrived: { topic: string; body: Record<string, unknown> }[] = [];

beforeAll(async () => {
  admin = await startAdmin((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on("end", () => {
      arrived.push({ topic: String(request.headers["x-shopify-topic"]), body: JSON.parse(body) });
      response.end();
    });
  });
});
beforeEach(() => {
  arrived = [];
});
afterAll(() => admin.close());

const press = (path: string) =>
  fetch(`${admin.shopify.origin}${path}`, { method: "POST", body: new URLSearchParams(), redirect: "manual" });

/** Somebody who bought something. */
function buyer() {
  const order = admin.shop.all("order").find((each) => each.customerId !== null);
  const customer = admin.shop.get("customer", order?.customerId ?? 0);
  if (!customer) throw new Error("nobody in this shop has bought anything");
  return customer;
}

test.each([
  ["data_request", "Request customer data", "orders_requested"],
  ["redact", "Erase personal data", "orders_to_redact"],
])("customers/%s is sent from the customer's page, where it is said that it was", async (request, button, orders) => {
  const customer = buyer();
  const page = `/store/northwind-outfitters/customers/${customer.id}`;
  expect(await (await fetch(admin.shopify.origin + page)).text()).toContain(button);
  const pressed = await press(`${page}/privacy/${request}`);
  expect(pressed.status).toBe(303);
  const next = await fetch(admin.shopify.origin + pressed.headers.get("location"));
  expect(await next.text()).toMatch(/role="status">(The request for|The app was told)/);
  await expect.poll(() => arrived.length).toBe(1);
  expect(arrived[0]).toMatchObject({
    topic: `customers/${request}`,
    body: {
      shop_domain: "northwind-outfitters.myshopify.com",
      customer: { id: customer.id, email: customer.email },
    },
  });
  expect(arrived[0]?.body[orders]).not.toHaveLength(0);
});

test("nothing is sent for an unknown customer or a request that there is not", async () => {
  const customer = buyer();
  expect((await press(`/store/northwind-outfitters/customers/${customer.id}/privacy/toString`)).status).toBe(404);
  expect((await press("/store/northwind-outfitters/customers/1/privacy/redact")).status).toBe(404);
  expect(arrived).toEqual([]);
});

test("the control panel sends shop/redact", async () => {
  expect((await press("/control/redact?shop=northwind-outfitters")).status).toBe(303);
  await expect.poll(() => arrived.map(({ topic }) => topic)).toEqual(["shop/redact"]);
});
