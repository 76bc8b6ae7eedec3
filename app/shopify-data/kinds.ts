/** What is mirrored of Shopify's data, in the order in which a first sync makes the app useful. */
export const kinds = ["customers", "orders", "products", "draft-orders", "checkouts", "companies"] as const;

export type Kind = (typeof kinds)[number];
