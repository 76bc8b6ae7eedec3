import type { ConsentChannel, ConsentEndpoint, ConsentPurpose, CurrentConsent } from "./consent";
import { effective, effectiveOfEach } from "./effective";

/** What one wants to do. */
export interface Wish {
  channel: ConsentChannel;
  purpose: ConsentPurpose;
  /** The address that it goes to; null when the channel has no other than the person. */
  endpoint: ConsentEndpoint | null;
}

/** The answer, and why: words for people are in `contact-words.ts`. */
export type Verdict =
  | { allowed: true; because: "given" | "answering" }
  | { allowed: false; because: "withdrawn" | "pending" | "never-asked" | "erased" };

/**
 * Whether a person may be contacted. Answering them and telling them of what they ordered needs no consent and ends only
 * with a withdrawal; selling to them, following what they look at and recording their voice need a consent that holds.
 * Without an address, all that were spoken of must be allowed.
 */
export function decideContact(wish: Wish, rows: readonly CurrentConsent[]): Verdict {
  const about = rows.filter((row) => row.channel === wish.channel && row.purpose === wish.purpose);
  const held = wish.endpoint
    ? [effective(about, wish.endpoint)]
    : about.length === 0
      ? [null]
      : effectiveOfEach(about).map(({ row }) => row);
  const states = held.map((row) => row?.state ?? null);
  if (states.includes("withdrawn")) return { allowed: false, because: "withdrawn" };
  if (wish.purpose === "service") return { allowed: true, because: "answering" };
  if (states.includes("pending")) return { allowed: false, because: "pending" };
  return states.includes(null) ? { allowed: false, because: "never-asked" } : { allowed: true, because: "given" };
}
