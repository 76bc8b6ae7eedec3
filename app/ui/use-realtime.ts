import { useRevalidator } from "@remix-run/react";
import { useCallback, useContext, useEffect, useRef } from "react";
import type { EventView } from "~/realtime/frames";
import { type Realtime, RealtimeContext, type TypingSignal, type ViewingSignal } from "./realtime/provider";

/** The page's line to the server. Must be used under the admin layout, which holds the one socket. */
export function useRealtime(): Realtime {
  const realtime = useContext(RealtimeContext);
  if (!realtime) throw new Error("useRealtime is used outside the admin layout");
  return realtime;
}

/**
 * Calls `hearer` with every batch of pushed facts, in order. Give `from`, the cursor that the loader took before it read
 * its state (`toCursor(await currentPlace(ctx.db.sql))`), so that nothing between the read and the first push is missed.
 */
export function useEvents(hearer: (events: EventView[]) => void, from?: string): void {
  const { hear } = useStableRealtime();
  const latest = useRef(hearer);
  latest.current = hearer;
  useEffect(() => hear("events", (events) => latest.current(events), from), [hear, from]);
}

/** Calls `hearer` when a shopper or another member of staff types. */
export function useTypingSignals(hearer: (signal: TypingSignal) => void): void {
  const { hear } = useStableRealtime();
  const latest = useRef(hearer);
  latest.current = hearer;
  useEffect(() => hear("typing", (signal) => latest.current(signal)), [hear]);
}

/** Calls `hearer` when a member of staff looks at a conversation (or at none). */
export function useViewingSignals(hearer: (signal: ViewingSignal) => void): void {
  const { hear } = useStableRealtime();
  const latest = useRef(hearer);
  latest.current = hearer;
  useEffect(() => hear("viewing", (signal) => latest.current(signal)), [hear]);
}

/**
 * Reads the page's loaders again without a spinner: soon after the first call, and at most once in `every`
 * milliseconds however often it is called.
 */
export function useQuietRevalidate(every = 1_000): () => void {
  const revalidator = useRevalidator();
  const revalidate = useRef(revalidator.revalidate);
  revalidate.current = revalidator.revalidate;
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
    const wait = Math.max(60, last.current + every - Date.now());
    timer.current = setTimeout(() => {
      timer.current = null;
      last.current = Date.now();
      revalidate.current();
    }, wait);
  }, [every]);
}

/** The same functions over the life of the layout, so that a change of `state` does not subscribe anew. */
function useStableRealtime(): Pick<Realtime, "hear"> {
  const realtime = useRealtime();
  const kept = useRef(realtime.hear);
  return { hear: kept.current };
}
