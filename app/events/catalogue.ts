/**
 * Every kind of fact the log can hold, with the data that each carries. Consumers switch over these keys, so a new
 * kind is a type error wherever it is not yet handled. Data never holds what a person wrote: readers load that by id.
 */
export interface EventData {
  /** `because`, where it is not what one would expect, for staff; `linkedTo` is the conversation that it was kept out of. */
  "conversation.opened": { channel: string; because?: string; linkedTo?: string | null };
  /** Somebody else writes in it from now on. */
  "conversation.joined": { customerId: string; because: string };
  /** Staff began a new conversation with a part of another one; told in both. `messages` counts what was moved. */
  "conversation.split": { fromId: string; intoId: string; messages: number };
  /** The new one was put back: `intoId` is no more. */
  "conversation.unsplit": { fromId: string; intoId: string };
  "message.received": { messageId: string };
  "message.sent": { messageId: string };
  /** How far a message of ours has come on its channel. */
  "message.delivery": { messageId: string; state: string };
  /** Edited, taken back, or reacted to by the other side. */
  "message.changed": { messageId: string };
  "note.added": { noteId: string };
  "conversation.assigned": { staffId: string | null; staffName: string | null };
  "conversation.closed": Record<string, never>;
  "conversation.reopened": { because: "staff" | "message" | "snooze-over" };
  "conversation.snoozed": { until: string };
  "conversation.seen": { by: "shopper" | "staff"; position: number };
  "conversation.delivered": { position: number };
  /** One to five. */
  "conversation.rated": { score: number };
  /** A telephone call began; `call.changed` is everything that becomes of it until `call.ended`. */
  "call.started": { callId: string; direction: string };
  "call.changed": { callId: string; state: string };
  /** `outcome` as `calls/decide-call.ts` has it; `seconds` of talk, 0 when there was none; `takenBy` of the team talked last. */
  "call.ended": {
    callId: string;
    direction: string;
    outcome: string;
    seconds: number;
    takenBy: string | null;
    messageId: string;
  };
  "call.wrapped-up": { callId: string; code: string };
  /** Staff wrote down a visit or a call elsewhere. `contact` and `outcome` as `conversations/contacts/outcomes.ts` has them. */
  "contact.logged": { messageId: string; contact: "visit" | "call"; outcome: string };
  "customer.identified": { grade: string; identity: string };
  /** A note on the person, in no conversation. */
  "customer.noted": { noteId: string };
  /** Two leaves of the ledger are one person from now on; the subject is one of them. `opens`: to the shopper too. */
  "customer.merged": { mergeId: string; otherId: string; evidence: string; opens: boolean };
  "customer.unmerged": { mergeId: string; otherId: string; evidence: string; opens: boolean };
  /** Somebody whom this one was one person with was erased: nothing of them is named. */
  "customer.parted": Record<string, never>;
  "customer.linked": { linkId: string; otherId: string; relation: string };
  "customer.unlinked": { linkId: string; otherId: string; relation: string };
  "consent.given": { consentId: string; channel: string; purpose: string; source: string };
  "consent.withdrawn": { consentId: string; channel: string; purpose: string; source: string };
  /** Records of this kind were read again because Shopify told of them: what is open and shows some reads anew. */
  "shopify.read": { kind: string };
  "visitor.viewed": { path: string; title: string | null; productId: string | null };
  "cart.changed": { total: number; itemCount: number; currency: string };
  "cart.ordered": { orderId: string };
  "cart.emptied": Record<string, never>;
  "cart.checkout-started": Record<string, never>;
  "draft-order.created": { draftOrderId: string; name: string; total: number; currency: string };
  "draft-order.updated": { draftOrderId: string; name: string; total: number; currency: string };
  "draft-order.invoice-sent": {
    draftOrderId: string;
    name: string;
    by: "conversation" | "e-mail";
    /** The message that carried the link into the conversation. */
    messageId?: string;
  };
  "draft-order.paid": { draftOrderId: string; name: string; orderId: string; orderName: string };
  "draft-order.voided": { draftOrderId: string; name: string; because: "cart-paid" | "deleted-in-shopify" };
  /** The cart and its draft order were both paid: two real orders, of which `orderName` counts as the sale. */
  "sale.doubled": { orderName: string; otherOrderName: string };
  "sale.recorded": { orderId: string; orderName: string; total: number; currency: string; evidence: string };
}

export type EventKind = keyof EventData;

/** What a fact is about. `position` is its place in the conversation, for facts that are shown there. */
export interface EventSubjects {
  conversationId?: string | null;
  customerId?: string | null;
  visitorId?: string | null;
  cartId?: string | null;
  position?: number | null;
}

/** Facts about a conversation that the shopper's own page may hear of. Everything else is for staff. */
export const toldToShopper: ReadonlySet<EventKind> = new Set<EventKind>([
  "message.received",
  "message.sent",
  "conversation.closed",
  "conversation.reopened",
  "conversation.seen",
]);
