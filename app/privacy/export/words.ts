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
  id: "Number in this app",
  at: "When",
  shopifyCustomerId: "Customer in Shopify",
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

export function valueHtml(value: unknown): string {
  if (typeof value === "string") return instant.test(value) ? time(value) : escapeHtml(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) return escapeHtml(value.join(", "));
  if (typeof value === "object") return `<pre>${escapeHtml(JSON.stringify(value, null, 2))}</pre>`;
  return escapeHtml(String(value));
}
