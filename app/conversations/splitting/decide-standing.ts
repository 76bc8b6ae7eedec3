import { preview } from "../text";
import type { Standing, StandingEntry } from "./entry";

/** How a conversation stood before it was cut, and what an answer goes by. */
export interface Before extends Standing {
  channel: string;
}

/** When a message came, which its id says: what is written elsewhere may be older than its coming. */
export const cameAt = (id: string): Date => new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16));

/**
 * How a conversation stands that was put together, as if it had never been cut: as it stood then, and what came since in
 * either part, in the order of its coming. Pure.
 */
export function decideStanding(before: Before, since: readonly StandingEntry[]): Before {
  let stands = before;
  const inOrder = since.filter((entry) => entry.kind === "message" && !entry.takenBack && !entry.followUp);
  for (const entry of inOrder.sort((one, other) => (one.id < other.id ? -1 : 1))) {
    const at = cameAt(entry.id);
    const fromShopper = entry.author === "shopper";
    const waits = entry.automatic ? stands.waitingSince : (stands.waitingSince ?? at);
    stands = {
      lastMessageAt: at,
      lastMessageText: preview(entry.text, entry.files),
      lastMessageFrom: fromShopper ? "shopper" : "staff",
      waitingSince: fromShopper ? waits : null,
      channel: fromShopper && !entry.automatic ? entry.channel : stands.channel,
    };
  }
  return stands;
}
