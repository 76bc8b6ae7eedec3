import { limits } from "../limits";
import type { Field } from "./fields";
import { decodeWords } from "./words";

/** Headers by name with their values decoded, each in its order. */
export function tableOf(fields: readonly Field[]): ReadonlyMap<string, readonly string[]> {
  const table = new Map<string, string[]>();
  for (const { name, value } of fields) {
    const decoded = decodeWords(value.slice(0, limits.headerValue));
    const values = table.get(name);
    if (values) values.push(decoded);
    else table.set(name, [decoded]);
  }
  return table;
}

/** A Subject in one line: decoded, without control characters and what turns the reading direction; at most 1,000 units. */
export function readSubject(raw: string | null): string {
  return decodeWords((raw ?? "").slice(0, 16_000))
    .replace(/\p{Cc}+/gu, " ")
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, "")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 1_000)
    .toWellFormed();
}
