/** What every entry may say besides: which member of staff did it, by our id; the name is joined at reading. */
interface ByStaff {
  staffId?: string | null;
}

/** Of whose order, and how it is called: "#1042". Every entry about a part of an order has both. */
interface OfOrder {
  /** gid://shopify/Order/… */
  orderId: string;
  name: string;
}

/** Minor units of `currency` (ISO 4217). */
interface Sum {
  total: number;
  currency: string;
}

/**
 * Every kind of entry, with its data and, in the comment, its `ref`. Data never holds what a person wrote, nor a name or
 * an address of theirs: those are joined at reading and go with their own rows. Times (`at`) are of the record itself
 * and do not change; one that does change is told with `retell`.
 */
export interface EntryData {
  // Conversations. `ref` is our id of the conversation; the entry's id is the message's or the note's.
  "message.received": { channel?: string };
  "message.sent": ByStaff & { channel?: string };
  "note.added": ByStaff;
  /** A note on the person, in no conversation: the entry's id is that of the row in `customer_note`. `ref` is null. */
  "customer.noted": ByStaff;
  "conversation.opened": ByStaff & { channel: string };
  "conversation.assigned": ByStaff & { toStaffId: string | null };
  "conversation.closed": ByStaff;
  "conversation.reopened": ByStaff & { because: "staff" | "message" | "snooze-over" };
  "conversation.snoozed": ByStaff & { until: string };
  /** A part of it became the conversation `intoId`; told in both. */
  "conversation.split": ByStaff & { intoId: string };
  "conversation.unsplit": ByStaff;
  /** One to five. */
  "conversation.rated": { score: number };
  /** A telephone call; the entry's id is that of its message. `staffId` talked last. `seconds` of talk. */
  "call.ended": ByStaff & { direction: string; outcome: string; seconds: number };
  /** A visit or a call that staff wrote down; the entry's id is that of its message. */
  "contact.logged": ByStaff & { contact: "visit" | "call"; outcome: string };

  // The storefront, under the visitor. `ref` is the product's gid for a product, else null.
  "page.viewed": { path: string; title: string | null };
  "product.viewed": { path: string; title: string | null };
  "storefront.searched": { query: string; results: number | null };

  // `ref` is our id of the cart; of a checkout that Shopify told of, its gid.
  "cart.changed": Sum & { itemCount: number };
  "cart.emptied": Record<string, never>;
  /** It became an order, which may stand in the story of somebody whom Shopify knows and this browser has not proven to be. */
  "cart.ordered": { orderId: string };
  "checkout.started": Partial<Sum>;
  "checkout.step": { step: "contact" | "shipping" | "payment" };
  "checkout.abandoned": Sum & { itemCount: number; titles: string[]; recoveredAt?: string | null };

  // Orders. `ref` is the gid of the order, of the transaction for a payment.
  "order.placed": Sum & { name: string; itemCount: number; titles: string[] };
  "order.cancelled": { name: string; reason: string | null };
  /** `step` as Shopify's transaction went: what failed is told too. */
  "order.payment": OfOrder &
    Sum & { step: "authorized" | "pending" | "paid" | "voided" | "failed"; gateway: string | null };

  // Fulfilments. `ref` is the gid of the fulfilment, or of the fulfilment event for a step.
  "fulfillment.created": OfOrder & { itemCount: number; carrier: string | null; cancelled?: boolean };
  /** `status` is Shopify's FulfillmentEventStatus in lower case: in_transit, out_for_delivery, attempted_delivery … */
  "fulfillment.step": OfOrder & { status: string };
  "fulfillment.delivered": OfOrder;

  // Returns and refunds. `ref` is the gid of the return or the refund.
  "return.opened": OfOrder & { returnName: string; itemCount: number; requested: boolean };
  "return.closed": OfOrder & { returnName: string; how: "closed" | "declined" | "cancelled" };
  "refund.made": OfOrder & Sum & { itemCount: number };

