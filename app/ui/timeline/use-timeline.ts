import { useCallback, useEffect, useMemo, useReducer, useRef } from "react";
import type { TimelinePage } from "~/timeline/read";
import { useAdmin } from "../admin-context";
import { AskFailed, ask } from "../ask";
import { dayOf as dayIn } from "../time";
import { useEvents } from "../use-realtime";
import { fromWall } from "../zoned";
import { afterStep, freshPages, nothingYet, type Step, type TimelineState, type Wanted } from "./timeline-state";

/** Whose story: facts about any of these rows and browsers bring it up to date. */
export interface Whose {
  customerId: string;
  customerIds: readonly string[];
  visitorIds: readonly string[];
}

export interface LiveTimeline {
  state: TimelineState;
  more(): void;
  /** From the top, as at first. */
  again(): void;
}

/** Soon after the first fact, and no more often than this, the screen is brought up to date. */
const freshEvery = 1_500;

/** The story as far as it is on the screen: read by itself, read on when asked, and kept up to date. */
export function useTimeline(whose: Whose, wanted: Wanted): LiveTimeline {
  const { shop } = useAdmin();
  const dayOf = useCallback((at: string) => dayIn(at, shop.timeZone), [shop.timeZone]);
  const [state, dispatch] = useReducer(
    (before: TimelineState, step: Step) => afterStep(before, step, dayOf),
    nothingYet,
  );
  const path = useMemo(
    () => pathOf(whose.customerId, wanted, shop.timeZone),
    [whose.customerId, wanted, shop.timeZone],
  );
  // Answers to what was asked before the reader wanted something else are dropped.
  const asking = useRef(path);

  const read = useCallback(
    async (query: string, then: (page: TimelinePage) => Step, quiet = false) => {
      asking.current = path;
      try {
        const page = await ask<TimelinePage>(path + query);
        if (asking.current === path) dispatch(then(page));
      } catch (error) {
        const problem = error instanceof AskFailed ? error.message : "The timeline could not be read.";
        if (asking.current === path && !quiet) dispatch({ type: "failed", problem });
      }
    },
    [path],
  );

  const again = useCallback(() => {
    dispatch({ type: "asked" });
    void read("", (page) => ({ type: "first", page }));
  }, [read]);
  useEffect(again, [again]);

  const { cursor } = state;
  const more = useCallback(() => {
    if (!cursor) return;
    dispatch({ type: "asked-more" });
    void read(`&cursor=${cursor}`, (page) => ({ type: "more", page, after: cursor }));
  }, [cursor, read]);

  const freshen = useCallback(() => {
    if (state.phase !== "there") return;
    if (wanted.day || state.pages > freshPages) dispatch({ type: "news" });
    else void read(cursor ? `&until=${cursor}` : "", (page) => ({ type: "fresh", page, until: cursor }), true);
  }, [state.phase, state.pages, wanted.day, cursor, read]);
  const soon = useSoon(freshen);
  useEvents((events) => {
    const mine = events.some(
      ({ kind, customerId, visitorId }) =>
        // Whose orders they were is not said.
        kind === "shopify.read" ||
        (customerId !== null && whose.customerIds.includes(customerId)) ||
        (visitorId !== null && whose.visitorIds.includes(visitorId)),
    );
    if (mine) soon();
  });

  return { state, more, again };
}

/** Where a page of the story is asked for, without where to begin. */
export function pathOf(customerId: string, wanted: Wanted, timeZone: string): string {
  const query = new URLSearchParams({ zone: timeZone });
  if (wanted.groups.length > 0) query.set("groups", wanted.groups.join(","));
  if (wanted.search) query.set("search", wanted.search);
  const end = wanted.day ? fromWall(`${wanted.day}T23:59`, timeZone) : null;
  if (end) query.set("at", new Date(end.getTime() + 59_999).toISOString());
  return `/customers/${customerId}/timeline?${query}`;
}

/** Calls `work`, as it is then, a moment after the first call, and at most once in `freshEvery` milliseconds. */
function useSoon(work: () => void): () => void {
  const latest = useRef(work);
  latest.current = work;
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const last = useRef(0);
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current);
    },
    [],
  );
  return useCallback(() => {
    if (timer.current) return;
    timer.current = setTimeout(
      () => {
        timer.current = null;
        last.current = Date.now();
        latest.current();
      },
      Math.max(150, last.current + freshEvery - Date.now()),
    );
  }, []);
}
