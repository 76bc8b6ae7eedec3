import type { InboxView } from "./inbox-row";

/** Which conversations (`c`) each list holds, as SQL; `$2` is the reader. The same rule as `belongs`. */
export const holds: Record<InboxView, string> = {
  mine: `c."assigneeId" = $2 AND c."status" = 'open'`,
  unassigned: `c."assigneeId" IS NULL AND c."status" = 'open'`,
  open: `c."status" = 'open'`,
  snoozed: `c."status" = 'snoozed'`,
  closed: `c."status" = 'closed'`,
};

const newestFirst = `c."lastMessageAt" DESC, c."id"`;

/**
 * The order in which a list is read. Each is a run of one index, so a page costs the same among ten thousand
 * conversations and among millions. Naming `assigneeId` lets the planner use its index for nobody's conversations too:
 * it does not see by itself that a column that is null is the same in every row.
 */
export function orderOf(view: InboxView): string {
  return view === "unassigned" ? `c."assigneeId", ${newestFirst}` : newestFirst;
}
