/** What a provider sent, of which nothing is known but that it is JSON. */
export type Json = Readonly<Record<string, unknown>>;

/** The object there, or an empty one. */
export function object(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

/** The objects of the list there; what is no object is left out. */
export function list(value: unknown): Json[] {
  if (!Array.isArray(value)) return [];
  return value.filter((one): one is Json => typeof one === "object" && one !== null && !Array.isArray(one));
}

/**
 * The text there, or a number in digits; null for an empty one and for anything else. PostgreSQL takes neither NUL nor
 * half of a surrogate pair, and both can stand in JSON.
 */
export function text(value: unknown): string | null {
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  if (typeof value !== "string" || value === "") return null;
  return value.replaceAll("\0", "").toWellFormed() || null;
}

/** A finite number, also one that is written as a text. */
export function number(value: unknown): number | null {
  const read = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof read === "number" && Number.isFinite(read) ? read : null;
}

/** Later than this is in milliseconds, before it in seconds: 5138 as seconds, 1973 as milliseconds. */
const secondsBelow = 1e11;

/**
 * A moment as Meta's products write it: seconds (WhatsApp), milliseconds (Messenger, Instagram) or ISO 8601 with an
 * offset without a colon (lists). `otherwise` for what is none, and for one that no message can be of.
 */
export function time(value: unknown, otherwise: Date): Date {
  const amount = number(value);
  const milliseconds =
    amount !== null
      ? amount * (Math.abs(amount) < secondsBelow ? 1000 : 1)
      : typeof value === "string"
        ? Date.parse(value.replace(/([+-]\d\d)(\d\d)$/, "$1:$2"))
        : Number.NaN;
  const plausible = milliseconds > Date.UTC(2004, 0) && milliseconds < Date.UTC(2100, 0);
  return plausible ? new Date(milliseconds) : otherwise;
}
