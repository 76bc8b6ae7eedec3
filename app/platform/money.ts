const known = new Map<string, number>();

/** How many decimal digits a currency's minor unit has, as ISO 4217 and the runtime's data say: EUR 2, JPY 0, KWD 3. */
export function digitsOf(currency: string): number {
  const digits = known.get(currency) ?? askedDigits(currency);
  // A formatter costs as much as reading an order; there are some 300 currencies, and a text that is none is not kept.
  if (known.size < 512 && /^[A-Z]{3}$/.test(currency)) known.set(currency, digits);
  return digits;
}

function askedDigits(currency: string): number {
  try {
    return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

/**
 * A decimal text as Shopify gives it ("19.9", "-3.00", "1200") in minor units of the currency. Digits beyond the
 * minor unit are rounded half away from zero. Throws RangeError for what is no decimal number.
 */
export function toMinor(amount: string, currency: string): number {
  const match = /^(-?)(\d+)(?:\.(\d*))?$/.exec(amount.trim());
  if (!match) throw new RangeError("not a decimal amount");
  const [, sign = "", whole = "0", fraction = ""] = match;
  const digits = digitsOf(currency);
  const kept = fraction.slice(0, digits).padEnd(digits, "0");
  const roundUp = Number(fraction[digits] ?? "0") >= 5 ? 1 : 0;
  const minor = Number(whole + kept) + roundUp;
  if (!Number.isSafeInteger(minor)) throw new RangeError("an amount too large");
  return sign && minor !== 0 ? -minor : minor;
}

/** Minor units as the decimal text that Shopify takes: 1990 EUR is "19.90", 500 JPY is "500". */
export function toDecimal(minor: number, currency: string): string {
  const digits = digitsOf(currency);
  const text = String(Math.abs(minor)).padStart(digits + 1, "0");
  const sign = minor < 0 ? "-" : "";
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** For people: 1990 EUR is "€19.90" in English. A currency that the runtime does not know is shown by its code. */
export function formatMoney(minor: number, currency: string, locale = "en"): string {
  const amount = Number(toDecimal(minor, currency));
  try {
    return new Intl.NumberFormat(locale, { style: "currency", currency }).format(amount);
  } catch {
    return `${amount.toFixed(2)} ${currency}`;
  }
}
