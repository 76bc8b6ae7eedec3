import type { Identity } from "@prisma/client";
import { betterGrade } from "../grades";

/** A person's identifiers over all leaves, each once and as well known as it is, in the order in which they came. */
export function identitiesOnce(identities: readonly Identity[]): Identity[] {
  const once = new Map<string, Identity>();
  for (const one of identities) {
    const key = `${one.kind} ${one.value}`;
    const known = once.get(key);
    if (!known) {
      once.set(key, one);
      continue;
    }
    const best = known.grade !== one.grade && betterGrade(known.grade, one.grade) === one.grade ? one : known;
    const firstSeenAt = known.firstSeenAt < one.firstSeenAt ? known.firstSeenAt : one.firstSeenAt;
    const lastSeenAt = known.lastSeenAt > one.lastSeenAt ? known.lastSeenAt : one.lastSeenAt;
    once.set(key, { ...best, firstSeenAt, lastSeenAt });
  }
  return [...once.values()];
}
