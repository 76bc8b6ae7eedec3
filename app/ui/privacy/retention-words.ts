import type { Retention } from "~/privacy/retention-bounds";

/** Each kind as the page calls it. */
export const retentionWords: Record<keyof Retention, { label: string; help: string }> = {
  closedConversationDays: {
    label: "Closed conversations",
    help: "With their messages, notes and files, counted from when they were closed.",
  },
  attachmentDays: { label: "Files in conversations", help: "The message stays." },
  pageViewDays: { label: "Pages that shoppers looked at", help: "Of those who allowed it." },
  silentVisitorDays: {
    label: "Browsers that never wrote and left no cart",
    help: "Counted from when they were last on your storefront.",
  },
  eventMonths: {
    label: "The log of what happened",
    help: "The lines between the messages, such as who assigned a conversation.",
  },
  webhookDays: { label: "What Shopify sent", help: "Its content goes as soon as it is handled; this is for the rest." },
};

const counted: Record<string, [string, string]> = {
  conversations: ["conversation", "conversations"],
  files: ["file", "files"],
  pageViews: ["page view", "page views"],
  visitors: ["browser", "browsers"],
  events: ["line of the log", "lines of the log"],
  webhooks: ["webhook", "webhooks"],
};

/** "removed 3 conversations and 12 page views." */
export function countWords(counts: Record<string, number>, locale = "en"): string {
  const parts = Object.entries(counted).flatMap(([kind, [one, many]]) => {
    const count = counts[kind] ?? 0;
    return count > 0 ? [`${count.toLocaleString(locale)} ${count === 1 ? one : many}`] : [];
  });
  if (parts.length === 0) return "nothing had had its time.";
  return `removed ${new Intl.ListFormat("en", { type: "conjunction" }).format(parts)}.`;
}
