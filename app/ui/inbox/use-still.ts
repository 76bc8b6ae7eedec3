import { useCallback, useEffect, useRef, useState } from "react";

/** A pointer that is held down longer than this, in milliseconds, is no click any more. */
const longestPress = 3_000;

/**
 * Keeps `value` as it was while a pointer is pressed on what shows it. A browser makes a click only of a press and a
 * release on the same element: a row that moves away in between, because a conversation arrives above it, would take
 * the click with it, or give it to its neighbour.
 */
export function useStill<Value>(value: Value): { shown: Value; onPointerDown(): void } {
  const [kept, setKept] = useState<{ value: Value } | null>(null);
  const latest = useRef(value);
  latest.current = value;
  useEffect(() => {
    if (!kept) return;
    const events = ["pointerup", "pointercancel"] as const;
    // The click comes after the release, before anything that waits.
    const release = () => setTimeout(() => setKept(null), 0);
    for (const event of events) addEventListener(event, release);
    const timer = setTimeout(() => setKept(null), longestPress);
    return () => {
      for (const event of events) removeEventListener(event, release);
      clearTimeout(timer);
    };
  }, [kept]);
  const onPointerDown = useCallback(() => setKept({ value: latest.current }), []);
  return { shown: kept ? kept.value : value, onPointerDown };
}
