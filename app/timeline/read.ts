import type { Context } from "~/context";
import type { EntryGroup } from "./catalogue";
import type { EntryView } from "./entry-view";
import { type DayOf, fold, join, type Line } from "./fold";
import { fromCursor, newestFirst, type Place, toCursor } from "./place";
import { placeOfView, readEntries } from "./read-entries";

/** What a page asks of a person's story. */
export interface TimelineRequest {
  customerId: string;
  /** From the cursor towards older entries (the default), or towards newer ones. */
  towards?: "older" | "newer";
  /** As the last page gave it. */
  cursor?: string | null;
  /** To begin at this instant instead: what happened until then, or, towards newer ones, from then on. */
  at?: Date | null;
  /** Read everything up to here (a cursor that a page gave, towards older entries), to bring what is on a screen up to date. */
  until?: string | null;
  /** Only these; null or none for all. */
  groups?: readonly EntryGroup[] | null;
  /** What must be in a message, a note, a title or an order's name: every word of it. */
  search?: string | null;
  /** The shop's time zone (IANA), in which a day begins. */
  timeZone: string;
}

/** Lines of the story, newest first, and the cursor to read on with in the same direction; null at its end. */
export interface TimelinePage {
  lines: Line[];
  cursor: string | null;
}

/** Lines that make a page. */
const enough = 30;
/** Entries of the first look, which holds a page of most stories, and of each further one. */
const looks = { first: 50, next: 250 } as const;
/** Looks of one page: a story that is all page views folds 50 + 7 × 250 of them into few lines and stops there. */
const mostLooks = 8;
const mostWords = 8;

const lastId = "ffffffff-ffff-ffff-ffff-ffffffffffff";
const firstId = "00000000-0000-0000-0000-000000000000";

/**
 * One page of the story of a person, over everything that is known to be them: what is quiet folded, and the lines of two
 * pages put together with `join` the same as those of both at once. What is told meanwhile moves nothing. Work is bounded:
 * a page may be short, even empty, and still have a cursor. Throws NotFound for a customer of no or another shop.
 */
export async function readTimeline(ctx: Pick<Context, "shop" | "db">, request: TimelineRequest): Promise<TimelinePage> {
  const towards = request.towards ?? "older";
  const dayOf = dayIn(request.timeZone);
  const groups = request.groups?.length ? request.groups : null;
  const words = wordsOf(request.search ?? "");
  let lines: Line[] = [];
  let from = startOf(request);
  const until = request.until ? fromCursor(request.until) : null;
  for (let look = 0; look < mostLooks; look += 1) {
    const limit = look === 0 ? looks.first : looks.next;
    const { entries, more } = await readEntries(ctx, {
      customerId: request.customerId,
      towards,
      from,
      groups,
      words,
      limit,
    });
    const isThere = until !== null && (!more || newestFirst(more, until) >= 0);
    const folded = fold(
      isThere ? entries.filter((entry) => newestFirst(placeOfView(entry), until) <= 0) : entries,
      dayOf,
    );
    lines = towards === "older" ? join(lines, folded, dayOf) : join(folded, lines, dayOf);
    from = isThere ? until : more;
    if (!from || isThere || (!until && lines.length >= enough)) break;
  }
  return { lines, cursor: from && toCursor(from) };
}

/** Entries of an opened line, of which one look gives at most so many. */
export const openedAtOnce = 100;

/**
 * What a folded line holds, newest first: from the entry at `newest` to that at `oldest`, both included. `cursor` is where
 * to read on as the new `newest`, not included then; null when that was all.
 */
export async function readRun(
  ctx: Pick<Context, "shop" | "db">,
  request: Pick<TimelineRequest, "customerId" | "groups"> & { after: string | null; newest: string; oldest: string },
): Promise<{ entries: EntryView[]; cursor: string | null }> {
  const [newest, oldest] = [fromCursor(request.newest), fromCursor(request.oldest)];
  if (!newest || !oldest) return { entries: [], cursor: null };
  const from = (request.after && fromCursor(request.after)) || { at: newest.at + 1, id: firstId };
  const { entries, more } = await readEntries(ctx, {
    customerId: request.customerId,
    towards: "older",
    from,
    groups: request.groups?.length ? request.groups : null,
    words: [],
    limit: openedAtOnce,
  });
  const inside = entries.filter(({ at, id }) => {
    const time = Date.parse(at);
    const isAbove = time > newest.at || (time === newest.at && id > newest.id);
    return !isAbove && (time > oldest.at || (time === oldest.at && id >= oldest.id));
  });
  const isOver = !more || more.at < oldest.at || (more.at === oldest.at && more.id <= oldest.id);
  return { entries: inside, cursor: isOver ? null : toCursor(more) };
}

/** The words to look for, at most eight: more would find nothing and cost much. */
export function wordsOf(search: string): string[] {
  return search.normalize("NFC").trim().split(/\s+/).filter(Boolean).slice(0, mostWords);
}

function startOf({ cursor, at, towards = "older" }: TimelineRequest): Place | null {
  const place = cursor ? fromCursor(cursor) : null;
  if (place) return place;
  if (!at || Number.isNaN(at.getTime())) return null;
  return towards === "older" ? { at: at.getTime(), id: lastId } : { at: at.getTime(), id: firstId };
}

const quarter = 15 * 60_000;
/** Days by quarters of an hour, in which no offset to UTC changes the day, by time zone. */
const known = new Map<string, { format: Intl.DateTimeFormat; days: Map<number, string> }>();
const mostKnown = 20_000;

/** The day of an instant in a time zone. Throws a RangeError for a zone that does not exist. */
export function dayIn(timeZone: string): DayOf {
  const zone = known.get(timeZone) ?? {
    format: new Intl.DateTimeFormat("en-CA", { dateStyle: "short", timeZone }),
    days: new Map<number, string>(),
  };
  known.set(timeZone, zone);
  return (at) => {
    const time = Date.parse(at);
    const part = Math.floor(time / quarter);
    const day = zone.days.get(part) ?? zone.format.format(time);
    // A formatter costs more than all else of an entry.
    if (zone.days.size > mostKnown) zone.days.clear();
    zone.days.set(part, day);
    return day;
  };
}
