/** How many decimals a currency has: 2 for EUR, 0 for JPY, 3 for KWD. 2 for what is no currency. */
export function decimalsOf(currency: string): number {
  try {
    return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

/**
 * Minor units from an amount of Shopify's AJAX API, which counts in hundredths whatever the currency: ¥1,000 is 100000.
 * https://shopify.dev/docs/api/ajax/reference/cart
 */
export function fromHundredths(amount: number, currency: string): number {
  return Math.round((amount / 100) * 10 ** decimalsOf(currency));
}

/** Minor units from a decimal text such as "19.99", as webhooks and the Admin API write money. Null when it is none. */
export function fromDecimal(text: string, currency: string): number | null {
  const match = /^(-?)(\d{1,12})(?:\.(\d+))?$/.exec(text.trim());
  if (!match) return null;
  const decimals = decimalsOf(currency);
  const fraction = `${match[3] ?? ""}000`;
  const kept = Number(`${match[2]}${fraction.slice(0, decimals)}`);
  const rounded = kept + (Number(fraction[decimals] ?? "0") >= 5 ? 1 : 0);
  return match[1] === "-" ? -rounded : rounded;
}
