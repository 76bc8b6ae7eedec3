import { useCallback, useEffect, useMemo, useReducer, useRef } from "react";
import type { ThreadPage } from "~/conversations/thread";
import type { EventView } from "~/realtime/frames";
import { ask } from "../ask";
import { useEvents, useQuietRevalidate } from "../use-realtime";
import { afterEarlier, afterEvent, afterRead, type ThreadState } from "./thread-state";

type Step =
  | { type: "read"; conversationId: string; read: ThreadState }
  | { type: "earlier"; conversationId: string; page: ThreadPage }
  | { type: "events"; conversationId: string; events: EventView[] };

interface Held {
  conversationId: string;
  thread: ThreadState;
}

function step(held: Held, taken: Step): Held {
  if (taken.type === "read") {
    const same = held.conversationId === taken.conversationId;
    return {
      conversationId: taken.conversationId,
      thread: same ? afterRead(held.thread, taken.read) : taken.read,
    };
  }
  if (held.conversationId !== taken.conversationId) return held;
  if (taken.type === "earlier") return { ...held, thread: afterEarlier(held.thread, taken.page) };
  const thread = taken.events.reduce((state, event) => afterEvent(state, event), held.thread);
  return { ...held, thread };
}

export interface LiveThread {
  thread: ThreadState;
  /** Reads the page before the first entry; does nothing while one is under way. Rejects when it cannot be read. */
  loadEarlier(): Promise<void>;
  /** Puts in what a send answered. */
  add(events: EventView[]): void;
}

/**
 * The conversation on the screen: what the loader read, patched with what is pushed, joined with earlier pages.
 * @param read must be the same object until the loader runs again @param cursor the loader's place in the event log
 */
export function useThread(conversationId: string, read: ThreadState, cursor: string): LiveThread {
  const [held, dispatch] = useReducer(step, { conversationId, thread: read });
  const revalidate = useQuietRevalidate();
  useEffect(() => dispatch({ type: "read", conversationId, read }), [conversationId, read]);

  useEvents((events) => {
    const mine = events.filter((event) => event.conversationId === conversationId);
    if (mine.length > 0) dispatch({ type: "events", conversationId, events: mine });
    // Messages and receipts are in at once; the rest (notes, facts, who has it, since when they wait) is read.
    if (mine.some((event) => !receipts.has(event.kind))) revalidate();
  }, cursor);

  const busy = useRef(false);
  const current = held.conversationId === conversationId ? held.thread : read;
  const first = current.entries[0]?.position;
  const loadEarlier = useCallback(async () => {
    if (busy.current || first === undefined) return;
    busy.current = true;
    try {
      const page = await ask<ThreadPage>(`/inbox/${conversationId}/entries?before=${first}`);
      dispatch({ type: "earlier", conversationId, page });
    } finally {
      busy.current = false;
    }
  }, [conversationId, first]);

  const add = useCallback(
    (events: EventView[]) => dispatch({ type: "events", conversationId, events }),
    [conversationId],
  );
  return useMemo(() => ({ thread: current, loadEarlier, add }), [current, loadEarlier, add]);
}

/** They change nothing that is not patched. */
const receipts = new Set<EventView["kind"]>([
  "conversation.seen",
  "conversation.delivered",
  "message.delivery",
  "message.changed",
]);
