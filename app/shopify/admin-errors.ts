import { Problem } from "~/http/errors";

/** One of the `userErrors` of a mutation: the path of the argument it is about, and Shopify's own words. */
export interface UserError {
  field?: readonly string[] | null;
  message: string;
}

/** Shopify did not answer, or answered with its own failure, as often as we were willing to ask: 503. */
export class ShopifyDown extends Problem {
  constructor() {
    super(503, "shopify-down", "Shopify does not answer right now. Nothing was lost: try again in a moment.");
  }
}

/** Shopify asks for patience beyond what this request may wait: 429. */
export class ShopifyThrottled extends Problem {
  constructor(readonly retryAfterSeconds: number) {
    super(429, "shopify-throttled", "Shopify is busy with this shop's requests. Try again in a few seconds.", {
      "Retry-After": String(retryAfterSeconds),
    });
  }
}

/** Shopify understood and said no; each reason names the argument it is about: 422. */
export class ShopifyRefused extends Problem {
  constructor(readonly userErrors: readonly UserError[]) {
    super(422, "shopify-refused", userErrors.map((one) => one.message).join(" ") || "Shopify refused this.");
  }
}

/** The app may not see or do this in this shop: a scope, a protected field, or the whole installation: 403. */
export class ShopifyDenied extends Problem {
  constructor(
    /** Paths such as `customer.defaultEmailAddress`; empty when the installation itself is refused. */
    readonly fields: readonly string[],
  ) {
    super(
      403,
      "shopify-denied",
      fields.length > 0
        ? "This app is not allowed to see or change this in your shop."
        : "This app is no longer connected to your shop. Open it again from the Shopify admin.",
    );
  }
}

/** Throws ShopifyRefused when a mutation came back with `userErrors`. */
export function refuse(userErrors: readonly UserError[]): void {
  if (userErrors.length > 0) throw new ShopifyRefused(userErrors);
}
