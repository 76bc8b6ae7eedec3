import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import type { LiveCalls } from "~/calls/live";
import { AskFailed, ask, posting } from "../ask";
import { useEvents } from "../use-realtime";

export interface Calls {
  live: LiveCalls | null;
  busy: boolean;
  /** Why the last thing was not done. */
  problem: string | null;
  act(what: object): Promise<boolean>;
  read(): void;
}

const CallsContext = createContext<Calls | null>(null);

/** How calls stand for whoever looks, of the page that `CallsProvider` holds. */
export function useCalls(): Calls {
  const calls = useContext(CallsContext);
  if (!calls) throw new Error("useCalls is used outside CallsProvider");
  return calls;
}

/** Reads once for the whole page how calls stand, and keeps it up to date by what is pushed. */
export function CallsProvider({ children }: { children: ReactNode }) {
  const calls = useLiveCalls();
  return <CallsContext.Provider value={calls}>{children}</CallsContext.Provider>;
}

function useLiveCalls(): Calls {
  const [live, setLive] = useState<LiveCalls | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  // An older answer that comes later says nothing.
  const asked = useRef(0);
  const read = useCallback(() => {
    asked.current += 1;
    const mine = asked.current;
    ask<LiveCalls>("/calls").then(
      (answer) => mine === asked.current && setLive(answer),
      () => undefined,
    );
  }, []);
  useEffect(read, [read]);
  useEvents((events) => {
    if (events.some(({ kind }) => kind.startsWith("call.") || isOfPerson(kind))) read();
  });
  const act = useCallback(async (what: object) => {
    setBusy(true);
    setProblem(null);
    asked.current += 1;
    try {
      setLive(await ask<LiveCalls>("/calls", posting(what)));
      return true;
    } catch (error) {
      setProblem(error instanceof AskFailed ? error.message : "Something went wrong on our side. Try again.");
      return false;
    } finally {
      setBusy(false);
    }
  }, []);
  return useMemo(() => ({ live, busy, problem, act, read }), [live, busy, problem, act, read]);
}

/** Who calls may have become somebody else's leaf. */
function isOfPerson(kind: string): boolean {
  return kind === "customer.merged" || kind === "customer.unmerged";
}
