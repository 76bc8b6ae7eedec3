import type { z } from "zod";
import type { Inbound, InboundMessage } from "./inbound";
import type { WrittenKind } from "./kinds";

export type * from "./inbound";

/** A merchant's account at a provider with its credentials opened. Never logged, never sent to a page. */
export interface Account {
  shopId: string;
  id: string;
  kind: string;
  /** As the provider knows it: a page's or a phone number's id, a number in E.164, an address. */
  externalId: string;
  /** As people know it. */
  name: string;
  /** What the adapter's `settings` says. */
  settings: Record<string, unknown>;
  /** What the adapter's `credentials` says. */
  credentials: Record<string, string>;
}

/** What a provider sent, as it was kept: proven to be the provider's, not yet understood. */
export interface Raw {
  id: string;
  /** The provider's own id of it, or one made of its bytes. */
  key: string;
  receivedAt: Date;
  body: Buffer;
  /** What the door knows besides: headers that matter, the envelope of a mail. */
  meta: Record<string, unknown>;
}

/** What is to be sent. */
export interface Outbound {
  /** Ours, the same at every try: where the provider takes an idempotency key, this is it. */
  key: string;
  messageId: string;
  conversationId: string;
  /** Where it goes, as `endpoint.address` says. */
  address: string;
  text: string;
  files: OutboundFile[];
  /** The provider's id of the message that it answers. */
  replyTo: string | null;
  /** When they last wrote on this account. */
  lastInAt: Date | null;
  /** A template instead of free words. */
  template?: { name: string; language: string; values: string[] } | null;
  /** Of a mail: what the answer stands in. */
  mail?: {
    subject: string;
    references: string[];
    inReplyTo: string | null;
    cc: { name: string | null; address: string }[];
    fromName: string;
    /** A machine wrote it, such as "we have your message": nothing answers it (RFC 3834). */
    automatic?: boolean;
    /** Of mail that goes to many: where one click ends it (RFC 8058). */
    unsubscribe?: string | null;
  } | null;
}

export interface OutboundFile {
  id: string;
  name: string;
  mediaType: string;
  size: number;
  /** A signed address that ends, from which a provider may take it. */
  link: string;
  /** The bytes, for what is sent by us. */
  read(): Promise<Uint8Array>;
}

/** One call to the provider: a text, or a file. Most providers want them one by one. */
export interface Part {
  outbound: Outbound;
  /** 0 for the first. */
  index: number;
  /** Unique to the part, the same at every try. */
  key: string;
  text: string;
  file: OutboundFile | null;
}

export interface Sent {
  /** The provider's id; receipts name it. */
  externalId: string;
  /** What it already says. */
  state: "sent" | "delivered";
  /** What staff see of it, such as "2 segments". */
  note?: string;
}

/** Why something was not sent, in words for staff, with what to do. */
export interface Failure {
  /** The provider's own code, for whoever looks it up. */
  code: string;
  /** One or two plain sentences, the last says what to do. */
  words: string;
  /**
   * account: nothing goes out until somebody changes its settings. window: the provider says that the time for free replies
   * to this person is over. Left out: only this message.
   */
  isOf?: "account" | "window" | undefined;
}

/** It may go better later: the provider is down or asks to wait. Nothing was sent. */
export class Retryable extends Error {
  constructor(
    readonly failure: Failure,
    /** Not before. */
    readonly after: Date | null = null,
  ) {
    super(failure.code);
  }
}

/** The provider will not take it, also not later. Nothing was sent. */
export class Rejected extends Error {
  constructor(
    readonly failure: Failure,
    /** Nothing at all can be sent to this endpoint any more. */
    readonly closesEndpoint = false,
  ) {
    super(failure.code);
  }
}

/** The line broke after it may have been taken: `find` is asked before anything is sent again. */
export class Unclear extends Error {
  constructor(readonly failure: Failure) {
    super(failure.code);
  }
}

/** What `read` throws for what it cannot understand: it is put aside where staff see it, and kept. */
export class Unreadable extends Error {}

/** Whether a free message may be sent to someone now. Words are for staff, as a whole sentence. */
export type SendRule =
  | { open: true; until: Date | null; words: string }
  /** `instead`: what may be sent nevertheless. */
  | { open: false; words: string; instead: "template" | null };

