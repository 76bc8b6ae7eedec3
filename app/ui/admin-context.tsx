import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";

/** What every admin page knows: who is signed in and to which shop. Read once, by the layout route's loader. */
export interface AdminFacts {
  me: { id: string; name: string };
  shop: { domain: string; name: string; currency: string; timeZone: string };
  /** BCP 47, for money and dates. */
  locale: string;
  clientId: string;
}

const Facts = createContext<AdminFacts | null>(null);
const Now = createContext<number | null>(null);

/**
 * @param now the server's clock at render, milliseconds: the first paint of the browser is then the same as the
 * server's; it goes on by itself every 15 seconds, for everything on the page at once.
 */
export function AdminContext({ facts, now, children }: { facts: AdminFacts; now: number; children: ReactNode }) {
  const [ahead] = useState(() => now - Date.now());
  const [clock, setClock] = useState(now);
  useEffect(() => {
    const offset = Math.abs(ahead) > 60_000 ? ahead : 0;
    const tick = () => setClock(Date.now() + offset);
    tick();
    const timer = setInterval(tick, 15_000);
    return () => clearInterval(timer);
  }, [ahead]);
  const kept = useMemo(() => facts, [facts]);
  return (
    <Facts.Provider value={kept}>
      <Now.Provider value={clock}>{children}</Now.Provider>
    </Facts.Provider>
  );
}

/** Who is signed in, to which shop, and how they write money and dates. */
export function useAdmin(): AdminFacts {
  const facts = useContext(Facts);
  if (!facts) throw new Error("useAdmin is used outside the admin layout");
  return facts;
}

/** The time, milliseconds since 1970, the same for the whole page; moves every 15 seconds. */
export function useNow(): number {
  const now = useContext(Now);
  if (now === null) throw new Error("useNow is used outside the admin layout");
  return now;
}
