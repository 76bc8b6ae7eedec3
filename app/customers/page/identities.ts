import type { Identity } from "@prisma/client";
import { betterGrade, isProven } from "../grades";
import type { Member } from "../members";

/**
 * A person's identifiers over all leaves, each once and as well known as it is, in the order in which they came. What
 * somebody only said is gone where they have proven it themselves; a proof of somebody whom staff merged with them does
 * not hide it.
 */
export function identitiesOnce(
  identities: readonly Identity[],
  leaves: readonly Pick<Member, "id" | "provenId">[],
): Identity[] {
  const provenIds = new Map(leaves.map((leaf) => [leaf.id, leaf.provenId]));
  const ofEach = best(identities, (one) => provenIds.get(one.customerId) ?? one.customerId);
  return best(ofEach, (one) => String(isProven(one.grade)));
}

/** Each identifier once within a group, with its best grade. */
function best(identities: readonly Identity[], groupOf: (one: Identity) => string): Identity[] {
  const once = new Map<string, Identity>();
  for (const one of identities) {
    const key = `${groupOf(one)} ${one.kind} ${one.value}`;
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
