import { CartError } from "../../commerce/cart-error";
import type { Properties } from "../../commerce/carts";

/** A body of the AJAX API, from JSON or from a form; every value may be missing or of the wrong kind. */
export type Fields = Record<string, unknown>;

export function asFields(body: unknown): Fields {
  return body && typeof body === "object" && !Array.isArray(body) ? (body as Fields) : {};
}

function malformed(what: string): CartError {
  return new CartError(`Required parameter missing or invalid: ${what}`, { status: 400, message: "Bad Request" });
}

/** A whole number from JSON or a form; undefined when it was not given. */
export function wholeNumber(value: unknown, what: string): number | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  const number = Number(value);
  if (!Number.isInteger(number)) throw malformed(what);
  return number;
}

/** `properties`: an object of texts; empty values are left out. */
export function asProperties(value: unknown): Properties | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "object") throw malformed("properties");
  const properties: Properties = {};
  for (const [name, each] of Object.entries(value as Fields)) {
    if (each !== null && each !== undefined && String(each) !== "") properties[name] = String(each);
  }
  return properties;
}

/** `{ items: [{ id, quantity, properties }] }`, or one item's fields on their own. */
export function asItems(body: Fields): { id: number; quantity?: number; properties?: Properties }[] {
  const listed = body.items;
  const given = listed === undefined ? [body] : Object.values(Array.isArray(listed) ? listed : asFields(listed));
  return given.map((item) => {
    const fields = asFields(item);
    const id = wholeNumber(fields.id, "id");
    if (id === undefined) throw malformed("id");
    const quantity = wholeNumber(fields.quantity, "quantity");
    const properties = asProperties(fields.properties);
    return { id, ...(quantity === undefined ? {} : { quantity }), ...(properties ? { properties } : {}) };
  });
}

/** `updates`: quantities by key or variant id, or a list in the order of the lines. */
export function asUpdates(value: unknown): Record<string, number> | number[] | undefined {
  if (value === undefined || value === null) return undefined;
  const number = (each: unknown) => {
    const found = wholeNumber(each, "updates");
    if (found === undefined) throw malformed("updates");
    return found;
  };
  if (Array.isArray(value)) return value.map(number);
  return Object.fromEntries(Object.entries(asFields(value)).map(([key, each]) => [key, number(each)]));
}

export function asAttributes(value: unknown): Record<string, string | null> | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "object") throw malformed("attributes");
  return Object.fromEntries(
    Object.entries(value as Fields).map(([name, each]) => [
      name,
      each === null || each === undefined ? null : String(each),
    ]),
  );
}

/** `sections`: names in a list or separated by commas; more than five are refused. */
export function asSections(value: unknown): string[] {
  if (value === undefined || value === null || value === "") return [];
  const names = (Array.isArray(value) ? value.map(String) : String(value).split(",")).map((name) => name.trim());
  if (names.length > 5) {
    throw new CartError("The maximum number of sections that can be requested is 5", {
      status: 400,
      message: "Bad Request",
    });
  }
  return names.filter(Boolean);
}
