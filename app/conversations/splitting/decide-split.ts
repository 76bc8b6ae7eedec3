import type { StandingEntry } from "./entry";

/** What goes into a conversation of its own, or why nothing does. */
export type SplitDecision =
  | { moves: StandingEntry[]; customerId: string; visitorId: string | null }
  | { not: "no-message" | "nothing-left" };

/**
 * What moves when staff begin a new conversation at a customer's message: only that one, or also all that this sender wrote
 * after it and what was answered to where they wrote. Notes stay, and so does what others wrote. It is not done when
 * nothing that can be read would be left. Pure.
 * @param entries in the order of their places
 */
export function decideSplit(
  entries: readonly StandingEntry[],
  { messageId, only }: { messageId: string; only: boolean },
): SplitDecision {
  const start = entries.findIndex((entry) => entry.id === messageId);
  const first = entries[start];
  if (first?.kind !== "message" || first.author !== "shopper" || first.customerId === null)
    return { not: "no-message" };
  const moves = only ? [first] : [...fromHere(entries.slice(start), first.customerId)];
  const moved = new Set(moves);
  const left = entries.some((entry) => entry.kind === "message" && !entry.takenBack && !moved.has(entry));
  if (!left) return { not: "nothing-left" };
  const visitorId = moves.findLast((entry) => entry.visitorId !== null)?.visitorId ?? null;
  return { moves, customerId: first.customerId, visitorId };
}

function* fromHere(entries: readonly StandingEntry[], customerId: string): Iterable<StandingEntry> {
  const wroteFrom = new Set<string>();
  for (const entry of entries) {
    if (entry.kind === "note") continue;
    if (entry.author === "shopper" && entry.customerId === customerId) {
      wroteFrom.add(whereOf(entry));
      yield entry;
    } else if (entry.author !== "shopper" && wroteFrom.has(whereOf(entry))) yield entry;
  }
}

/** The place that a message came from or went to. Replies of the chat that followed by mail are of the chat. */
function whereOf({ endpointId, channel, followUp }: StandingEntry): string {
  return followUp ? "chat" : (endpointId ?? channel);
}

/**
 * How far somebody has come in a conversation that was put together: up to the last message before the first that is not
 * theirs yet. Never less than before. Pure.
 */
export function comeTo(before: number, entries: readonly { position: number; known: boolean }[]): number {
  let far = before;
  for (const { position, known } of entries) {
    if (!known && position > before) break;
    far = Math.max(far, position);
  }
  return far;
}
