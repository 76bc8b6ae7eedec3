import { useSearchParams } from "@remix-run/react";
import { useCallback, useEffect, useRef, useState } from "react";
import type { FoundRow, SearchPage } from "~/inbox/search";
import { ask } from "../ask";

/** Milliseconds without a key after which what was typed is searched for. */
const pause = 250;

interface Held {
  /** What these rows were found for. */
  words: string;
  rows: FoundRow[];
  nextCursor: string | null;
}

export interface Search {
  /** What stands in the field. */
  text: string;
  /** What is searched for, as the address says it; empty while the list is shown. */
  words: string;
  state: "loading" | "failed" | "ready";
  rows: FoundRow[];
  hasMore: boolean;
  more: { state: "idle" | "loading" | "failed"; load(): void };
  type(text: string): void;
  clear(): void;
  again(): void;
}

const read = (words: string, before: string | null) =>
  ask<SearchPage>(
    `/inbox/search?q=${encodeURIComponent(words)}${before ? `&before=${encodeURIComponent(before)}` : ""}`,
  );

/** The search of the Inbox. Its words stand in the address as `q`, so that they outlast a reload and a way back. */
export function useSearch(): Search {
  const [params, setParams] = useSearchParams();
  const words = params.get("q")?.trim() ?? "";
  const [text, setText] = useState(words);
  const [held, setHeld] = useState<Held | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const [tries, setTries] = useState(0);
  const [more, setMore] = useState<"idle" | "loading" | "failed">("idle");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const told = useRef(words);

  const tell = (next: string) => {
    told.current = next.trim();
    setParams(
      (now) => {
        if (told.current) now.set("q", told.current);
        else now.delete("q");
        return now;
      },
      { replace: true, preventScrollReset: true },
    );
  };
  useEffect(() => {
    if (words === told.current) return;
    clearTimeout(timer.current);
    told.current = words;
    setText(words);
  }, [words]);
  useEffect(() => () => clearTimeout(timer.current), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when somebody tries again.
  useEffect(() => {
    setFailed(null);
    setMore("idle");
    if (!words) return;
    let wanted = true;
    read(words, null).then(
      (page) => wanted && setHeld({ words, ...page }),
      () => wanted && setFailed(words),
    );
    return () => {
      wanted = false;
    };
  }, [words, tries]);

  const nextCursor = held?.words === words ? held.nextCursor : null;
  const load = useCallback(() => {
    if (!nextCursor) return;
    setMore("loading");
    read(words, nextCursor).then(
      (page) => {
        setHeld((now) =>
          now?.words === words && now.nextCursor === nextCursor
            ? { words, rows: [...now.rows, ...page.rows], nextCursor: page.nextCursor }
            : now,
        );
        setMore("idle");
      },
      () => setMore("failed"),
    );
  }, [words, nextCursor]);

  return {
    text,
    words,
    state: failed === words ? "failed" : held?.words === words ? "ready" : "loading",
    rows: held?.words === words ? held.rows : [],
    hasMore: nextCursor !== null,
    more: { state: more, load },
    type: (next) => {
      setText(next);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => tell(next), pause);
    },
    clear: () => {
      clearTimeout(timer.current);
      setText("");
      tell("");
    },
    again: () => setTries((count) => count + 1),
  };
}
