import type { EntryView } from "./entry-view";

/** Kinds that say little one by one. */
const quietKinds: ReadonlySet<string> = new Set(["page.viewed", "product.viewed", "cart.changed"]);

/** More than this is not carried along: whoever opens the line reads it then. */
export const carriedAlong = 40;

/** Quiet entries one after another on one day, newest first. */
export interface Run {
  type: "run";
  views: number;
  cartChanges: number;
  newest: EntryView;
  oldest: EntryView;
  /** All of them; null when there are more than are carried along. */
  entries: EntryView[] | null;
}

/** One line of a story. */
export type Line = { type: "entry"; entry: EntryView } | Run;

/** The day that an entry stands under; equal texts are the same day. */
export type DayOf = (at: string) => string;

/**
 * Folds what is quiet into lines that open. A run ends where something else happened, and with the day, so that every
 * line stands under one day. A single quiet entry is a run too: what `join` puts together is then the same wherever the
 * pages were cut.
 * @param entries newest first
 */
export function fold(entries: readonly EntryView[], dayOf: DayOf): Line[] {
  const lines: Line[] = [];
  let run: EntryView[] = [];
  const end = () => {
    if (run.length > 0) lines.push(runOf(run));
    run = [];
  };
  for (const entry of entries) {
    const before = run.at(-1);
    if (before && !(quietKinds.has(entry.kind) && isSameDay(before, entry, dayOf))) end();
    if (quietKinds.has(entry.kind)) run.push(entry);
    else lines.push({ type: "entry", entry });
  }
  end();
  return lines;
}

/** Puts an older page under a newer one: the run that the border cut is one again. `fold` of both pages at once, always. */
export function join(newer: readonly Line[], older: readonly Line[], dayOf: DayOf): Line[] {
  const [last, first] = [newer.at(-1), older[0]];
  if (last?.type !== "run" || first?.type !== "run" || !isSameDay(last.oldest, first.newest, dayOf)) {
    return [...newer, ...older];
  }
  const count = sizeOf(last) + sizeOf(first);
  const one: Run = {
    type: "run",
    views: last.views + first.views,
    cartChanges: last.cartChanges + first.cartChanges,
    newest: last.newest,
    oldest: first.oldest,
    entries: last.entries && first.entries && count <= carriedAlong ? [...last.entries, ...first.entries] : null,
  };
  return [...newer.slice(0, -1), one, ...older.slice(1)];
}

/** How many entries are in a run. */
export function sizeOf(run: Run): number {
  return run.views + run.cartChanges;
}

function runOf(entries: EntryView[]): Run {
  const cartChanges = entries.filter((entry) => entry.kind === "cart.changed").length;
  return {
    type: "run",
    views: entries.length - cartChanges,
    cartChanges,
    newest: entries[0] as EntryView,
    oldest: entries.at(-1) as EntryView,
    entries: entries.length <= carriedAlong ? entries : null,
  };
}

function isSameDay(one: EntryView, other: EntryView, dayOf: DayOf): boolean {
  return quarterOf(one.at) === quarterOf(other.at) || dayOf(one.at) === dayOf(other.at);
}

/**
 * Saves asking for the day of most: no day begins within a quarter of an hour, but within an hour of UTC many do (time
 * zones are whole quarters apart from it: Kolkata 5:30, Kathmandu 5:45).
 */
function quarterOf(at: string): string {
  return `${at.slice(0, 14)}${Math.floor(Number(at.slice(14, 16)) / 15)}`;
}
