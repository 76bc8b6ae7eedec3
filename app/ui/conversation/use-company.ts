import { useEffect, useRef, useState } from "react";
import { useAdmin } from "../admin-context";
import { useEvents, useRealtime, useTypingSignals, useViewingSignals } from "../use-realtime";

/** Said again this often while a conversation is on the screen. */
const sayEvery = 15_000;
/** Whoever was not heard of for this long looks at something else, or left. */
const goneAfter = 35_000;
/** Typing is over when it was not said again for this long. */
const stoppedAfter = 6_000;
const typeEvery = 2_500;

export interface Company {
  /** Names of others of the team who look at this conversation. */
  lookers: string[];
  /** Whether the shopper is writing. */
  shopperTypes: boolean;
  /** Names of others of the team who are writing a reply. */
  staffTyping: string[];
  /** Call it with every key; it is passed on at most every few seconds. */
  sayTyping(): void;
}

/**
 * Who else is in this conversation now, and telling them that one is here oneself. The page of another conversation is
 * another page: this hook keeps its conversation for life.
 */
export function useCompany(conversationId: string): Company {
  const { me } = useAdmin();
  const { say, state } = useRealtime();
  const [lookers, setLookers] = useState<Map<string, { name: string; at: number }>>(new Map());
  const [typing, setTyping] = useState<Map<string, number>>(new Map());
  const saidTyping = useRef(0);
  const saying = useRef(say);
  saying.current = say;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a line that came back is told anew.
  useEffect(() => {
    const here = () => {
      if (document.visibilityState === "visible") saying.current({ type: "viewing", conversationId });
    };
    here();
    const timer = setInterval(here, sayEvery);
    document.addEventListener("visibilitychange", here);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", here);
    };
  }, [conversationId, state]);

  useEffect(() => {
    const sweep = setInterval(() => {
      const now = Date.now();
      setLookers((all) => keepIf(all, (one) => now - one.at < goneAfter));
      setTyping((all) => keepIf(all, (at) => now - at < stoppedAfter));
    }, 1_000);
    return () => {
      clearInterval(sweep);
      saying.current({ type: "viewing", conversationId: null });
    };
  }, []);

  useViewingSignals((signal) => {
    if (signal.staffId === me.id) return;
    const here = signal.conversationId === conversationId;
    setLookers((all) => {
      if (!here) return keepIf(all, (_, id) => id !== signal.staffId);
      // A newcomer does not know who is here already.
      if (!all.has(signal.staffId)) saying.current({ type: "viewing", conversationId });
      return new Map(all).set(signal.staffId, { name: signal.staffName, at: Date.now() });
    });
  });
  useTypingSignals((signal) => {
    if (signal.conversationId !== conversationId) return;
    if (signal.by === "staff" && (!signal.name || signal.name === me.name)) return;
    const who = signal.by === "shopper" ? "" : (signal.name ?? "");
    setTyping((all) => new Map(all).set(who, Date.now()));
  });
  useEvents((events) => {
    for (const event of events) {
      const isNew = event.kind === "message.received" || event.kind === "message.sent";
      if (event.conversationId !== conversationId || !event.message || !isNew) continue;
      const who = event.message.author === "shopper" ? "" : event.message.staffName;
      setTyping((all) => keepIf(all, (_, name) => name !== who));
    }
  });

  return {
    lookers: [...lookers.values()].map((one) => one.name),
    shopperTypes: typing.has(""),
    staffTyping: [...typing.keys()].filter((name) => name !== ""),
    sayTyping() {
      if (Date.now() - saidTyping.current < typeEvery) return;
      saidTyping.current = Date.now();
      say({ type: "typing", conversationId });
    },
  };
}

/** The same map when nothing leaves it, so that nothing is drawn anew. */
function keepIf<Key, Value>(all: Map<Key, Value>, keep: (value: Value, key: Key) => boolean): Map<Key, Value> {
  const kept = [...all].filter(([key, value]) => keep(value, key));
  return kept.length === all.size ? all : new Map(kept);
}
