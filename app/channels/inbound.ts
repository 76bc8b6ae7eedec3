import type { ProvenGrade } from "~/customers/grades";
import type { IdentifierKind } from "~/customers/normalise";
import type { Failure } from "./channel";
import type { MessageContent } from "./content";

/** Who a message is from, as far as its provider vouches for it. */
export interface Sender {
  /** Where an answer reaches them on this account, in the one way of writing that `address` gives. */
  address: string;
  name: string | null;
  /** What tells who they are. `claimed` finds nobody and opens nothing. */
  identifier: { kind: IdentifierKind; value: string } | null;
  grade: ProvenGrade | "claimed";
  /** What showed it, in words for staff: "wrote from this number on WhatsApp". */
  proof: string;
  /** Whoever could vouch for them says that it was somebody else: they are nobody's endpoint, whatever they answer. */
  denied?: boolean;
}

/** A file of a message: its bytes, or a reference that `fetchFile` of the adapter follows. */
export interface InboundFile {
  name: string;
  /** As the provider says; the bytes decide. */
  mediaType: string | null;
  content?: Uint8Array;
  reference?: string;
  /** cid of a picture inside HTML. */
  contentId?: string | null;
}

interface InboundBase {
  /** The provider's id of this, unique on the account; never empty. */
  externalId: string;
  /** When it happened, as the provider says. */
  at: Date;
}

export interface InboundMessage extends InboundBase {
  type: "message";
  from: Sender;
  /** What they wrote, without what was folded away. May be empty when there are files or content. */
  text: string;
  content?: MessageContent;
  files: InboundFile[];
  /** The provider's id of the message that this one answers. */
  replyTo?: string | null;
  /** Which conversation it says it belongs to. */
  thread?: ThreadHints;
  /** Of a mail: HTML already sanitised, and the whole text with what was folded. */
  body?: { html: string | null; fullText: string };
  /** Written by the store itself elsewhere (the provider's own inbox, a Sent folder): `from` is then the addressee. */
  echo?: boolean;
  /** Nothing is ever sent in answer by itself, and no clock of waiting starts. */
  automatic?: boolean;
}

export interface ThreadHints {
  /** Proven by a signed address: the conversation that we asked to answer to. */
  conversationId?: string | null;
  /** Ids of messages that it names, nearest first; never empty texts. */
  references: string[];
  /** People besides the sender and us. */
  others: { name: string | null; address: string }[];
}

/** What became of a message that we sent. `externalId` is that message's. */
export interface InboundReceipt extends InboundBase {
  type: "receipt";
  state: "sent" | "delivered" | "read" | "failed";
  /** Ours, where the provider gives it back. */
  deliveryKey?: string | null;
  failure?: Failure;
}

/** Everything up to a time was read or delivered, where a provider does not say which messages. */
export interface InboundWatermark extends InboundBase {
  type: "watermark";
  address: string;
  state: "delivered" | "read";
}

export interface InboundReaction extends InboundBase {
  type: "reaction";
  address: string;
  /** The provider's id of the message. */
  to: string;
  /** Null when it was taken back. */
  emoji: string | null;
}

export interface InboundEdit extends InboundBase {
  type: "edit";
  address: string;
  message: string;
  text: string;
}

export interface InboundDeletion extends InboundBase {
  type: "deletion";
  address: string;
  message: string;
}

export interface InboundTyping extends InboundBase {
  type: "typing";
  address: string;
}

/** They said that nothing more may be sent to them here, or that it may again. */
export interface InboundConsent extends InboundBase {
  type: "consent";
  address: string;
  gives: boolean;
  /** What they said, as the wording of the consent: "STOP". */
  wording: string;
}

/** Something to tell staff of the account itself: a token that ends, a number that was flagged. */
export interface InboundNotice extends InboundBase {
  type: "notice";
  words: string;
}

export type Inbound =
  | InboundMessage
  | InboundReceipt
  | InboundWatermark
  | InboundReaction
  | InboundEdit
  | InboundDeletion
  | InboundTyping
  | InboundConsent
  | InboundNotice;
