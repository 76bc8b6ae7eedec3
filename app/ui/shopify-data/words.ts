import type { Kind } from "~/shopify-data/kinds";
import type { KindProgress } from "~/shopify-data/sync/progress";
import type { Problem } from "~/shopify-data/sync/runs";

export const kindWords: Record<Kind, string> = {
  customers: "Customers",
  orders: "Orders",
  products: "Products",
  "draft-orders": "Draft orders",
  checkouts: "Abandoned checkouts",
  companies: "Companies",
};

export const problemWords: Record<Problem, string> = {
  "not-permitted": "Shopify does not let this app read these in your shop, so they are not here.",
  "shopify-failed": "Shopify could not make the whole file. What it had is here; the rest is asked for again.",
  "file-expired": "Shopify's file was not there any more and is asked for again.",
  "file-gone": "Shopify no longer knows the file and is asked for it again.",
  refused: "Shopify refused to make the file.",
  uninstalled: "The app was removed from the shop while this was under way.",
  disconnected: "The app lost its connection to the shop while this was under way.",
};

/** The same for a kind that was given up. */
const givenUpWords: Partial<Record<Problem, string>> = {
  "shopify-failed": "Shopify failed each time it was asked. What it had is here. Sync again later.",
  "file-expired": "Shopify's file was gone each time. Sync again later.",
  "file-gone": "Shopify's file was gone each time. Sync again later.",
};

export function problemOf({ state, problem }: Pick<KindProgress, "state" | "problem">): string | null {
  if (!problem) return null;
  return (state === "failed" ? givenUpWords[problem] : undefined) ?? problemWords[problem];
}

/** "Line 12: no JSON" and how many more, in words for a person. */
export function malformedWords({ malformed, lines }: Pick<KindProgress, "malformed" | "lines">): string | null {
  if (malformed === 0) return null;
  const where = lines.map(({ line, reason }) => `line ${line} (${reason})`).join(", ");
  const more = malformed - lines.length;
  const said =
    malformed === 1 ? "1 line of Shopify's file" : `${malformed.toLocaleString("en")} lines of Shopify's file`;
  return `${said} could not be understood and ${malformed === 1 ? "was" : "were"} left out: ${where}${more > 0 ? ` and ${more.toLocaleString("en")} more` : ""}. Everything else is here.`;
}

const fieldWords: Record<string, string> = {
  emailAddress: "e-mail addresses",
  email: "e-mail addresses",
  defaultEmailAddress: "e-mail addresses",
  phoneNumber: "phone numbers",
  phone: "phone numbers",
  defaultPhoneNumber: "phone numbers",
  firstName: "first names",
  lastName: "last names",
  customer: "who the customer is",
};

/** Protected fields in words, each once: "e-mail addresses and phone numbers". */
export function fieldsInWords(fields: readonly string[]): string {
  const words = [...new Set(fields.map((field) => fieldWords[field] ?? field))];
  const last = words.pop() ?? "";
  return words.length > 0 ? `${words.join(", ")} and ${last}` : last;
}

/** Seconds as people say them. */
export function timeLeft(seconds: number): string {
  if (seconds < 60) return "less than a minute left";
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `about ${minutes} ${minutes === 1 ? "minute" : "minutes"} left`;
  const hours = Math.floor(minutes / 60);
  return `about ${hours} h ${minutes % 60} min left`;
}
