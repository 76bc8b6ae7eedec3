const formats = new Map<string, { format: Intl.NumberFormat; perUnit: number }>();

function formatOf(currency: string, locale: string) {
  const key = `${currency} ${locale}`;
  const known = formats.get(key);
  if (known) return known;
  const format = new Intl.NumberFormat(locale, { style: "currency", currency });
  const made = { format, perUnit: 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2) };
  formats.set(key, made);
  return made;
}

/**
 * An amount in words for people.
 * @param minor the amount in the currency's minor unit (1999 of EUR is €19.99, 1999 of JPY is ¥1,999)
 * @param currency ISO 4217
 */
export function money(minor: number, currency: string, locale = "en"): string {
  const { format, perUnit } = formatOf(currency, locale);
  return format.format(minor / perUnit);
}
