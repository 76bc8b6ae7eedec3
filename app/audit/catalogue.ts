/** What an entry is about. `subjectId` is our own id of that kind. */
export type SubjectKind =
  | "conversation"
  | "customer"
  | "visitor"
  | "draft-order"
  | "data-request"
  | "erasure"
  | "settings"
  | "channel"
  | "staff"
  | "shop";

/** The kinds of action that one can look for. */
export type ActionGroup = "read" | "change" | "export" | "merge" | "erase";

interface Action {
  group: ActionGroup;
  /** As a sentence without its subject: "Anna Berg opened a conversation". */
  words: string;
}

/**
 * Everything that is written to the audit log. An action that is not here does not exist; a new one is a line here, and
 * the activity log can show it. Past ones are never renamed, because entries cannot change.
 */
export const actions = {
  "conversation.read": { group: "read", words: "opened a conversation" },
  "customer.read": { group: "read", words: "looked at a customer" },
  "customers.listed": { group: "read", words: "saw customers' names and addresses in a list" },
  "messages.searched": { group: "read", words: "saw messages in a search of the Inbox" },
  "data-request.downloaded": { group: "export", words: "downloaded the answer to a data request" },
  "data-request.gathered": { group: "export", words: "gathered what is kept of a customer" },
  "customer.exported": { group: "export", words: "exported a customer's data" },
  "activity.exported": { group: "export", words: "exported the activity log" },
  "conversation.assigned": { group: "change", words: "assigned a conversation" },
  "conversation.split": { group: "change", words: "split a conversation" },
  "conversation.unsplit": { group: "change", words: "undid a split of a conversation" },
  "conversation.closed": { group: "change", words: "closed a conversation" },
  "customer.changed": { group: "change", words: "changed a customer" },
  "customer.proven": { group: "change", words: "confirmed a customer's address" },
  "customer.linked": { group: "change", words: "linked two customers" },
  "customer.unlinked": { group: "change", words: "took a link between two customers away" },
  "customer.kept-apart": { group: "merge", words: "said that two customers are not the same" },
  "customer.merged": { group: "merge", words: "merged two customers" },
  "customer.unmerged": { group: "merge", words: "undid a merge of two customers" },
  "consent.given": { group: "change", words: "recorded a consent" },
  "consent.withdrawn": { group: "change", words: "recorded the withdrawal of a consent" },
  "draft-order.created": { group: "change", words: "created a draft order" },
  "draft-order.changed": { group: "change", words: "changed a draft order" },
  "draft-order.sent": { group: "change", words: "sent an invoice" },
  "settings.saved": { group: "change", words: "saved settings" },
  "channel.connected": { group: "change", words: "connected a channel" },
  "channel.changed": { group: "change", words: "changed how a channel is connected" },
  "channel.renamed": { group: "change", words: "renamed an account of a channel" },
  "channel.tested": { group: "change", words: "tested the connection of a channel" },
  "channel.paused": { group: "change", words: "paused a channel" },
  "channel.resumed": { group: "change", words: "resumed a channel" },
  "channel.disconnected": { group: "change", words: "disconnected a channel" },
  "channel.read-again": { group: "change", words: "had messages read again that could not be read" },
  "channel.raw-downloaded": { group: "export", words: "downloaded a message as it arrived" },
  "mail.read": { group: "read", words: "opened a mail in full" },
  "retention.saved": { group: "change", words: "changed how long data is kept" },
  "retention.applied": { group: "erase", words: "removed what was kept long enough" },
  "customer.erased": { group: "erase", words: "erased a customer" },
  "message.erased": { group: "erase", words: "erased a message" },
  "shopify-data.sync-started": { group: "change", words: "started a sync with Shopify" },
} as const satisfies Record<string, Action>;

export type AuditAction = keyof typeof actions;

/** One thing that happened. */
export interface Audited {
  action: AuditAction;
  subjectKind: SubjectKind;
  /** Null when the whole shop is meant. */
  subjectId: string | null;
  /** Ids, counts and words of ours. Never a name, an address or anything that a person wrote: entries cannot be erased. */
  detail?: AuditDetail;
}

export type AuditDetail = Record<string, string | number | boolean | null | readonly string[]>;
