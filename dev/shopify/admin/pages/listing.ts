import type { Request } from "express";

/** What the address of a list asks for. */
export interface Listing {
  query: string;
  view: string;
  page: number;
}

export const PAGE_SIZE = 50;

/** Reads `?q=&view=&page=`; anything unreadable is the default. */
export function listingOf(request: Request, views: { value: string }[]): Listing {
  const asked = String(request.query.view ?? "");
  return {
    query: String(request.query.q ?? "").trim(),
    view: views.some((each) => each.value === asked) ? asked : (views[0]?.value ?? ""),
    page: Math.max(1, Math.floor(Number(request.query.page ?? 1)) || 1),
  };
}

/** The rows of one page of a list. */
export function pageOf<Row>(rows: readonly Row[], page: number): readonly Row[] {
  return rows.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
}

/** Whether every word of the query is somewhere in the texts. */
export function matches(query: string, texts: (string | null | undefined)[]): boolean {
  const whole = texts.filter(Boolean).join(" ").toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => whole.includes(word));
}
