import { isId } from "~/platform/ids";

/** Where something stands in a story: by time, and by id among those of one millisecond. */
export interface Place {
  /** Milliseconds since 1970. */
  at: number;
  id: string;
}

/** The place as a page keeps it and hands it back. */
export function toCursor(place: Place): string {
  return `${place.at}.${place.id}`;
}

/** The place of a cursor; null for a text that is none. */
export function fromCursor(cursor: string): Place | null {
  const [, at = "", id = ""] = /^(-?\d{1,15})\.(.{36})$/.exec(cursor) ?? [];
  return at && isId(id) ? { at: Number(at), id: id.toLowerCase() } : null;
}

/** Negative when `one` is the newer of the two. */
export function newestFirst(one: Place, other: Place): number {
  if (one.at !== other.at) return other.at - one.at;
  return one.id === other.id ? 0 : one.id < other.id ? 1 : -1;
}
