import { formatMoney } from "~/platform/money";

export { toMinor as minorUnits } from "~/platform/money";

/**
 * An amount in words for people.
 * @param minor the amount in the currency's minor unit (1999 of EUR is €19.99, 1999 of JPY is ¥1,999)
 * @param currency ISO 4217
 */
export function money(minor: number, currency: string, locale = "en"): string {
  return formatMoney(minor, currency, locale);
}
