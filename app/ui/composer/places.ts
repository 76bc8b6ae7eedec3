import { isWritten } from "~/channels/kinds";
import type { ThreadEntry } from "~/conversations/thread-entry";
import type { PersonBeside } from "~/customers/beside";

export type Place = PersonBeside["endpoints"][number];

/** How the server is told where a reply goes. */
export type To = { chat: true } | { endpointId: string };

export function toOf(place: Place): To {
  return place.channel === "chat" ? { chat: true } : { endpointId: place.id };
}

/** Whether words can be written there at all: a phone can only be called. */
export function isWrittenTo(place: Pick<Place, "channel">): boolean {
  return place.channel === "chat" || isWritten(place.channel);
}

/** Whether a reply in this conversation reaches it: another browser's chat is another conversation. */
export function isReachedHere(place: Place): boolean {
  return isWrittenTo(place) && (place.channel !== "chat" || place.here);
}

/**
 * Where a reply goes unless somebody says otherwise: where they wrote last; else where the store wrote last; else the
 * first that is open. Null when they cannot be reached at all.
 * @param asked id of the place that the address of the page names
 */
export function defaultPlace(
  places: readonly Place[],
  entries: readonly ThreadEntry[],
  asked: string | null,
): Place | null {
  const here = places.filter(isReachedHere);
  const named = here.find((one) => one.id === asked);
  if (named) return named;
  const messages = entries.flatMap((entry) =>
    entry.type === "message" && !entry.message.deletedAt ? [entry.message] : [],
  );
  const last = messages.findLast(({ author }) => author === "shopper") ?? messages.at(-1);
  const its = last && here.find((one) => (last.endpointId ? one.id === last.endpointId : one.channel === last.channel));
  return its ?? here.find(({ rule }) => rule.open) ?? here[0] ?? null;
}

/** The places between which nobody but the writer can choose: several on the channel that the reply would take. */
export function alike(places: readonly Place[], place: Place | null): Place[] {
  const same = places.filter((one) => one.channel === place?.channel && isWrittenTo(one));
  return same.length > 1 ? same : [];
}
