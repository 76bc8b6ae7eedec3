/** A message or a note of a conversation, in the order of its places. */
export interface Entry {
  id: string;
  kind: "message" | "note";
  position: number;
  at: Date;
  /** The leaf who wrote it; null for what staff and the app wrote. */
  customerId: string | null;
  /** The browser it was written in. */
  visitorId: string | null;
  author: string;
  text: string;
}

/** What more is known of one that stands in a conversation. */
export interface StandingEntry extends Entry {
  channel: string;
  endpointId: string | null;
  /** A machine's words, to which nobody waits for an answer. */
  automatic: boolean;
  /** It says only that replies of the chat went by mail as well. */
  followUp: boolean;
  takenBack: boolean;
  files: number;
}

/** How a conversation stands by what is in it. */
export interface Standing {
  lastMessageAt: Date;
  lastMessageText: string;
  lastMessageFrom: "shopper" | "staff";
  waitingSince: Date | null;
}

/** The last message, and since when the shopper waits; null when there is no message. */
export function standingOf<Any extends Entry>(
  entries: readonly Any[],
  preview: (text: string, entry: Any) => string,
): Standing | null {
  const messages = entries.filter((entry) => entry.kind === "message");
  const last = messages.at(-1);
  if (!last) return null;
  const answered = messages.findLastIndex((message) => message.author === "staff");
  const waiting = messages.slice(answered + 1).find((message) => message.author === "shopper");
  return {
    lastMessageAt: last.at,
    lastMessageText: preview(last.text, last),
    lastMessageFrom: last.author === "shopper" ? "shopper" : "staff",
    waitingSince: waiting?.at ?? null,
  };
}
