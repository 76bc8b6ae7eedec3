import type { EntryData, EntryKind } from "~/timeline/catalogue";
import type { EventData, EventKind, EventSubjects } from "./catalogue";

/** What a fact of the log says in a person's story. */
export type StoryEntry = {
  [Kind in EntryKind]: {
    subjectId: string;
    /** The row that the text is joined from; null lets the entry be known by its place in the log. */
    id: string | null;
    kind: Kind;
    ref: string | null;
    data: EntryData[Kind];
  };
}[EntryKind];

type Entry = {
  [Kind in EntryKind]: { id?: string; kind: Kind; ref: string | null; data: EntryData[Kind] };
}[EntryKind];

/** What of a fact its entry is made from. `staffId` is set when a member of staff acted. */
interface Fact<Kind extends EventKind> {
  data: EventData[Kind];
  subjects: EventSubjects;
  staffId: string | null;
}

interface Telling<Kind extends EventKind> {
  /**
   * In whose story: the customer's of the conversation, who stays the same when the browser changes hands; or the
   * browser's, which is of whoever it turns out to belong to.
   */
  under: "customer" | "visitor";
  entry: (fact: Fact<Kind>) => Entry;
}

const inConversation = { under: "customer" } as const;
const inBrowser = { under: "visitor" } as const;

/**
 * Every kind of fact with the entry it becomes; null for what is no part of the story, or is told elsewhere: sales are
 * orders, which are told from Shopify's own records.
 */
const tellings: { [Kind in EventKind]: Telling<Kind> | null } = {
  "conversation.opened": {
    ...inConversation,
    entry: ({ data, subjects, staffId }) => ({
      kind: "conversation.opened",
      ref: chat(subjects),
      data: { ...by(staffId), channel: data.channel },
    }),
  },
  "message.received": {
    ...inConversation,
    entry: ({ data, subjects }) => ({ id: data.messageId, kind: "message.received", ref: chat(subjects), data: {} }),
  },
  "message.sent": {
    ...inConversation,
    entry: ({ data, subjects, staffId }) => ({
      id: data.messageId,
      kind: "message.sent",
      ref: chat(subjects),
      data: by(staffId),
    }),
  },
  "conversation.joined": null,
  // Once, in the story of whose conversation it was.
  "conversation.split": {
    ...inConversation,
    entry: ({ data, subjects, staffId }) => ({
      kind: "conversation.split",
      ref: chat(subjects),
      data: { ...by(staffId), intoId: data.intoId },
    }),
  },
  "conversation.unsplit": {
    ...inConversation,
    entry: ({ data, staffId }) => ({ kind: "conversation.unsplit", ref: data.fromId, data: by(staffId) }),
  },
  "message.delivery": null,
  "message.changed": null,
  "note.added": {
    ...inConversation,
    entry: ({ data, subjects, staffId }) => ({
      id: data.noteId,
      kind: "note.added",
      ref: chat(subjects),
      data: by(staffId),
    }),
  },
  "conversation.assigned": {
    ...inConversation,
    entry: ({ data, subjects, staffId }) => ({
      kind: "conversation.assigned",
      ref: chat(subjects),
      data: { ...by(staffId), toStaffId: data.staffId },
    }),
  },
  "conversation.closed": {
    ...inConversation,
    entry: ({ subjects, staffId }) => ({ kind: "conversation.closed", ref: chat(subjects), data: by(staffId) }),
  },
  "conversation.reopened": {
    ...inConversation,
    entry: ({ data, subjects, staffId }) => ({
      kind: "conversation.reopened",
      ref: chat(subjects),
      data: { ...by(staffId), because: data.because },
    }),
  },
  "conversation.snoozed": {
    ...inConversation,
    entry: ({ data, subjects, staffId }) => ({
      kind: "conversation.snoozed",
      ref: chat(subjects),
      data: { ...by(staffId), until: data.until },
    }),
  },
  "conversation.seen": null,
  "conversation.delivered": null,
  "conversation.rated": {
    ...inConversation,
    entry: ({ data, subjects }) => ({ kind: "conversation.rated", ref: chat(subjects), data: { score: data.score } }),
  },
  "call.started": null,
  "call.changed": null,
  // In place of the message that stands for it, whose id it has.
  "call.ended": {
    ...inConversation,
    entry: ({ data: { messageId, takenBy, direction, outcome, seconds }, subjects }) => ({
      id: messageId,
      kind: "call.ended",
      ref: chat(subjects),
      data: { ...by(takenBy), direction, outcome, seconds },
    }),
  },
  "call.wrapped-up": null,
  "contact.logged": {
    ...inConversation,
    entry: ({ data: { messageId, contact, outcome }, subjects, staffId }) => ({
      id: messageId,
      kind: "contact.logged",
      ref: chat(subjects),
      data: { ...by(staffId), contact, outcome },
    }),
  },
  "customer.identified": {
    ...inConversation,
    entry: ({ data }) => ({
      kind: "customer.identified",
      ref: null,
      data: { grade: data.grade, identity: data.identity },
    }),
  },
  "customer.noted": {
    ...inConversation,
    entry: ({ data, staffId }) => ({ id: data.noteId, kind: "customer.noted", ref: null, data: by(staffId) }),
  },
  "customer.merged": { ...inConversation, entry: ({ data, staffId }) => merge("customer.merged", data, staffId) },
  "customer.unmerged": { ...inConversation, entry: ({ data, staffId }) => merge("customer.unmerged", data, staffId) },
  "customer.parted": null,
  "customer.linked": { ...inConversation, entry: ({ data, staffId }) => link("customer.linked", data, staffId) },
  "customer.unlinked": { ...inConversation, entry: ({ data, staffId }) => link("customer.unlinked", data, staffId) },
  "consent.given": { ...inConversation, entry: ({ data, staffId }) => consent("consent.given", data, staffId) },
  "consent.withdrawn": { ...inConversation, entry: ({ data, staffId }) => consent("consent.withdrawn", data, staffId) },
  "shopify.read": null,
  "visitor.viewed": {
    ...inBrowser,
    entry: ({ data: { path, title, productId } }) => ({
      kind: productId ? "product.viewed" : "page.viewed",
      ref: productId,
      data: { path, title },
    }),
  },
  "cart.changed": {
    ...inBrowser,
    entry: ({ data: { total, itemCount, currency }, subjects }) => ({
      kind: "cart.changed",
      ref: subjects.cartId ?? null,
      data: { total, itemCount, currency },
    }),
  },
  "cart.ordered": {
    ...inBrowser,
    entry: ({ data, subjects }) => ({
      kind: "cart.ordered",
      ref: subjects.cartId ?? null,
      data: { orderId: data.orderId },
    }),
  },
  "cart.emptied": {
    ...inBrowser,
    entry: ({ subjects }) => ({ kind: "cart.emptied", ref: subjects.cartId ?? null, data: {} }),
  },
  "cart.checkout-started": {
    ...inBrowser,
    entry: ({ subjects }) => ({ kind: "checkout.started", ref: subjects.cartId ?? null, data: {} }),
  },
  "draft-order.created": {
    ...inConversation,
    entry: ({ data: { draftOrderId, name, total, currency }, staffId }) => ({
      kind: "draft-order.created",
      ref: draftOrderId,
      data: { ...by(staffId), name, total, currency },
    }),
  },
  "draft-order.updated": {
    ...inConversation,
    entry: ({ data: { draftOrderId, name, total, currency }, staffId }) => ({
      kind: "draft-order.updated",
      ref: draftOrderId,
      data: { ...by(staffId), name, total, currency },
    }),
  },
  "draft-order.invoice-sent": {
    ...inConversation,
    entry: ({ data, staffId }) => ({
      kind: "draft-order.invoice-sent",
      ref: data.draftOrderId,
      data: { ...by(staffId), name: data.name, by: data.by },
    }),
  },
  "draft-order.paid": {
    ...inConversation,
    entry: ({ data: { draftOrderId, name, orderId, orderName } }) => ({
      kind: "draft-order.paid",
      ref: draftOrderId,
      data: { name, orderId, orderName },
    }),
  },
  "draft-order.voided": {
    ...inConversation,
    entry: ({ data: { draftOrderId, name, because } }) => ({
      kind: "draft-order.voided",
      ref: draftOrderId,
      data: { name, because },
    }),
  },
  "sale.doubled": null,
  "sale.recorded": null,
};

