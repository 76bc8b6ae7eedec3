export interface Messages {
  [key: string]: string | Messages;
}

/**
 * One translated text, as Shopify's `t` filter gives it: nested keys by dots, plural forms by
 * `count`, `{{ name }}` replaced, arguments escaped unless the key ends in `_html`. A key that no
 * locale has becomes `Translation missing: <locale>.<key>`.
 * https://shopify.dev/docs/api/liquid/filters/translate
 */
export function translate(
  sources: { locale: string; messages: Messages | undefined }[],
  key: string,
  values: Record<string, unknown>,
): string {
  for (const { locale, messages } of sources) {
    const found = messages && pick(messages, key, locale, values.count);
    if (found !== undefined) return interpolate(found, values, key.endsWith("_html"));
  }
  return `Translation missing: ${sources[0]?.locale ?? "en"}.${key}`;
}

function pick(messages: Messages, key: string, locale: string, count: unknown): string | undefined {
  let found: string | Messages | undefined = messages;
  for (const part of key.split(".")) {
    if (typeof found !== "object") return undefined;
    found = found[part];
  }
  if (typeof found !== "object") return found;
  const number = Number(count);
  if (count === undefined || Number.isNaN(number)) return undefined;
  const form = number === 0 && typeof found.zero === "string" ? "zero" : new Intl.PluralRules(locale).select(number);
  const chosen = found[form] ?? found.other;
  return typeof chosen === "string" ? chosen : undefined;
}

function interpolate(text: string, values: Record<string, unknown>, raw: boolean): string {
  return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) => {
    if (!(name in values)) return whole;
    const value = String(values[name] ?? "");
    return raw ? value : escapeHtml(value);
  });
}

export function escapeHtml(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
