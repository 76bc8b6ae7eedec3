/** The part of Shopify's `shopify.i18n` that the words here are made with. */
export interface Words {
  translate(key: string, options?: Record<string, string | number>): string;
  formatDate(date: Date, options?: { inExtensionLocale?: boolean } & Intl.DateTimeFormatOptions): string;
  formatNumber(number: number, options?: Intl.NumberFormatOptions): string;
}

/** A time as staff read it in the app: the day and the minute by the store's clock, in the language of the words beside it. */
export function timeWords(words: Words, iso: string, timeZone: string | null): string {
  const zone = timeZone ? { timeZone } : {};
  return words.formatDate(new Date(iso), { inExtensionLocale: true, dateStyle: "medium", timeStyle: "short", ...zone });
}

const statuses = ["open", "snoozed", "closed"];
const channels = ["chat"];
const authors = ["shopper", "staff", "app"];

/** A word of ours in the admin's language; one that is newer than this block stands as it is. */
export function statusWord(words: Words, status: string): string {
  return statuses.includes(status) ? words.translate(`status.${status}`) : status;
}

export function channelWord(words: Words, channel: string): string {
  return channels.includes(channel) ? words.translate(`channel.${channel}`) : channel;
}

export function wroteWords(words: Words, from: string, time: string): string {
  return words.translate(`wrote.${authors.includes(from) ? from : "app"}`, { time });
}
