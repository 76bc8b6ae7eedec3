import { formatMoney } from "~/platform/money";

/** A name and what stands beside it. */
export interface Cell {
  name: string;
  html: string;
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

const known: Record<string, string> = {
  at: "When",
  grade: "How sure",
  touchpoint: "Where",
  recordedAt: "Noted",
  firstSeenAt: "First seen",
  lastSeenAt: "Last seen",
};

/** `openedAt` → "Opened at" */
export function columnWords(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, (_, one: string, other: string) => `${one} ${other.toLowerCase()}`);
  return known[name] ?? words.charAt(0).toUpperCase() + words.slice(1);
}

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

/** "21 November 2026, 12:00" in UTC; anything else as it is. */
export function time(value: unknown): string {
  const at = new Date(String(value));
  if (Number.isNaN(at.getTime())) return escapeHtml(String(value ?? ""));
  return at.toLocaleString("en-GB", { timeZone: "UTC", dateStyle: "long", timeStyle: "short" });
}

/** Sums are kept in minor units, and are named so. */
const sums = /^(total|currentTotal|refunded|spent|amount|price|lineTotal)$/;
/** Said with the sums, or of no meaning to a reader. */
const passedOver = new Set(["currency", "image", "toldAt", "recordedAt"]);
/** Ids of ours and of Shopify's lead a reader nowhere; they are in the file for programs. */
const inside = /^(?:[0-9a-f]{8}-[0-9a-f-]{27}|gid:\/\/\S+)$/;

/** What a reader gets to see of a record: names and values, without empty ones and ids. */
export function cellsOf(record: Record<string, unknown>, currency: string | null = null): Cell[] {
  const own = typeof record.currency === "string" ? record.currency : currency;
  return Object.entries(record).flatMap(([name, value]) => {
    const html = passedOver.has(name) ? "" : valueHtml(name, value, own);
    return html === "" ? [] : [{ name: columnWords(name), html }];
  });
}

function valueHtml(name: string, value: unknown, currency: string | null): string {
  if (value === null || value === undefined || value === "") return "";
  if (typeof value === "number" && currency && sums.test(name)) return escapeHtml(formatMoney(value, currency));
  if (typeof value === "string") return inside.test(value) ? "" : instant.test(value) ? time(value) : escapeHtml(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return listHtml(name, value, currency);
  if (typeof value !== "object") return escapeHtml(String(value));
  const cells = cellsOf(value as Record<string, unknown>, currency);
  return cells.map((cell) => `${escapeHtml(cell.name)}: ${cell.html}`).join("; ");
}

function listHtml(name: string, values: unknown[], currency: string | null): string {
  const items = values.map((one) => valueHtml(name, one, currency)).filter((html) => html !== "");
  if (values.every((one) => typeof one !== "object")) return items.join(", ");
  return items.length > 0 ? `<ul>${items.map((html) => `<li>${html}</li>`).join("")}</ul>` : "";
}
