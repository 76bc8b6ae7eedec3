import { useCallback, useEffect, useReducer, useRef, useState } from "react";
import type { InboxRow, InboxView } from "~/inbox/inbox-row";
import type { InboxPage } from "~/inbox/list";
import type { EventView } from "~/realtime/frames";
import { ask } from "../ask";
import { useEvents, useQuietRevalidate } from "../use-realtime";
import { afterListEvent, afterListMore, afterListRead, type Reader } from "./list-state";

interface Held {
  view: InboxView;
  rows: InboxRow[];
  /** Where the pages loaded so far end. */
  nextCursor: string | null;
}

type Step =
  | { type: "read"; view: InboxView; page: InboxPage }
  | { type: "more"; view: InboxView; page: InboxPage }
  | { type: "events"; events: EventView[]; reader: Reader }
  | { type: "opened"; id: string };

function step(held: Held, taken: Step): Held {
  switch (taken.type) {
    case "read": {
      const { page, view } = taken;
      if (held.view !== view) return { view, rows: page.rows, nextCursor: page.nextCursor };
      const rows = afterListRead(held.rows, page.rows, page.nextCursor !== null);
      return { view, rows, nextCursor: rows.length > page.rows.length ? held.nextCursor : page.nextCursor };
    }
    case "more":
      if (held.view !== taken.view) return held;
      return { ...held, rows: afterListMore(held.rows, taken.page.rows), nextCursor: taken.page.nextCursor };
    case "events":
      if (held.view !== taken.reader.view) return held;
      return {
        ...held,
        rows: taken.events.reduce((rows, event) => afterListEvent(rows, event, taken.reader), held.rows),
      };
    case "opened":
      return { ...held, rows: held.rows.map((row) => (row.id === taken.id ? { ...row, unread: false } : row)) };
  }
}

export interface LiveList {
  rows: InboxRow[];
  hasMore: boolean;
  more: { state: "idle" | "loading" | "failed"; load(): void };
}

/** The list on the screen: the loader's page, further pages, and what is pushed. */
export function useLiveList(page: InboxPage, reader: Reader, cursor: string): LiveList {
  const { view, openId } = reader;
  const [held, dispatch] = useReducer(step, { view, rows: page.rows, nextCursor: page.nextCursor });
  const [state, setState] = useState<"idle" | "loading" | "failed">("idle");
  const revalidate = useQuietRevalidate();
  const first = useRef(true);

  useEffect(() => {
    if (first.current) first.current = false;
    else dispatch({ type: "read", view, page });
  }, [view, page]);
  // What is open is being read, whatever the last reading of the list said.
  // biome-ignore lint/correctness/useExhaustiveDependencies: said again after every reading.
  useEffect(() => {
    if (openId) dispatch({ type: "opened", id: openId });
  }, [openId, page]);
  useEvents((events) => {
    const mine = events.filter((event) => event.conversationId !== null || event.kind.startsWith("cart."));
    if (mine.length === 0) return;
    dispatch({ type: "events", events: mine, reader });
    revalidate();
  }, cursor);

  const { nextCursor } = held;
  const load = useCallback(() => {
    if (!nextCursor) return;
    setState("loading");
    ask<InboxPage>(`/inbox/more?view=${view}&cursor=${encodeURIComponent(nextCursor)}`).then(
      (answer) => {
        dispatch({ type: "more", view, page: answer });
        setState("idle");
      },
      () => setState("failed"),
    );
  }, [nextCursor, view]);

  const current = held.view === view ? held : { rows: page.rows, nextCursor: page.nextCursor };
  return { rows: current.rows, hasMore: current.nextCursor !== null, more: { state, load } };
}
