import { toMinor } from "~/platform/money";
import type { DraftTotals } from "./shape";

interface Bag {
  shopMoney: { amount: string };
}

interface Priced {
  lineItemsSubtotalPrice: Bag | null;
  subtotalPriceSet: Bag;
  totalDiscountsSet: Bag;
  totalShippingPriceSet: Bag;
  totalTaxSet: Bag;
  totalPriceSet: Bag;
}

/**
 * What a calculated or existing draft comes to. The discount shown is the order's own: Shopify's `totalDiscountsSet`
 * also holds what lines take off themselves, so it is the difference that the order makes to the lines.
 */
export function readTotals(
  draft: Priced,
  lines: readonly { discountedTotalSet: Bag }[],
  currency: string,
): DraftTotals {
  const minor = (bag: Bag) => toMinor(bag.shopMoney.amount, currency);
  const lineTotals = lines.map((line) => minor(line.discountedTotalSet));
  const subtotal = lineTotals.reduce((sum, one) => sum + one, 0);
  return {
    currency,
    subtotal,
    discount: Math.max(0, subtotal - minor(draft.subtotalPriceSet)),
    shipping: minor(draft.totalShippingPriceSet),
    tax: minor(draft.totalTaxSet),
    total: minor(draft.totalPriceSet),
    lines: lineTotals,
  };
}
