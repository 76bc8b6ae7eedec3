import type { Mailbox } from "../../content";

/** A mail as it was understood. Everything in it is bounded (`limits.ts`), and nothing in it is proven. */
export interface ReadMail {
  /** Without its angle brackets; null when there is none or none that could name a mail. Others likewise. */
  messageId: string | null;
  inReplyTo: string[];
  /** The last is the nearest. Of very many, the first and the nearest ones. */
  references: string[];
  from: Mailbox | null;
  sender: Mailbox | null;
  replyTo: Mailbox[];
  to: Mailbox[];
  cc: Mailbox[];
  /** How many addresses To and Cc hold, also those beyond what is listed. */
  recipientCount: number;
  /** The address in Return-Path; an empty text for `<>`, which is how a bounce comes; null when there is none. */
  returnPath: string | null;
  /** Addresses in Delivered-To, X-Original-To and Envelope-To, the outermost first. */
  deliveredTo: string[];
  /** When the sender's machine says that it was written. */
  date: Date | null;
  /** In one line, decoded. */
  subject: string;
  /** Of the mail itself: names in lower case, values unfolded and with encoded words decoded, in their order. */
  headers: ReadonlyMap<string, readonly string[]>;
  /**
   * The best plain text, lines ending in `\n`. Paragraphs that were wrapped as format=flowed are one line each. What was
   * made from HTML keeps its quotes as `> `.
   */
  text: string;
  /** Whether `text` was made from HTML because no text worth reading stood beside it. */
  textFromHtml: boolean;
  /** Sanitised (`html/sanitise.ts`); null when there is none. */
  html: string | null;
  /** Whether pictures wait in `data-blocked-src`. */
  hasRemoteImages: boolean;
  files: MailFile[];
  calendar: MailEvent | null;
  report: MailReport | null;
  /** Mails that were attached to this one, readable; each is a file as well. */
  attachedMails: AttachedMail[];
  /** What could not be read or was left out, in sentences for staff. */
  problems: string[];
  /** Nothing of its content could be read; headers hold what could be found. */
  unreadable: boolean;
}

export interface MailFile {
  /** Never empty, never a path: a file without a name is named by its kind. */
  name: string;
  /** As the mail says, in lower case; the bytes decide what it is. */
  mediaType: string;
  content: Uint8Array;
  /** Without its angle brackets. */
  contentId: string | null;
  /** Stands inside the text rather than beside it. */
  inline: boolean;
  /** Which part of the mail it was; `tnef` is the inside of a winmail.dat. */
  from: "attachment" | "calendar" | "message" | "tnef";
}

/** An invitation, or the answer to one. */
export interface MailEvent {
  /** REQUEST, REPLY, CANCEL … in upper case. */
  method: string | null;
  summary: string;
  start: EventTime | null;
  end: EventTime | null;
  location: string | null;
  organizer: Mailbox | null;
}

export interface EventTime {
  at: Date;
  /** A day rather than a moment: `at` is its midnight in UTC. */
  allDay: boolean;
  /** As the invitation names the zone; null for UTC, and for times that belong to no zone, which are read as UTC. */
  zone: string | null;
}

/** A multipart/report (RFC 6522), such as a bounce. */
export interface MailReport {
  /** delivery-status, disposition-notification, feedback-report … in lower case. */
  type: string;
  /** The part for machines, as text with unfolded lines and blank lines between its groups; null when it is missing. */
  status: string | null;
  /** Headers of the mail that it is about; null when they did not come back. */
  originalHeaders: ReadonlyMap<string, readonly string[]> | null;
  originalMessageId: string | null;
}

export interface AttachedMail {
  messageId: string | null;
  from: Mailbox | null;
  to: Mailbox[];
  date: Date | null;
  subject: string;
  text: string;
}
