import { Link } from "@remix-run/react";
import { countInWords, type InboxCounts, type InboxView, inboxViews } from "~/inbox/inbox-row";
import styles from "./inbox.module.css";

export const viewNames: Record<InboxView, string> = {
  mine: "Mine",
  unassigned: "Unassigned",
  open: "All open",
  snoozed: "Snoozed",
  closed: "Closed",
};

/** The lists to choose from, each with how many it holds now; none of them is shown while something is searched for. */
export function ViewTabs({ view, counts }: { view: InboxView | null; counts: InboxCounts }) {
  return (
    <nav className={styles.views} aria-label="Views">
      {inboxViews.map((one) => (
        <Link
          key={one}
          className={styles.view}
          to={{ search: `?view=${one}` }}
          aria-current={one === view ? "page" : undefined}
          preventScrollReset
          replace
        >
          {viewNames[one]} <span className={styles.count}>{countInWords(counts[one])}</span>
        </Link>
      ))}
    </nav>
  );
}
