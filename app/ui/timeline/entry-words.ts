import { consentTitle } from "~/consent/words";
import { type ContactOutcome, outcomeWords } from "~/conversations/contacts/outcomes";
import { gradeWords } from "~/customers/grade-words";
import type { EntryData } from "~/timeline/catalogue";
import type { EntryView } from "~/timeline/entry-view";
import { callSentence } from "../calls/call-words";
import { wayOf } from "../channels/ways";
import { money } from "../money";
import { dayAndTime } from "../time";
import { orderLink, orderWords } from "./order-words";

/** Part of a sentence. What comes from outside is set apart, because it may run the other way. */
export type Piece = string | { name: string };

/** An entry in words for staff. */
export interface EntryWords {
  sentence: Piece[];
  /** A second, quieter line. */
  detail?: Piece[];
  /** Put on the last name in the sentence; where there is none it stands below, with these words. */
  link?: { url: string; words?: string; target?: "_blank" | "_top" };
}

export interface Reader {
  /** Our id of who reads, who is called "You". */
  me: string;
  locale: string;
  timeZone: string;
  /** The myshopify domain, for links to its storefront, and its name, which ends the title of most of its pages. */
  shop: { domain: string; name: string };
  /** The conversation beside which the story stands: no link leads to where one is. */
  conversationId?: string | undefined;
}

/** What the entry says, with the way to what it is about. */
export function entryWords(entry: EntryView, reader: Reader): EntryWords {
  const who = whoDid(entry, reader);
  switch (entry.kind) {
    case "message.received":
      return { sentence: ["Customer wrote", way(entry.data.channel)], ...chat(entry, reader) };
    case "message.sent":
      return {
        sentence: [who ?? "Throughline", who ? " replied" : " answered by itself", way(entry.data.channel)],
        ...chat(entry, reader),
      };
    case "note.added":
      return { sentence: [who ?? "A colleague", " added a note"], ...chat(entry, reader) };
    case "customer.noted":
      return { sentence: [who ?? "A colleague", " noted about this customer"] };
    case "conversation.opened":
      return { sentence: who ? [who, " started a conversation"] : ["Started a conversation"], ...chat(entry, reader) };
    case "conversation.assigned":
      return { sentence: assigned(entry, who, reader), ...chat(entry, reader) };
    case "conversation.closed":
      return { sentence: [who ?? "Throughline", " closed the conversation"], ...chat(entry, reader) };
    case "conversation.reopened":
      return { sentence: reopened(entry.data.because, who), ...chat(entry, reader) };
    case "conversation.split":
      return { sentence: [who ?? "A colleague", " split the conversation"], ...chat(entry, reader) };
    case "conversation.unsplit":
      return { sentence: [who ?? "A colleague", " undid a split of the conversation"], ...chat(entry, reader) };
    case "conversation.snoozed":
      return {
        sentence: [
          who ?? "Throughline",
          " snoozed the conversation until ",
          dayAndTime(entry.data.until, reader.locale, reader.timeZone),
        ],
        ...chat(entry, reader),
      };
    case "conversation.rated":
      return { sentence: [`Rated the conversation ${entry.data.score} of 5`], ...chat(entry, reader) };
    case "call.ended":
      return { sentence: callSentence(entry.data, who), ...chat(entry, reader) };
    case "contact.logged":
      return { sentence: contact(entry.data, who), ...chat(entry, reader) };
    case "page.viewed":
      return { sentence: ["Viewed ", titleOf(entry.data, reader)], ...page(entry.data.path, reader) };
    case "product.viewed":
      return {
        sentence: ["Viewed product ", titleOf(entry.data, reader)],
        ...page(entry.data.path, reader),
      };
    case "storefront.searched":
      return {
        sentence: ["Searched for ", { name: `“${entry.data.query}”` }],
        ...(entry.data.results === 0 ? { detail: ["Found nothing"] } : {}),
      };
    case "cart.changed":
      return { sentence: [`Changed the cart to ${items(entry.data.itemCount)}, ${sum(entry.data, reader)}`] };
    case "cart.emptied":
      return { sentence: ["Emptied the cart"] };
    case "cart.ordered":
      return { sentence: ["Paid for the cart"], ...orderLink(entry.data.orderId, "Open order") };
    case "checkout.started":
      return { sentence: ["Went on to the checkout"] };
    case "checkout.step":
      return { sentence: [checkoutSteps[entry.data.step]] };
    case "checkout.abandoned":
      return {
        sentence: [`Left a checkout of ${sum(entry.data, reader)} without paying`],
        detail: entry.data.recoveredAt ? ["Paid for later"] : titles(entry.data.titles),
      };
    case "customer.identified":
      return {
        sentence: [entry.data.grade === "claimed" ? "Gave contact details" : "Was identified"],
        detail: [gradeWords(entry.data.grade)],
      };
    case "customer.merged":
      return { sentence: [who ?? byItself(entry.data.evidence), " merged with ", other(entry)], ...person(entry) };
    case "customer.unmerged":
      return { sentence: [who ?? "Throughline", " undid the merge with ", other(entry)], ...person(entry) };
    case "customer.linked":
      return {
        sentence: [who ?? "A colleague", " linked ", other(entry), ` (${relation(entry.data.relation)})`],
        ...person(entry),
      };
    case "customer.unlinked":
      return { sentence: [who ?? "A colleague", " took away the link to ", other(entry)], ...person(entry) };
    case "consent.given":
      return { sentence: [`Agreed to ${consent(entry.data)}`], detail: source(entry.data.source, who) };
    case "consent.withdrawn":
      return { sentence: [`Withdrew consent to ${consent(entry.data)}`], detail: source(entry.data.source, who) };
    default:
      return orderWords(entry, who, reader);
  }
}

