import type { Entry } from "~/conversations/splitting/entry";

/** What goes into a conversation of its own. */
export interface Part {
  /** The leaf whose words it begins with. */
  customerId: string;
  /** The browser that wrote last, where an answer goes. */
  visitorId: string | null;
  entries: Entry[];
}

/**
 * Whose is what, in a conversation in which people wrote who are not one person any more: each message is its writer's,
 * and what staff wrote belongs to whom they answered (before the first, to the one whose conversation it is). Answers with
 * the parts that are not the owner's.
 */
export function decideSplit(
  owner: { customerId: string },
  entries: readonly Entry[],
  personOf: (leafId: string) => string,
): Part[] {
  const home = personOf(owner.customerId);
  const parts = new Map<string, Part>();
  let speaker = owner.customerId;
  for (const entry of entries) {
    if (entry.customerId !== null) speaker = entry.customerId;
    const person = personOf(speaker);
    if (person === home) continue;
    const part = parts.get(person) ?? { customerId: speaker, visitorId: null, entries: [] };
    if (entry.visitorId) part.visitorId = entry.visitorId;
    part.entries.push(entry);
    parts.set(person, part);
  }
  return [...parts.values()];
}

/**
 * The part that something of that moment goes with, which is no message: with whom it was about then, by the last message
 * before it, or by the last of the browser that it came from. Null when it stays with the owner.
 */
export function partAt<Any extends Part>(
  owner: { customerId: string },
  split: { entries: readonly Entry[]; parts: readonly Any[]; personOf: (leafId: string) => string },
  moment: { at: Date; visitorId?: string | null },
): Any | null {
  let speaker = owner.customerId;
  for (const entry of split.entries) {
    if (entry.at > moment.at || entry.customerId === null) continue;
    if (moment.visitorId && entry.visitorId !== moment.visitorId) continue;
    speaker = entry.customerId;
  }
  const person = split.personOf(speaker);
  return split.parts.find((part) => split.personOf(part.customerId) === person) ?? null;
}
