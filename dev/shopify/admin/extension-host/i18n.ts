export type Messages = { [key: string]: string | Messages };

/**
 * `shopify.i18n` of an extension: its own texts, and numbers and dates in the language of the member of staff.
 * https://shopify.dev/docs/api/admin-extensions/2026-07
 */
export function makeI18n(input: { locale: string; staffLocale: string; messages: Messages }) {
  const { locale, staffLocale, messages } = input;
  const read = (key: string): string | Messages | undefined =>
    key
      .split(".")
      .reduce<string | Messages | undefined>((at, part) => (typeof at === "object" ? at[part] : undefined), messages);
  return {
    translate(key: string, options: Record<string, string | number> = {}): string {
      const found = read(key);
      const plural = new Intl.PluralRules(locale).select(Number(options.count));
      const text = typeof found === "object" ? (found[plural] ?? found.other) : found;
      if (typeof text !== "string") throw new Error(`the extension has no text "${key}"`);
      return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) => String(options[name] ?? whole));
    },
    formatNumber: (number: number | bigint, options?: Intl.NumberFormatOptions) =>
      new Intl.NumberFormat(staffLocale, options).format(number),
    formatCurrency: (number: number | bigint, options?: Intl.NumberFormatOptions) =>
      new Intl.NumberFormat(staffLocale, { style: "currency", ...options }).format(number),
    formatDate: (date: Date, options: { inExtensionLocale?: boolean } & Intl.DateTimeFormatOptions = {}) =>
      new Intl.DateTimeFormat(options.inExtensionLocale ? locale : staffLocale, options).format(date),
  };
}
