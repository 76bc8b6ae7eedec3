import { useFetcher } from "@remix-run/react";
import { useEffect, useRef } from "react";

interface Answer {
  done?: string;
  error?: { code: string; message: string; fields?: { field: string; message: string }[] };
}

/** One thing that staff do with a person, and what became of it. `onDone` is called once for each that worked. */
export function useAct(customerId: string, onDone?: () => void) {
  const fetcher = useFetcher<Answer>();
  const seen = useRef<Answer | undefined>(undefined);
  const done = useRef(onDone);
  done.current = onDone;
  useEffect(() => {
    if (fetcher.state !== "idle" || !fetcher.data || fetcher.data === seen.current) return;
    seen.current = fetcher.data;
    if (fetcher.data.done) done.current?.();
  }, [fetcher.state, fetcher.data]);
  return {
    busy: fetcher.state !== "idle",
    problem: fetcher.state === "idle" ? fetcher.data?.error : undefined,
    act: (body: Record<string, string | string[]>) =>
      fetcher.submit(body, { method: "POST", action: `/customers/${customerId}`, encType: "application/json" }),
  };
}
