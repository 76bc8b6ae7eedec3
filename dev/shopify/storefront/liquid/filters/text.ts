import { createHash } from "node:crypto";
import type { FilterImplOptions } from "liquidjs";
import { translate } from "../messages";
import { stateOf } from "../state";

/** Filter arguments: positional ones as values, named ones as `[name, value]`. */
export function namedArguments(given: unknown[]): Record<string, unknown> {
  const named: Record<string, unknown> = {};
  for (const item of given) if (Array.isArray(item) && typeof item[0] === "string") named[item[0]] = item[1];
  return named;
}

/** A text as Shopify makes handles: `Rain Jacket (Olive)` → `rain-jacket-olive` */
export function handleize(value: unknown): string {
  return String(value ?? "")
    .normalize("NFKD")
    .replace(/[̀-ͯ]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}

/** JSON that may stand inside a `<script>`; Shopify's filter escapes the same characters. */
export function safeJson(value: unknown): string {
  const text = JSON.stringify(value ?? null) ?? "null";
  return text.replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

const translateFilter: FilterImplOptions = function (key: unknown, ...given: unknown[]) {
  return translate(stateOf(this.context).messages, String(key ?? ""), namedArguments(given));
};

const toHandle: FilterImplOptions = (value: unknown) => handleize(value);

function channels(colour: unknown): [number, number, number] {
  const hex = String(colour ?? "").replace("#", "");
  const full = hex.length === 3 ? [...hex].map((c) => c + c).join("") : hex.padEnd(6, "0");
  return [0, 2, 4].map((at) => Number.parseInt(full.slice(at, at + 2), 16) || 0) as [number, number, number];
}

export const textFilters: Record<string, FilterImplOptions> = {
  t: translateFilter,
  translate: translateFilter,
  json: (value: unknown) => safeJson(value),
  handle: toHandle,
  handleize: toHandle,
  pluralize: (count: unknown, one: unknown, many: unknown) => (Number(count) === 1 ? one : many),
  camelize: (value: unknown) =>
    handleize(value).replace(/(^|-)([a-z0-9])/g, (_, __, letter: string) => letter.toUpperCase()),
  md5: (value: unknown) =>
    createHash("md5")
      .update(String(value ?? ""))
      .digest("hex"),
  sha256: (value: unknown) =>
    createHash("sha256")
      .update(String(value ?? ""))
      .digest("hex"),
  color_to_rgb: (value: unknown) => `rgb(${channels(value).join(", ")})`,
  /** https://www.w3.org/TR/AERT#color-contrast, 0 to 255. */
  color_brightness(value: unknown) {
    const [red, green, blue] = channels(value);
    return Math.round(((red * 299 + green * 587 + blue * 114) / 1000) * 100) / 100;
  },
  time_tag(value: unknown, ...given: unknown[]) {
    const date = new Date(String(value));
    if (Number.isNaN(date.getTime())) return "";
    const format = String(given.find((item) => typeof item === "string") ?? namedArguments(given).format ?? "date");
    const { locale } = stateOf(this.context).visit;
    const options: Intl.DateTimeFormatOptions =
      format === "date_at_time" ? { dateStyle: "long", timeStyle: "short" } : { dateStyle: "long" };
    const shown = new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).format(date);
    return `<time datetime="${date.toISOString()}">${shown}</time>`;
  },
  format_address(address: unknown) {
    const lines = address && typeof address === "object" ? Object.entries(address) : [];
    const of = (name: string) => String(lines.find(([key]) => key === name)?.[1] ?? "");
    const parts = [
      of("name"),
      of("company"),
      of("address1"),
      of("address2"),
      `${of("zip")} ${of("city")}`,
      of("country"),
    ];
    const escaped = parts.map((part) => part.trim().replace(/&/g, "&amp;").replace(/</g, "&lt;"));
    return `<p>${escaped.filter(Boolean).join("<br>")}</p>`;
  },
};
