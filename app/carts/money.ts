import { digitsOf } from "~/platform/money";

/**
 * Minor units from an amount of Shopify's AJAX API, which counts in hundredths whatever the currency: ¥1,000 is 100000.
 * https://shopify.dev/docs/api/ajax/reference/cart
 */
export function fromHundredths(amount: number, currency: string): number {
  return Math.round((amount / 100) * 10 ** digitsOf(currency));
}
