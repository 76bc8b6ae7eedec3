/** Topics that tell of a mirrored record begin with these; they are handled many at a time. */
const mirrored =
  /^(orders|refunds|order_transactions|fulfillments|fulfillment_events|returns|draft_orders|checkouts|customers|customers_email_marketing_consent|customers_marketing_consent|products|companies|company_contacts|company_locations)\/|^customer\.tags_/;

/** Those of them that have a meaning of their own for people, or do not say what they are about: each has its job. */
const alone = new Set([
  "customers/merge",
  "customers/data_request",
  "customers/redact",
  "returns/decline",
  "returns/update",
]);

/**
 * Whether a webhook waits to be handled with others of its shop. The door asks, which should not need to know what every
 * topic does: tests/shopify/webhooks/topics.test.ts holds it together with `topics.ts`.
 */
export function isHandledTogether(topic: string): boolean {
  return mirrored.test(topic) && !alone.has(topic);
}
