/** The lists of the Inbox, in the order in which they are shown. */
export const inboxViews = ["mine", "unassigned", "open", "snoozed", "closed"] as const;
export type InboxView = (typeof inboxViews)[number];

export const isInboxView = (text: unknown): text is InboxView => inboxViews.includes(text as InboxView);

/** A conversation as one line of a list. Times are ISO 8601, UTC. */
export interface InboxRow {
  id: string;
  /** The last place in the conversation that is taken. */
  position: number;
  channel: string;
  status: "open" | "snoozed" | "closed";
  customerId: string;
  customerName: string | null;
  customerEmail: string | null;
  customerPhone: string | null;
  /** Whether whoever writes here has shown that they are a customer of Shopify's or that an address is theirs. */
  addressProven: boolean;
  /** gid://shopify/Customer/…; only when it is proven who they are. */
  shopifyCustomerId: string | null;
  lastMessageAt: string;
  lastMessageText: string;
  lastMessageFrom: "shopper" | "staff";
  assigneeId: string | null;
  assigneeName: string | null;
  waitingSince: string | null;
  snoozedUntil: string | null;
  /** Whether the shopper wrote something that the reader has not read. */
  unread: boolean;
  /** Whether one of the last messages of ours was not sent, or may not have been. */
  undelivered: boolean;
  /** The active cart of this browser; null when there is none or it is empty. Total in minor units. */
  cart: { total: number; currency: string; itemCount: number } | null;
}

/** Which rows a list holds, for one reader. The same rule as the query of `list.ts`. */
export function belongs(row: Pick<InboxRow, "status" | "assigneeId">, view: InboxView, me: string): boolean {
  switch (view) {
    case "mine":
      return row.status === "open" && row.assigneeId === me;
    case "unassigned":
      return row.status === "open" && row.assigneeId === null;
    case "open":
    case "snoozed":
    case "closed":
      return row.status === view;
  }
}

/** Most that a count says; from there on it is shown as "999+". */
export const mostCounted = 1_000;

/** How many conversations each list holds, at most `mostCounted`. */
export type InboxCounts = Record<InboxView, number>;

export const countInWords = (count: number): string => (count >= mostCounted ? "999+" : String(count));
