/** What the shop's own segments, Flow and themes may know of a customer's conversations. Names and words are not in it. */
export interface Summary {
  /** When either side last wrote, ISO 8601; null when nobody has. */
  lastContactAt: string | null;
  /** Conversations that are not closed. */
  openMatters: number;
  /** Since when the shopper waits for an answer, ISO 8601; null when they do not. */
  waitingSince: string | null;
  /** In alphabetical order. */
  channels: string[];
  /** Mean of the ratings, one to five, to one decimal; null without any. */
  satisfaction: number | null;
  ratings: number;
}

export interface ConversationSummed {
  channel: string;
  status: string;
  lastMessageAt: Date;
  waitingSince: Date | null;
  score: number | null;
}

/** The summary of a person's conversations, whatever order they come in. */
export function summaryOf(conversations: readonly ConversationSummed[]): Summary {
  const open = conversations.filter(({ status }) => status !== "closed");
  const scores = conversations.flatMap(({ score }) => score ?? []);
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return {
    lastContactAt: iso(Math.max(...conversations.map(({ lastMessageAt }) => lastMessageAt.getTime()))),
    openMatters: open.length,
    waitingSince: iso(Math.min(...open.flatMap(({ waitingSince }) => waitingSince?.getTime() ?? []))),
    channels: [...new Set(conversations.map(({ channel }) => channel))].sort(),
    satisfaction: scores.length > 0 ? Math.round(mean * 10) / 10 : null,
    ratings: scores.length,
  };
}

/** Null for the extreme of nothing. */
function iso(time: number): string | null {
  return Number.isFinite(time) ? new Date(time).toISOString() : null;
}

/** One value of a customer's metafields; null takes it away. */
export interface SummaryField {
  key: string;
  type: string;
  value: string | null;
}

/**
 * The summary as metafields in the app's own namespace, each of a type that segments can filter by; `shopify.app.toml`
 * defines the same keys. https://shopify.dev/docs/apps/build/custom-data/metafields/list-of-data-types
 */
export function fieldsOf(summary: Summary): SummaryField[] {
  return [
    { key: "last_contact", type: "date_time", value: summary.lastContactAt },
    { key: "open_matters", type: "number_integer", value: String(summary.openMatters) },
    { key: "waiting_since", type: "date_time", value: summary.waitingSince },
    { key: "channels", type: "list.single_line_text_field", value: JSON.stringify(summary.channels) },
    { key: "satisfaction", type: "number_decimal", value: summary.satisfaction?.toFixed(1) ?? null },
  ];
}
