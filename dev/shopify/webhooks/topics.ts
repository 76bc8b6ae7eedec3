/** Any one of them opens the topic. */
const COMPANIES: readonly string[] = ["read_customers", "read_companies"];

const RETURNS: readonly string[] = ["read_returns", "read_marketplace_returns"];
/** That a return ended is also told to whom its order is. */
const RETURNS_OR_ORDERS: readonly string[] = ["read_orders", ...RETURNS];

/** The scope an app must hold to hear of a topic; null when none. From the topic enum of 2026-07. */
const SCOPES: Readonly<Record<string, string | readonly string[] | null>> = {
  "app/uninstalled": null,
  "app/scopes_update": null,
  "shop/update": null,
  "bulk_operations/finish": null,
  "carts/create": "read_orders",
  "carts/update": "read_orders",
  "checkouts/create": "read_orders",
  "checkouts/update": "read_orders",
  "checkouts/delete": "read_orders",
  "orders/create": "read_orders",
  "orders/updated": "read_orders",
  "orders/paid": "read_orders",
  "orders/cancelled": "read_orders",
  "orders/fulfilled": "read_orders",
  "orders/partially_fulfilled": "read_orders",
  "orders/edited": "read_orders",
  "orders/delete": "read_orders",
  "refunds/create": "read_orders",
  "order_transactions/create": "read_orders",
  "returns/request": RETURNS,
  "returns/approve": RETURNS,
  "returns/decline": RETURNS,
  "returns/update": RETURNS,
  "returns/process": RETURNS,
  "returns/cancel": RETURNS_OR_ORDERS,
  "returns/close": RETURNS_OR_ORDERS,
  "returns/reopen": RETURNS_OR_ORDERS,
  "draft_orders/create": "read_draft_orders",
  "draft_orders/update": "read_draft_orders",
  "draft_orders/delete": "read_draft_orders",
  "fulfillments/create": "read_fulfillments",
  "fulfillments/update": "read_fulfillments",
  "fulfillment_events/create": "read_fulfillments",
  "fulfillment_events/delete": "read_fulfillments",
  "customers/create": "read_customers",
  "customers/update": "read_customers",
  "customers/delete": "read_customers",
  "customers/enable": "read_customers",
  "customers/disable": "read_customers",
  "customers/purchasing_summary": "read_customers",
  "customer.tags_added": "read_customers",
  "customer.tags_removed": "read_customers",
  "customers_email_marketing_consent/update": "read_customers",
  "customers_marketing_consent/update": "read_customers",
  "customers/merge": "read_customer_merge",
  "companies/create": COMPANIES,
  "companies/update": COMPANIES,
  "companies/delete": COMPANIES,
  "company_contacts/create": COMPANIES,
  "company_contacts/update": COMPANIES,
  "company_contacts/delete": COMPANIES,
  "company_locations/create": COMPANIES,
  "company_locations/update": COMPANIES,
  "company_locations/delete": COMPANIES,
  "products/create": "read_products",
  "products/update": "read_products",
  "products/delete": "read_products",
  "inventory_levels/update": "read_inventory",
  "customers/data_request": null,
  "customers/redact": null,
  "shop/redact": null,
};

const COMPLIANCE = new Set(["customers/data_request", "customers/redact", "shop/redact"]);

/** Topics that the local Shopify can send. */
export const TOPICS: readonly string[] = Object.keys(SCOPES);

/** Compliance topics reach the app also after it was uninstalled. */
export function isCompliance(topic: string): boolean {
  return COMPLIANCE.has(topic);
}

/** `orders/paid` → `ORDERS_PAID`, as in the `WebhookSubscriptionTopic` enum. */
export function enumOfTopic(topic: string): string {
  return topic.replace("/", "_").replaceAll(".", "_").toUpperCase();
}

/** `ORDERS_PAID` → `orders/paid`; null for a topic that the local Shopify never sends. */
export function topicOfEnum(value: string): string | null {
  return TOPICS.find((topic) => enumOfTopic(topic) === value) ?? null;
}

/** Whether an app with these granted scopes hears of the topic; a write scope includes reading. */
export function mayHear(topic: string, scopes: readonly string[]): boolean {
  const needed = SCOPES[topic];
  if (needed === undefined) throw new Error(`the local Shopify does not send webhooks of the topic ${topic}`);
  if (needed === null) return true;
  return [needed].flat().some((each) => scopes.includes(each) || scopes.includes(each.replace("read_", "write_")));
}