  /**
   * Draft orders. Those that were made here are told by the verb that made them, under the customer of the conversation,
   * and `ref` is our id of the row. The mirror of Shopify's data tells only those that have no row in `draft_order`, with
   * Shopify's gid as `ref`.
   */
  "draft-order.created": ByStaff & Sum & { name: string };
  "draft-order.updated": ByStaff & Sum & { name: string };
  "draft-order.invoice-sent": ByStaff & { name: string; by: "conversation" | "e-mail" | "shopify" };
  "draft-order.paid": { name: string; orderId: string; orderName: string };
  "draft-order.voided": { name: string; because: "cart-paid" | "deleted-in-shopify" };

  // People. `ref` is our id of the other customer row.
  "customer.identified": { grade: string; identity: string };
  "customer.merged": ByStaff & { evidence: string };
  "customer.unmerged": ByStaff & { evidence: string };
  "customer.linked": ByStaff & { relation: string };
  "customer.unlinked": ByStaff & { relation: string };

  // Consent. `ref` is our id of the row.
  "consent.given": ByStaff & { channel: string; purpose: string; source: string };
  "consent.withdrawn": ByStaff & { channel: string; purpose: string; source: string };
}

export type EntryKind = keyof EntryData;

/** What a member of staff can ask to see alone. */
export type EntryGroup =
  | "messages"
  | "notes"
  | "browsing"
  | "carts"
  | "orders"
  | "deliveries"
  | "returns"
  | "identity"
  | "consent"
  | "work";

/** Which filter shows which kind. */
export const groupOf: Record<EntryKind, EntryGroup> = {
  "message.received": "messages",
  "message.sent": "messages",
  "note.added": "notes",
  "customer.noted": "notes",
  "conversation.opened": "work",
  "conversation.assigned": "work",
  "conversation.closed": "work",
  "conversation.reopened": "work",
  "conversation.snoozed": "work",
  "conversation.split": "work",
  "conversation.unsplit": "work",
  "conversation.rated": "messages",
  "call.ended": "messages",
  "contact.logged": "messages",
  "page.viewed": "browsing",
  "product.viewed": "browsing",
  "storefront.searched": "browsing",
  "cart.changed": "carts",
  "cart.emptied": "carts",
  "cart.ordered": "carts",
  "checkout.started": "carts",
  "checkout.step": "carts",
  "checkout.abandoned": "carts",
  "order.placed": "orders",
  "order.cancelled": "orders",
  "order.payment": "orders",
  "fulfillment.created": "deliveries",
  "fulfillment.step": "deliveries",
  "fulfillment.delivered": "deliveries",
  "return.opened": "returns",
  "return.closed": "returns",
  "refund.made": "returns",
  "draft-order.created": "orders",
  "draft-order.updated": "orders",
  "draft-order.invoice-sent": "orders",
  "draft-order.paid": "orders",
  "draft-order.voided": "orders",
  "customer.identified": "identity",
  "customer.merged": "identity",
  "customer.unmerged": "identity",
  "customer.linked": "identity",
  "customer.unlinked": "identity",
  "consent.given": "consent",
  "consent.withdrawn": "consent",
};

export const entryKinds = Object.keys(groupOf) as EntryKind[];
export const entryGroups = [...new Set(Object.values(groupOf))];

/** Where an entry stands and which it is: the key of its row, within the shop. */
export interface EntryKey {
  /** A customer's or a visitor's id, or `subjectOf` a gid. */
  subjectId: string;
  /** When it happened, to the millisecond. */
  at: Date;
  /** The message's or note's own id, or `entryId(kind, ref)`; of what only the log knows, made from its place there. */
  id: string;
}

/** One entry as `tell` takes it. */
export type Told = {
  [Kind in EntryKind]: EntryKey & { kind: Kind; ref: string | null; data: EntryData[Kind] };
}[EntryKind];
