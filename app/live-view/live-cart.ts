import type { CartLine } from "~/carts/cart";

/** A cart is live while it changed within this, in milliseconds … */
export const changedWithin = 30 * 60_000;
/** … or while its shopper's browser was heard of within this. */
export const seenWithin = 5 * 60_000;

/** One shopper with a cart, as Live view shows them. Times are ISO 8601, money is in minor units of `currency`. */
export interface LiveCart {
  id: string;
  currency: string;
  total: number;
  itemCount: number;
  lines: Pick<CartLine, "key" | "title" | "variantTitle" | "image" | "quantity" | "price" | "lineTotal">[];
  discountCodes: string[];
  changedAt: string;
  createdAt: string;
  /** When the shopper went on to the checkout. */
  checkoutAt: string | null;
  /** Null for a cart that only webhooks told of. */
  shopper: {
    visitorId: string;
    /** Whether the browser was heard of within `seenWithin`. */
    here: boolean;
    /** When this visit began. */
    since: string;
    lastSeenAt: string;
    visits: number;
    /** ISO 3166-1 alpha-2 */
    countryCode: string | null;
    /** Only kept with the shopper's permission. */
    page: { path: string; title: string | null } | null;
    name: string | null;
    email: string | null;
    /** The storefront vouches for who this is; without it name and e-mail are what they said. */
    identified: boolean;
  } | null;
  conversation: { id: string; status: string } | null;
  draftOrder: { id: string; name: string } | null;
}

export const sorts = ["changed", "value", "time"] as const;
export type LiveSort = (typeof sorts)[number];

export interface LiveFilter {
  chat: "any" | "with" | "without";
  identifiedOnly: boolean;
  /** Minor units; carts worth less are left out. */
  valueFrom: number | null;
  /** In names, addresses, products, pages. */
  search: string;
}

export const noFilter: LiveFilter = { chat: "any", identifiedOnly: false, valueFrom: null, search: "" };
