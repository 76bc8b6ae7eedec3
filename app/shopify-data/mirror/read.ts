import { cartAttribute } from "~/carts/cart";
import { isId } from "~/platform/ids";
import { toMinor } from "~/platform/money";

/** A record of Shopify's that is not what it should be. The message names what is wrong and never what it says. */
export class Malformed extends Error {
  override name = "Malformed";
}

/** The record's id, when it is a gid of that type. */
export function gidOf(id: unknown, type: string): string {
  if (typeof id === "string" && id.startsWith(`gid://shopify/${type}/`)) return id;
  throw new Malformed(`no id of ${/^[AEIOU]/.test(type) ? "an" : "a"} ${type}`);
}

/** A time of Shopify's, to the millisecond. */
export function timeOf(value: unknown, field: string): Date {
  const time = typeof value === "string" ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) throw new Malformed(`${field} is no time`);
  return new Date(time);
}

export function timeOrNull(value: unknown, field: string): Date | null {
  return value === null || value === undefined ? null : timeOf(value, field);
}

/** ISO 4217 as Shopify says it. */
export function currencyOf(value: unknown): string {
  if (typeof value === "string" && /^[A-Z]{3}$/.test(value)) return value;
  throw new Malformed("no currency");
}

/** An amount of Shopify's in minor units. */
export function minorOf(amount: unknown, currency: string, field: string): number {
  try {
    return toMinor(String(amount), currency);
  } catch {
    throw new Malformed(`${field} is no amount`);
  }
}

export function wholeOf(value: unknown, field: string): number {
  const number = typeof value === "string" ? Number(value) : value;
  if (typeof number === "number" && Number.isSafeInteger(number)) return number;
  throw new Malformed(`${field} is no whole number`);
}

/** Shopify's enum words in lower case: PARTIALLY_PAID is partially_paid. */
export function wordOf(value: unknown, field: string): string {
  if (typeof value === "string" && value !== "") return value.toLowerCase();
  throw new Malformed(`${field} is missing`);
}

export function wordOrNull(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value.toLowerCase() : null;
}

export function textOf(value: unknown, field: string): string {
  if (typeof value === "string") return clean(value);
  throw new Malformed(`${field} is missing`);
}

/** Null also for an empty text: nothing is told by it. */
export function textOrNull(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? clean(value) : null;
}

export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string").map(clean) : [];
}

/** PostgreSQL's texts and JSON take no NUL and no half of a surrogate pair. */
function clean(text: string): string {
  return text.isWellFormed() && !text.includes("\0") ? text : text.toWellFormed().replaceAll("\0", "");
}

/** Our own id of the cart, from the attributes that came with it into an order, a draft or a checkout. */
export function cartIdOf(attributes: unknown): string | null {
  if (!Array.isArray(attributes)) return null;
  for (const one of attributes as { key?: unknown; value?: unknown }[]) {
    if (one?.key === cartAttribute && isId(one.value)) return one.value.toLowerCase();
  }
  return null;
}

/** The nodes of a connection, as an answer of the API has them and as the lines of a file were put together. */
export function nodesOf<Node>(connection: { edges: { node: Node }[] } | null | undefined): Node[] {
  return connection?.edges.map((edge) => edge.node) ?? [];
}
