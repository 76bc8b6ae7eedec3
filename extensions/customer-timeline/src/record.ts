/** What the app answers; `app/record/read-record.ts` makes it. Times are ISO 8601. */
export interface RecordView {
  shopifyCustomerId: string | null;
  name: string | null;
  conversations: RecordConversation[];
  openMatters: number;
  waitingSince: string | null;
  satisfaction: number | null;
  ratings: number;
  reach: { possible: boolean; words: string };
  /** IANA name of the store's time zone. */
  timeZone: string | null;
}

export interface RecordConversation {
  id: string;
  channel: string;
  status: string;
  lastMessageText: string;
  lastMessageFrom: string;
  lastMessageAt: string;
  assigneeName: string | null;
}

/** Which of Shopify's pages this stands on. */
export type Page = "customer" | "order";

/** Something that the app refused, in words for the person who asked. */
export class Refused extends Error {}

/**
 * Asks the app about the record on the page. Shopify sends the session token along with a request to the app's own
 * address. Throws Refused with the app's words, or what `fetch` throws.
 * https://shopify.dev/docs/api/admin-extensions/latest#app-authentication
 */
export async function readRecord(page: Page, id: string): Promise<RecordView> {
  return answered<RecordView>(await fetch(`/record?${page}=${encodeURIComponent(id)}`));
}

/** Writes to the customer first. The same `clientKey` twice is one message. Throws as `readRecord` does. */
export async function sendFirst(
  customer: string,
  text: string,
  clientKey: string,
): Promise<{ conversationId: string }> {
  const response = await fetch("/record", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ customer, text, clientKey }),
  });
  return answered(response);
}

async function answered<Answer>(response: Response): Promise<Answer> {
  if (response.ok) return (await response.json()) as Answer;
  const { error } = (await response.json().catch(() => ({}))) as {
    error?: { message?: string; fields?: { message: string }[] };
  };
  throw new Refused(error?.fields?.[0]?.message ?? error?.message ?? "");
}

/** The number at the end of one of Shopify's ids. */
export function numberOf(gid: string): string {
  return gid.slice(gid.lastIndexOf("/") + 1);
}