/** The entry of a fact; null when it has none, or when nobody is known in whose story it would stand. */
export function storyOf<Kind extends EventKind>(
  kind: Kind,
  data: EventData[Kind],
  subjects: EventSubjects,
  staffId: string | null,
): StoryEntry | null {
  const telling: Telling<Kind> | null = tellings[kind];
  if (!telling) return null;
  const { customerId, visitorId } = subjects;
  const subjectId = telling.under === "customer" ? (customerId ?? visitorId) : (visitorId ?? customerId);
  if (!subjectId) return null;
  return { id: null, ...telling.entry({ data, subjects, staffId }), subjectId };
}

function merge(
  kind: "customer.merged" | "customer.unmerged",
  { otherId, evidence }: EventData["customer.merged"],
  staffId: string | null,
): Entry {
  return { kind, ref: otherId, data: { ...by(staffId), evidence } };
}

function link(
  kind: "customer.linked" | "customer.unlinked",
  { otherId, relation }: EventData["customer.linked"],
  staffId: string | null,
): Entry {
  return { kind, ref: otherId, data: { ...by(staffId), relation } };
}

function consent(
  kind: "consent.given" | "consent.withdrawn",
  { consentId, channel, purpose, source }: EventData["consent.given"],
  staffId: string | null,
): Entry {
  return { kind, ref: consentId, data: { ...by(staffId), channel, purpose, source } };
}

function chat(subjects: EventSubjects): string | null {
  return subjects.conversationId ?? null;
}

function by(staffId: string | null): { staffId?: string } {
  return staffId ? { staffId } : {};
}
