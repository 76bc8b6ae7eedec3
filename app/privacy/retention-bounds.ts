/** How long a kind of data is kept: in days but for the log, which goes by months. Null: until somebody asks for its erasure. */
export interface Retention {
  closedConversationDays: number | null;
  attachmentDays: number | null;
  pageViewDays: number;
  silentVisitorDays: number;
  eventMonths: number;
  webhookDays: number;
}

export interface Bounds {
  least: number;
  most: number;
  /** Whether it may be kept without an end. */
  endless: boolean;
  usual: number | null;
  unit: "days" | "months";
}

/** What a merchant may choose, and what holds until they do. docs/operate.md says the same. */
export const bounds: Record<keyof Retention, Bounds> = {
  closedConversationDays: { least: 30, most: 3_650, endless: true, usual: null, unit: "days" },
  attachmentDays: { least: 7, most: 3_650, endless: true, usual: null, unit: "days" },
  pageViewDays: { least: 1, most: 90, endless: false, usual: 90, unit: "days" },
  silentVisitorDays: { least: 1, most: 30, endless: false, usual: 30, unit: "days" },
  // The log is what the Inbox's lines between messages and what an open page missed are read from.
  eventMonths: { least: 3, most: 13, endless: false, usual: 13, unit: "months" },
  // A job that handles one is tried for about three days.
  webhookDays: { least: 4, most: 7, endless: false, usual: 7, unit: "days" },
};

/** Days for which the raw of what came in through a channel is kept, and then that it came. Never longer than files are. */
export const rawInboundDays = 30;
export const inboundDays = 90;

export const retentionKinds = Object.keys(bounds) as (keyof Retention)[];
