import { notImplemented } from "../engine/errors";
import { type Condition, parseSearch } from "./parse";

type Text = string | null | undefined;

/** How a search field finds its value in a record. Several values match when any does. */
export type SearchField<Record> =
  | { type: "text"; of: (record: Record) => Text | readonly Text[] }
  | { type: "exact"; of: (record: Record) => Text | readonly Text[] }
  | { type: "number"; of: (record: Record) => number | null }
  | { type: "time"; of: (record: Record) => string | null }
  | { type: "boolean"; of: (record: Record) => boolean };

export interface Searchable<Record> {
  /** `QueryRoot.orders`, for the message about a filter that is missing. */
  name: string;
  /** What a term without a field looks in. */
  anywhere: (record: Record) => readonly Text[];
  fields: { [name: string]: SearchField<Record> };
}

/** The records that the search finds; a filter that is not implemented fails with its name. */
export function search<Record>(
  searchable: Searchable<Record>,
  records: readonly Record[],
  query: unknown,
  now: Date,
): readonly Record[] {
  const condition = typeof query === "string" ? parseSearch(query) : null;
  if (!condition) return records;
  for (const field of fieldsOf(condition)) {
    if (!searchable.fields[field]) throw notImplemented(`${searchable.name}(query: "${field}:…")`);
  }
  return records.filter((record) => matches(searchable, record, condition, now));
}

function fieldsOf(condition: Condition): string[] {
  switch (condition.kind) {
    case "and":
      return condition.all.flatMap(fieldsOf);
    case "or":
      return condition.any.flatMap(fieldsOf);
    case "not":
      return fieldsOf(condition.inner);
    case "term":
      return condition.field === null ? [] : [condition.field];
  }
}

function matches<Record>(on: Searchable<Record>, record: Record, condition: Condition, now: Date): boolean {
  switch (condition.kind) {
    case "and":
      return condition.all.every((each) => matches(on, record, each, now));
    case "or":
      return condition.any.some((each) => matches(on, record, each, now));
    case "not":
      return !matches(on, record, condition.inner, now);
    case "term":
      return matchesTerm(on, record, condition, now);
  }
}

function matchesTerm<Record>(
  on: Searchable<Record>,
  record: Record,
  term: Condition & { kind: "term" },
  now: Date,
): boolean {
  if (term.field === null) {
    const values = on.anywhere(record);
    return values.some((value) => hasWords(value, term.value));
  }
  const field = on.fields[term.field];
  if (!field) return false;
  switch (field.type) {
    case "text":
      return listOf(field.of(record)).some((value) => hasWords(value, term.value));
    case "exact":
      return term.value.split(",").some((wanted) => listOf(field.of(record)).some((value) => isSame(value, wanted)));
    case "boolean":
      return field.of(record) === (term.value.toLowerCase() === "true");
    case "number": {
      const value = field.of(record);
      const wanted = Number(term.value);
      return value !== null && !Number.isNaN(wanted) && compare(value, term.comparator, wanted);
    }
    case "time": {
      const value = field.of(record);
      return value !== null && compareTime(new Date(value), term.comparator, term.value, now);
    }
  }
}

function listOf(value: Text | readonly Text[]): readonly Text[] {
  return typeof value === "object" && value !== null ? value : [value];
}

/** All words of the search, next to each other; a `*` at the end makes the last one a beginning. */
function hasWords(value: Text, wanted: string): boolean {
  if (wanted === "*") return Boolean(value);
  if (!value) return false;
  const prefix = wanted.endsWith("*");
  const sought = words(prefix ? wanted.slice(0, -1) : wanted);
  const present = words(value);
  if (sought.length === 0) return false;
  return present.some((_word, start) =>
    sought.every((word, offset) => {
      const candidate = present[start + offset];
      if (candidate === undefined) return false;
      return prefix && offset === sought.length - 1 ? candidate.startsWith(word) : candidate === word;
    }),
  );
}

function words(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function isSame(value: Text, wanted: string): boolean {
  if (wanted === "*") return Boolean(value);
  const [left, right] = [(value ?? "").toLowerCase(), wanted.trim().toLowerCase()];
  return right.endsWith("*") ? left.startsWith(right.slice(0, -1)) : left === right;
}

function compare(value: number, comparator: string, wanted: number): boolean {
  switch (comparator) {
    case ">":
      return value > wanted;
    case "<":
      return value < wanted;
    case ">=":
      return value >= wanted;
    case "<=":
      return value <= wanted;
    default:
      return value === wanted;
  }
}

/** `2026`, `2026-11`, `2026-11-21` and a full time each name a span; `:` means within it. */
function compareTime(value: Date, comparator: string, wanted: string, now: Date): boolean {
  const start = wanted === "now" ? now : new Date(wanted);
  if (Number.isNaN(start.getTime())) return false;
  const end = new Date(start);
  if (/^\d{4}$/.test(wanted)) end.setUTCFullYear(end.getUTCFullYear() + 1);
  else if (/^\d{4}-\d{2}$/.test(wanted)) end.setUTCMonth(end.getUTCMonth() + 1);
  else if (/^\d{4}-\d{2}-\d{2}$/.test(wanted)) end.setUTCDate(end.getUTCDate() + 1);
  else end.setTime(end.getTime() + 1000);
  switch (comparator) {
    case ">":
      return value >= end || (wanted === "now" && value > now);
    case "<":
      return value < start;
    case ">=":
      return value >= start;
    case "<=":
      return value < end;
    default:
      return value >= start && value < end;
  }
}