export interface Health {
  ok: boolean;
  /** For staff: "Connected as Northwind Outfitters." */
  words: string;
  tokenExpiresAt: Date | null;
}

/** What a channel can carry. */
export interface Abilities {
  /** Longest text of one message, in UTF-16 units. */
  textLimit: number;
  /** Media types that may be sent, each with its largest size in bytes; `image/*` stands for all of them. */
  files: Readonly<Record<string, number>>;
  filesPerMessage: number;
  /** Whether the provider says when a message was delivered and read. */
  receipts: "none" | "delivered" | "read";
  typing: boolean;
  templates: boolean;
  /** Whether a text and files go in one message. */
  together: boolean;
}

/** A field of the form with which an account is connected. */
export interface ConnectField {
  name: string;
  label: string;
  help: string;
  secret: boolean;
  /** `credentials` are sealed and never shown again, `settings` can be read. */
  keptIn: "credentials" | "settings";
  optional?: boolean;
  /** Of a secret: the setting that names the server which gets it. When that changes, it has to be typed again. */
  goesTo?: string;
  /** Asked only while another field has this value. */
  when?: { field: string; is: string };
  choices?: readonly { value: string; label: string }[];
}

/**
 * One channel. Adapters know their provider and nothing of conversations: `receive.ts` is the only way in, `deliver.ts`
 * the only way out. `tests/contracts/channel-adapter.ts` holds every one of them to this.
 */
export interface ChannelAdapter {
  kind: WrittenKind;
  abilities: Abilities;
  /** Shapes that are checked before anything is stored or used. */
  settings: z.ZodType<Record<string, unknown>>;
  credentials: z.ZodType<Record<string, string>>;
  fields: readonly ConnectField[];
  /**
   * Asks the provider who these credentials are for. Throws Invalid (`~/http/errors`) naming the field that is wrong.
   * `externalId` is what the door finds the account by; `known` is that of the account whose settings are replaced.
   */
  identify(input: {
    settings: Record<string, unknown>;
    credentials: Record<string, string>;
    known?: string | null;
  }): Promise<{
    externalId: string;
    name: string;
    settings: Record<string, unknown>;
    credentials: Record<string, string>;
    tokenExpiresAt: Date | null;
  }>;
  /** Once the account is kept: tells the provider where to send. An error is shown as the account's last one. */
  connected?(account: Account): Promise<void>;
  /** What was sent to us, in order. Throws Unreadable. Unknown things in a known frame become `content.unsupported`. */
  read(raw: Raw, account: Account): Promise<Inbound[]>;
  /** The bytes of a file that a message refers to. Throws Retryable or Rejected. */
  fetchFile?(reference: string, account: Account): Promise<{ content: Uint8Array; name: string | null }>;
  /** How often the provider is called for this message, and with what: pure. Throws Rejected for what cannot be sent. */
  parts(outbound: Outbound): Part[];
  /** Throws Retryable, Rejected or Unclear. */
  send(part: Part, account: Account): Promise<Sent>;
  /** Whether a part whose outcome is unclear was taken. */
  find?(part: Part, account: Account, since: Date): Promise<Sent | "not-sent" | "unknown">;
  /** Whether they may be written to now: pure. */
  rule(endpoint: { address: string; lastInAt: Date | null }, account: Pick<Account, "settings">, now: Date): SendRule;
  check(account: Account): Promise<Health>;
  /**
   * Tells the person that somebody writes, or that their message was seen. Best effort: errors are dropped. `latest` is
   * the provider's id of what they last wrote, where that is known: some want it.
   */
  typing?(address: string, account: Account, latest?: string | null): Promise<void>;
  seen?(address: string, externalId: string, account: Account): Promise<void>;
  /** What the provider has of the time since, to find what never arrived. Newest threads first. */
  missed?(account: Account, since: Date): AsyncIterable<InboundMessage>;
  /** The templates that the account may send. */
  templates?(account: Account): Promise<Template[]>;
}

/** A template approved by the provider. `{{1}}` … stand for values. */
export interface Template {
  name: string;
  /** BCP 47 as the provider writes it. */
  language: string;
  category: string;
  header: string | null;
  body: string;
  footer: string | null;
  buttons: string[];
  /** How many values it wants, header first. */
  values: number;
}
