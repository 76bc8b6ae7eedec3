import { useRevalidator } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { createContext, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import type { ClientFrame, EventView, ServerFrame } from "~/realtime/frames";
import { type ConnectionState, isCursorAfter, RealtimeConnection, RecentEvents, type Socket } from "./connection";

export type TypingSignal = Extract<ServerFrame, { type: "typing" }>;
export type ViewingSignal = Extract<ServerFrame, { type: "viewing" }>;

export interface Hearers {
  events: (events: EventView[]) => void;
  typing: (signal: TypingSignal) => void;
  viewing: (signal: ViewingSignal) => void;
}

export interface Realtime {
  state: ConnectionState;
  /**
   * Hears pushed facts from now on; with `from` (the cursor a loader gave with its state) also those that were pushed
   * since that state was read. Gives back the way to stop. Duplicates are possible and must be harmless.
   */
  hear<Kind extends keyof Hearers>(kind: Kind, hearer: Hearers[Kind], from?: string): () => void;
  say(frame: Extract<ClientFrame, { type: "typing" | "viewing" }>): void;
}

export const RealtimeContext = createContext<Realtime | null>(null);

/** Holds the page's one socket. Mounted by the layout route; pages use the hooks of `use-realtime.ts`. */
export function RealtimeProvider({ cursor, children }: { cursor: string; children: ReactNode }) {
  const shopify = useAppBridge();
  const revalidator = useRevalidator();
  const revalidate = useRef(revalidator.revalidate);
  revalidate.current = revalidator.revalidate;
  const [state, setState] = useState<ConnectionState>("connecting");
  const hearers = useRef({
    events: new Set<Hearers["events"]>(),
    typing: new Set<Hearers["typing"]>(),
    viewing: new Set<Hearers["viewing"]>(),
  });
  // Effects of pages run before this one's, so the socket starts from the oldest state on the page.
  const oldest = useRef(cursor);
  const recent = useRef<RecentEvents | null>(null);
  const connection = useRef<RealtimeConnection | null>(null);

  useEffect(() => {
    recent.current = new RecentEvents(oldest.current);
    let wasAway = false;
    const line = new RealtimeConnection({
      open: () => new WebSocket(`${window.location.origin.replace(/^http/, "ws")}/realtime`) as unknown as Socket,
      idToken: () => shopify.idToken(),
      cursor: oldest.current,
      onState(next) {
        setState(next);
        // What was read while the line was away may have failed quietly.
        if (next === "reconnecting") wasAway = true;
        else if (next === "connected" && wasAway) {
          wasAway = false;
          revalidate.current();
        }
      },
      onFrame(frame) {
        if (frame.type === "events") {
          recent.current?.add(frame.cursor, frame.events);
          if (frame.events.length > 0) for (const hearer of hearers.current.events) hearer(frame.events);
        } else if (frame.type === "reset") {
          recent.current?.clear(frame.cursor);
          revalidate.current();
        } else if (frame.type === "typing") {
          for (const hearer of hearers.current.typing) hearer(frame);
        } else if (frame.type === "viewing") {
          for (const hearer of hearers.current.viewing) hearer(frame);
        }
      },
    });
    connection.current = line;
    const wake = () => {
      if (document.visibilityState === "visible") line.check();
    };
    document.addEventListener("visibilitychange", wake);
    window.addEventListener("online", wake);
    line.start();
    return () => {
      document.removeEventListener("visibilitychange", wake);
      window.removeEventListener("online", wake);
      line.stop();
      connection.current = null;
    };
  }, [shopify]);

  const realtime = useMemo<Realtime>(
    () => ({
      state,
      hear(kind, hearer, from) {
        const set = hearers.current[kind] as Set<typeof hearer>;
        set.add(hearer);
        if (kind === "events" && from) {
          if (!recent.current) {
            if (isCursorAfter(oldest.current, from)) oldest.current = from;
          } else {
            const missed = recent.current.since(from);
            if (missed === null) revalidate.current();
            else if (missed.length > 0) (hearer as Hearers["events"])(missed);
          }
        }
        return () => set.delete(hearer);
      },
      say: (frame) => connection.current?.say(frame),
    }),
    [state],
  );

  return <RealtimeContext.Provider value={realtime}>{children}</RealtimeContext.Provider>;
}
