import type { FactView } from "~/conversations/thread-entry";
import { money } from "../money";
import { dayAndTime } from "../time";

export interface FactWords {
  /** The reader, who is called "You". */
  me: string;
  locale: string;
  timeZone: string;
}

/** A fact of a conversation as one sentence for staff; null for facts that are not worth a line there. */
export function factWords(fact: FactView, words: FactWords): string | null {
  const who = fact.actorId !== null && fact.actorId === words.me ? "You" : (fact.actorName ?? "Throughline");
  switch (fact.kind) {
    case "conversation.assigned":
      return assigned(fact, who, words);
    case "conversation.closed":
      return `${who} closed this conversation`;
    case "conversation.reopened":
      if (fact.data.because === "message") return "The shopper wrote again, so this conversation is open";
      return fact.data.because === "snooze-over" ? "The snooze is over" : `${who} reopened this conversation`;
    case "conversation.snoozed":
      return `${who} snoozed this until ${dayAndTime(fact.data.until, words.locale, words.timeZone)}`;
    case "conversation.rated":
      return `The shopper rated this conversation ${fact.data.score} of 5`;
    case "customer.identified":
      return identified(fact.data.grade);
    case "cart.ordered":
      return "The shopper paid for the cart";
    case "draft-order.created":
      return `${who} created draft order ${fact.data.name} for ${amount(fact.data, words)}`;
    case "draft-order.updated":
      return `Draft order ${fact.data.name} was changed to ${amount(fact.data, words)}`;
    case "draft-order.invoice-sent":
      return fact.data.by === "conversation"
        ? `${who} sent the invoice of ${fact.data.name} into this conversation`
        : `${who} sent the invoice of ${fact.data.name} by e-mail`;
    case "draft-order.paid":
      return `Draft order ${fact.data.name} was paid as order ${fact.data.orderName}`;
    case "draft-order.voided":
      return fact.data.because === "cart-paid"
        ? `Draft order ${fact.data.name} is void: the shopper paid for the cart instead`
        : `Draft order ${fact.data.name} was deleted in Shopify`;
    case "sale.doubled":
      return `The cart and its draft order were both paid, as ${fact.data.orderName} and ${fact.data.otherOrderName}. Ask the shopper whether they wanted both.`;
    case "sale.recorded":
      return `Sale of ${amount(fact.data, words)} counted for this conversation`;
    case "conversation.opened":
      return fact.data.because ?? null;
    case "conversation.joined":
      return `Someone else writes here from now on. ${fact.data.because}`;
    case "conversation.split":
      return splitWords(fact, who);
    case "conversation.unsplit":
      return `${who} undid the split: the messages are back`;
    case "message.received":
    case "message.sent":
    case "message.delivery":
    case "message.changed":
    case "note.added":
    case "conversation.seen":
    case "conversation.delivered":
    case "shopify.read":
    case "visitor.viewed":
    case "cart.changed":
    case "cart.emptied":
    case "cart.checkout-started":
    case "consent.given":
    case "consent.withdrawn":
    case "call.started":
    case "call.changed":
    case "call.ended":
    case "call.wrapped-up":
    case "contact.logged":
    case "customer.noted":
    case "customer.merged":
    case "customer.unmerged":
    case "customer.parted":
    case "customer.linked":
    case "customer.unlinked":
      return null;
  }
}

/** The fact that stands first is of the conversation that begins with it. */
function splitWords({ data: { messages }, position }: Extract<FactView, { kind: "conversation.split" }>, who: string) {
  const what = messages === 1 ? "a message" : `${messages} messages`;
  return position === 1 ? `${who} moved ${what} here` : `${who} moved ${what} to a new conversation`;
}

function assigned(fact: Extract<FactView, { kind: "conversation.assigned" }>, who: string, words: FactWords): string {
  const { staffId, staffName } = fact.data;
  if (staffId === null) return `${who} made this unassigned`;
  if (staffId === fact.actorId) return `${who} took this conversation`;
  return `${who} assigned this to ${staffId === words.me ? "you" : (staffName ?? "someone no longer on the team")}`;
}

function identified(grade: string): string {
  if (grade === "signed-in") return "The shopper signed in to the store";
  if (grade === "staff-confirmed") return "Your team confirmed who this is";
  return "The shopper said who they are; this is not proven";
}

function amount(data: { total: number; currency: string }, words: FactWords): string {
  return money(data.total, data.currency, words.locale);
}
