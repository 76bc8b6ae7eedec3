import { useEffect, useState } from "preact/hooks";
import { type Page, type RecordView, readRecord } from "./record";

/** The record on the page as it is loaded: nothing yet, what the app said, or that it failed. */
export type Loaded = { state: "loading" } | { state: "failed" } | { state: "ready"; record: RecordView };

/** Loads what the app knows of the record; `again` asks anew. A late answer to an earlier question is dropped. */
export function useRecord(page: Page, id: string): { loaded: Loaded; again(): void } {
  const [loaded, setLoaded] = useState<Loaded>({ state: "loading" });
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn asks the same question again.
  useEffect(() => {
    let dropped = false;
    setLoaded({ state: "loading" });
    readRecord(page, id).then(
      (record) => dropped || setLoaded({ state: "ready", record }),
      () => dropped || setLoaded({ state: "failed" }),
    );
    return () => {
      dropped = true;
    };
  }, [page, id, turn]);
  return { loaded, again: () => setTurn((before) => before + 1) };
}
