import { useFetcher } from "@remix-run/react";
import { useEffect, useRef } from "react";

/** What can be asked of a channel's page. */
export type ChannelAct =
  | { act: "connect"; values: Record<string, string>; accountId: string | null }
  | { act: "pause" | "resume" | "disconnect" | "test" | "look" | "read-again"; accountId: string }
  | { act: "rename"; accountId: string; name: string };

interface Answer {
  done?: ChannelAct["act"];
  /** Secrets that were made just now, told once. */
  made?: string[];
  /** What the provider said when it was asked. */
  tested?: { ok: boolean; words: string };
  error?: { message: string; fields?: { field: string; message: string }[] };
}

/** One thing done on a channel's page, and what became of it. `onDone` is called once for each that worked. */
export function useChannelAct(kind: string, onDone?: (made: string[]) => void) {
  const fetcher = useFetcher<Answer>();
  const seen = useRef<Answer | undefined>(undefined);
  const told = useRef(onDone);
  told.current = onDone;
  useEffect(() => {
    if (fetcher.state !== "idle" || !fetcher.data || fetcher.data === seen.current) return;
    seen.current = fetcher.data;
    if (fetcher.data.done) told.current?.(fetcher.data.made ?? []);
  }, [fetcher.state, fetcher.data]);
  const idle = fetcher.state === "idle";
  return {
    /** What is under way. */
    busy: idle ? null : ((fetcher.json as ChannelAct | undefined)?.act ?? null),
    problem: idle ? fetcher.data?.error : undefined,
    tested: idle ? fetcher.data?.tested : undefined,
    act: (body: ChannelAct) =>
      fetcher.submit(
        { ...body },
        { method: "POST", action: `/settings/channels/${kind}`, encType: "application/json" },
      ),
  };
}
