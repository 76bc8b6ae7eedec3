import { preview } from "~/conversations/text";
import { belongs, type InboxRow, type InboxView } from "~/inbox/inbox-row";
import type { EventView } from "~/realtime/frames";

export interface Reader {
  view: InboxView;
  me: string;
  /** The conversation that is open beside the list; what comes into it is being read. */
  openId: string | null;
}

/**
 * The rows after a pushed fact: a message moves its row up with its words, assignments and states change it, and a row
 * that no longer belongs in this list leaves it. Rows that are not here yet come with the next reading.
 */
export function afterListEvent(rows: readonly InboxRow[], event: EventView, reader: Reader): InboxRow[] {
  const row = rows.find((one) => one.id === event.conversationId);
  if (!row) return [...rows];
  const changed = changedBy(row, event, reader);
  if (changed === row) return [...rows];
  const others = rows.filter((one) => one.id !== row.id);
  if (!belongs(changed, reader.view, reader.me)) return others;
  return [...others, changed].sort(newestFirst);
}

/** Newest last message first, as the query has it. */
export function newestFirst(one: InboxRow, other: InboxRow): number {
  if (one.lastMessageAt !== other.lastMessageAt) return one.lastMessageAt < other.lastMessageAt ? 1 : -1;
  return one.id < other.id ? -1 : 1;
}

/**
 * The list after its first page was read anew: that page as it is, followed by the rows of further pages that were
 * loaded before, as far as they are older than it.
 */
export function afterListRead(known: readonly InboxRow[], read: readonly InboxRow[], hasMore: boolean): InboxRow[] {
  const last = read.at(-1);
  if (!hasMore || !last) return [...read];
  const ids = new Set(read.map((row) => row.id));
  return [...read, ...known.filter((row) => !ids.has(row.id) && newestFirst(last, row) < 0)];
}

/** The list with a further page behind it. */
export function afterListMore(known: readonly InboxRow[], more: readonly InboxRow[]): InboxRow[] {
  const ids = new Set(known.map((row) => row.id));
  return [...known, ...more.filter((row) => !ids.has(row.id))];
}

function changedBy(row: InboxRow, event: EventView, reader: Reader): InboxRow {
  const { message } = event;
  if (event.kind === "message.delivery") return delivered(row, event);
  if (event.kind === "message.changed") {
    // What staff take back gives the line to the one before it, which is read anew.
    if (message?.author !== "shopper" || message.at !== row.lastMessageAt) return row;
    return { ...row, lastMessageText: message.deletedAt ? "Deleted a message" : lineOf(message) };
  }
  if (message && message.author !== "app") {
    if (message.at < row.lastMessageAt) return row;
    const fromShopper = message.author === "shopper";
    return {
      ...row,
      lastMessageAt: message.at,
      lastMessageText: lineOf(message),
      lastMessageFrom: fromShopper ? "shopper" : "staff",
      waitingSince: fromShopper ? (row.waitingSince ?? message.at) : null,
      unread: fromShopper ? reader.openId !== row.id : row.unread && event.actorId !== reader.me,
    };
  }
  switch (event.kind) {
    case "conversation.assigned":
      return {
        ...row,
        assigneeId: (event.data.staffId as string | null) ?? null,
        assigneeName: (event.data.staffName as string | null) ?? null,
      };
    case "conversation.closed":
      return { ...row, status: "closed", waitingSince: null, snoozedUntil: null };
    case "conversation.reopened":
      return { ...row, status: "open", snoozedUntil: null };
    case "conversation.snoozed":
      return { ...row, status: "snoozed", snoozedUntil: String(event.data.until) };
    default:
      return row;
  }
}

const lineOf = (message: NonNullable<EventView["message"]>): string =>
  preview(message.text, message.attachments.length, message.content);

/** What was not sent brings its conversation back; what was sent after all may not be the only one, so that is read. */
function delivered(row: InboxRow, event: EventView): InboxRow {
  if (event.data.state !== "failed" && event.data.state !== "unclear") return row;
  return {
    ...row,
    undelivered: true,
    status: "open",
    snoozedUntil: null,
    waitingSince: row.waitingSince ?? event.at,
  };
}
