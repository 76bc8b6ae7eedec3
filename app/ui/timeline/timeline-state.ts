import type { EntryGroup } from "~/timeline/catalogue";
import { type DayOf, join, type Line } from "~/timeline/fold";
import type { TimelinePage } from "~/timeline/read";

/** What the reader wants to see of the story. */
export interface Wanted {
  groups: EntryGroup[];
  search: string;
  /** "2026-11-20": only up to the end of this day; empty for up to now. */
  day: string;
}

export const everything: Wanted = { groups: [], search: "", day: "" };

/** What is on the screen of a story. */
export interface TimelineState {
  lines: Line[];
  /** Where to read on; null at the beginning of the story. */
  cursor: string | null;
  pages: number;
  phase: "first" | "there" | "more" | "failed" | "more-failed";
  problem: string;
  /** Something happened that is not on the screen, because the reader looks at something further down. */
  hasNews: boolean;
}

export const nothingYet: TimelineState = {
  lines: [],
  cursor: null,
  pages: 0,
  phase: "first",
  problem: "",
  hasNews: false,
};

export type Step =
  | { type: "asked" }
  | { type: "first"; page: TimelinePage }
  | { type: "asked-more" }
  | { type: "more"; page: TimelinePage; after: string }
  | { type: "fresh"; page: TimelinePage; until: string | null }
  | { type: "news" }
  | { type: "failed"; problem: string };

/** The screen after a step; answers that come late, for what is no longer there, change nothing. */
export function afterStep(state: TimelineState, step: Step, dayOf: DayOf): TimelineState {
  switch (step.type) {
    case "asked":
      return nothingYet;
    case "first":
      return { ...nothingYet, ...step.page, pages: 1, phase: "there" };
    case "asked-more":
      return { ...state, phase: "more", problem: "" };
    case "more":
      if (state.cursor !== step.after) return state;
      return {
        ...state,
        lines: join(state.lines, step.page.lines, dayOf),
        cursor: step.page.cursor,
        pages: state.pages + 1,
        phase: "there",
      };
    case "fresh":
      // Meanwhile more was read: what is further down is not in this answer.
      if (state.cursor !== step.until || state.phase === "first") return state;
      return { ...state, lines: step.page.lines, cursor: step.page.cursor, hasNews: false };
    case "news":
      return { ...state, hasNews: true };
    case "failed":
      return { ...state, phase: state.pages > 0 ? "more-failed" : "failed", problem: step.problem };
  }
}

/** Pages that are read again at once to bring them up to date; of more, a button says that there is something new. */
export const freshPages = 3;