/** Who of the team did it: "You", their name, or null when nobody did. */
function whoDid(entry: EntryView, reader: Reader): Piece | null {
  const { staffId } = entry.data as { staffId?: string | null };
  if (staffId && staffId === reader.me) return "You";
  if (entry.staffName) return { name: entry.staffName };
  return staffId ? "Someone no longer on the team" : null;
}

const checkoutSteps = {
  contact: "Gave contact details in the checkout",
  shipping: "Chose the shipping in the checkout",
  payment: "Went on to pay in the checkout",
} as const;

function assigned(
  entry: Extract<EntryView, { kind: "conversation.assigned" }>,
  who: Piece | null,
  reader: Reader,
): Piece[] {
  const { staffId, toStaffId } = entry.data;
  const by = who ?? "Throughline";
  if (toStaffId === null) return [by, " made the conversation unassigned"];
  if (toStaffId === staffId) return [by, " took the conversation"];
  const to =
    toStaffId === reader.me ? "you" : entry.toStaffName ? { name: entry.toStaffName } : "someone no longer on the team";
  return [by, " assigned the conversation to ", to];
}

function contact({ contact, outcome }: EntryData["contact.logged"], who: Piece | null): Piece[] {
  const did = contact === "visit" ? " wrote down a visit" : " wrote down a phone call";
  return [who ?? "A colleague", did, ` · ${outcomeWords[outcome as ContactOutcome] ?? outcome}`];
}

function reopened(because: "staff" | "message" | "snooze-over", who: Piece | null): Piece[] {
  if (because === "message") return ["The conversation opened again with a new message"];
  return because === "snooze-over"
    ? ["The snooze of the conversation is over"]
    : [who ?? "A colleague", " reopened the conversation"];
}

/** Where it was said; the chat goes without saying. */
function way(channel: string | undefined): string {
  return channel === undefined || channel === "chat" ? "" : ` ${wayOf(channel)}`;
}

function chat(entry: EntryView, reader: Reader): Pick<EntryWords, "link"> {
  return entry.ref && entry.ref !== reader.conversationId
    ? { link: { url: `/inbox/${entry.ref}`, words: "Open conversation" } }
    : {};
}

function page(path: string, reader: Reader): Pick<EntryWords, "link"> {
  return path.startsWith("/") ? { link: { url: `https://${reader.shop.domain}${path}`, target: "_blank" } } : {};
}

/** The page's title without the shop's own name at its end. */
function titleOf({ title, path }: { title: string | null; path: string }, { shop }: Reader): Piece {
  const bare = title?.endsWith(shop.name) ? title.slice(0, -shop.name.length).replace(/\s+[–—|·-]\s*$/, "") : title;
  return { name: bare || title || path };
}

function person(entry: EntryView): Pick<EntryWords, "link"> {
  return entry.ref && entry.otherName ? { link: { url: `/customers/${entry.ref}` } } : {};
}

function other(entry: EntryView): Piece {
  return entry.otherName ? { name: entry.otherName } : "another person";
}

function byItself(evidence: string): string {
  if (evidence === "shopify") return "Shopify";
  return evidence === "signed-in" || evidence === "emailed-code" ? "The customer" : "Throughline";
}

function relation(word: string): string {
  return word.replaceAll("-", " ");
}

const sourceWords: Record<string, string> = {
  shopify: "In Shopify",
  widget: "In the store",
  channel: "On the channel itself",
};

/** The name that the consent has everywhere, inside a sentence. */
function consent({ channel, purpose }: { channel: string; purpose: string }): string {
  const title = consentTitle(channel, purpose);
  return title.charAt(0).toLowerCase() + title.slice(1);
}

function source(word: string, who: Piece | null): Piece[] {
  return who ? ["Recorded by ", who] : [sourceWords[word] ?? word];
}

function sum({ total, currency }: { total: number; currency: string }, reader: Reader): string {
  return money(total, currency, reader.locale);
}

function items(count: number): string {
  return count === 1 ? "1 item" : `${count} items`;
}

function titles(all: readonly string[]): Piece[] {
  return all.length > 0 ? [{ name: all.join(", ") }] : [];
}
