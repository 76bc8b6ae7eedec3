import type { ThreadEntry } from "~/conversations/thread-entry";
import type { EventView } from "~/realtime/frames";

/** What the page holds of one conversation. */
export interface ThreadState {
  /** In order of position, each position once. */
  entries: ThreadEntry[];
  hasEarlier: boolean;
  /** Up to which position the shopper's browser has received, and the shopper has seen. */
  delivered: number;
  seen: number;
  /** Messages left or came back at a fact of this place: a reading that has it stands alone. */
  recutAt?: number;
}

/** The entries of both, in order; where both have a position, the newer reading wins. */
export function mergeEntries(known: readonly ThreadEntry[], read: readonly ThreadEntry[]): ThreadEntry[] {
  const byPosition = new Map<number, ThreadEntry>();
  for (const entry of known) byPosition.set(entry.position, entry);
  for (const entry of read) byPosition.set(entry.position, entry);
  return [...byPosition.values()].sort((one, other) => one.position - other.position);
}

/**
 * The state after the loader read the last page anew. Earlier pages that were scrolled in stay, unless so much came in
 * between that the two no longer touch: then the newly read page stands alone.
 */
export function afterRead(known: ThreadState, read: ThreadState): ThreadState {
  const receipts = {
    delivered: Math.max(known.delivered, read.delivered),
    seen: Math.max(known.seen, read.seen),
  };
  const { recutAt } = known;
  if (recutAt !== undefined) {
    const hasIt = read.entries.some(({ position }) => position >= recutAt);
    return hasIt ? { ...read, ...receipts } : { ...known, ...receipts };
  }
  const firstRead = read.entries[0]?.position ?? 0;
  const lastKnown = known.entries.at(-1)?.position ?? 0;
  if (read.hasEarlier && firstRead > lastKnown) return { ...read, ...receipts };
  const entries = mergeEntries(known.entries, read.entries);
  const keptEarlier = (known.entries[0]?.position ?? Number.POSITIVE_INFINITY) <= firstRead;
  return { entries, hasEarlier: keptEarlier ? known.hasEarlier : read.hasEarlier, ...receipts };
}

/** The state after an earlier page was scrolled in. */
export function afterEarlier(known: ThreadState, page: { entries: ThreadEntry[]; hasEarlier: boolean }): ThreadState {
  return { ...known, entries: mergeEntries(known.entries, page.entries), hasEarlier: page.hasEarlier };
}

/**
 * What a pushed fact of this conversation changes at once, without asking the server: messages come in and receipts go
 * up. The same fact twice changes nothing the second time.
 */
export function afterEvent(known: ThreadState, event: EventView): ThreadState {
  if (event.kind === "conversation.split" || event.kind === "conversation.unsplit") {
    return { ...known, recutAt: event.position ?? 0 };
  }
  // One that was moved to another conversation since it was told.
  if (event.message?.conversationId && event.message.conversationId !== event.conversationId) return known;
  if (event.message) {
    const { message } = event;
    const entry: ThreadEntry = { type: "message", position: message.position, at: message.at, message };
    return { ...known, entries: mergeEntries(known.entries, [entry]) };
  }
  if (event.kind === "conversation.seen" && event.data.by === "shopper") {
    const position = Number(event.data.position);
    return { ...known, seen: Math.max(known.seen, position), delivered: Math.max(known.delivered, position) };
  }
  if (event.kind === "conversation.delivered") {
    return { ...known, delivered: Math.max(known.delivered, Number(event.data.position)) };
  }
  return known;
}

/** How far a message of ours has come in the chat. */
export type ReceiptState = "sent" | "delivered" | "seen";

export function deliveryOf(position: number, state: Pick<ThreadState, "delivered" | "seen">): ReceiptState {
  if (position <= state.seen) return "seen";
  return position <= state.delivered ? "delivered" : "sent";
}
