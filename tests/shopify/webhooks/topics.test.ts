import { describe, expect, it } from "vitest";
import { isHandledTogether } from "~/shopify/webhooks/together";
import { topics } from "~/shopify/webhooks/topics";

const customer = { kind: "customers", id: "gid://shopify/Customer/7", gone: false };
const order = { kind: "orders", id: "gid://shopify/Order/5", gone: false };
const company = { kind: "companies", id: "gid://shopify/Company/3", gone: false };
const aboutCompany = { admin_graphql_api_id: company.id };

describe("a topic", () => {
  it.each(Object.keys(topics))(
    "%s is handled together with others exactly when only a record is to be noted",
    (name) => {
      const topic = topics[name];
      expect(isHandledTogether(name)).toBe(Boolean(topic?.about && (!topic.does || topic.ifOurs)));
    },
  );

  it.each<[string, object, object]>([
    ["orders/updated", { id: 5 }, order],
    ["orders/delete", { id: 5 }, { ...order, gone: true }],
    ["orders/edited", { order_edit: { id: 9, order_id: 5 } }, order],
    ["refunds/create", { id: 9, order_id: 5 }, order],
    ["order_transactions/create", { id: 9, order_id: 5 }, order],
    ["fulfillments/update", { id: 9, order_id: 5 }, order],
    ["fulfillment_events/create", { id: 9, fulfillment_id: 8, order_id: 5 }, order],
    ["returns/request", { id: 9, order: { id: 5, admin_graphql_api_id: order.id } }, order],
    ["returns/close", { id: 9, order_id: 5, status: "closed" }, order],
    ["customers/enable", { id: 7 }, customer],
    ["customers/delete", { id: 7 }, { ...customer, gone: true }],
    [
      "customers/purchasing_summary",
      { customerId: customer.id, numberOfOrders: 3, amountSpent: { amount: "9.00", currencyCode: "EUR" } },
      customer,
    ],
    ["customer.tags_added", { customerId: customer.id, tags: ["vip"] }, customer],
    ["customers_email_marketing_consent/update", { customer_id: 7, email_address: "a@b.example" }, customer],
    // As the local Shopify and Shopify's own samples have it: the customer's number is plain `id` here.
    ["customers_marketing_consent/update", { id: 7, phone: "+4930" }, customer],
    ["customers/merge", { admin_graphql_api_customer_kept_id: customer.id }, customer],
    ["draft_orders/update", { id: 4 }, { kind: "draft-orders", id: "gid://shopify/DraftOrder/4", gone: false }],
    ["checkouts/update", { id: 6 }, { kind: "checkouts", id: "gid://shopify/AbandonedCheckout/6", gone: false }],
    ["products/delete", { id: 2 }, { kind: "products", id: "gid://shopify/Product/2", gone: true }],
    ["companies/update", aboutCompany, company],
    ["companies/delete", aboutCompany, { ...company, gone: true }],
    [
      "company_contacts/delete",
      { admin_graphql_api_id: "gid://shopify/CompanyContact/1", company: aboutCompany },
      company,
    ],
    ["company_locations/create", { company: aboutCompany }, company],
  ])("%s is about the record that it names", (name, payload, hint) => {
    expect(topics[name]?.about?.(payload)).toEqual(hint);
  });

  it.each(["orders/updated", "refunds/create", "customers/update", "companies/update", "customer.tags_added"])(
    "%s of another shape is refused",
    (name) => {
      for (const payload of [
        {},
        { id: "x" },
        { id: -1, order_id: null },
        { admin_graphql_api_id: "gid://shopify/X/1" },
      ]) {
        expect(() => topics[name]?.about?.(payload)).toThrow();
      }
    },
  );
});
