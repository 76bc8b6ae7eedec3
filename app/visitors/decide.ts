/** What is known of the browser that shows a key. */
export interface KnownVisitor {
  /** The Shopify customer (a gid) whose storefront session once vouched for this browser, or null. */
  signedInAs: string | null;
  /** Whether an e-mailed code was confirmed there and no longer holds. */
  hasLapsed: boolean;
  /** Whether what it was so far follows to who signs in: a nobody's does, and that of the very person who signs in. */
  follows: boolean;
}

/** What to do with the browser in front of us. */
export type Decision =
  | { act: "continue" }
  /** The same browser, now signed in: its chats follow to that customer. */
  | { act: "bind"; to: string }
  /** A browser of whom nothing may be assumed. `ends` says that the visitor behind the old key is over. */
  | { act: "start"; signedInAs: string | null; ends: boolean };

/**
 * Who a browser is. `known` is the visitor behind the key it showed (null without a key or with an unknown one);
 * `signedInNow` is the customer that Shopify's signature vouches for at this moment. A browser that was somebody's and
 * is now a guest's or somebody else's gets a fresh visitor, so that a shared computer never shows one person's chat to
 * the next; so does one where somebody else has confirmed an address, and where that is too long ago.
 */
export function decide(known: KnownVisitor | null, signedInNow: string | null): Decision {
  if (!known) return { act: "start", signedInAs: signedInNow, ends: false };
  if (known.signedInAs === signedInNow && !known.hasLapsed) return { act: "continue" };
  if (known.signedInAs === null && signedInNow !== null && known.follows) return { act: "bind", to: signedInNow };
  return { act: "start", signedInAs: signedInNow, ends: true };
}
