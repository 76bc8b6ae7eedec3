import { type Account, type Inbound, type InboundMessage, type Raw, type Sender, Unreadable } from "../../channel";
import type { MessageContent } from "../../content";
import { readAttachments } from "./attachments";
import { type Json, object, text, time } from "./json";

export type MessagingKind = "instagram" | "messenger";

const names: Readonly<Record<MessagingKind, string>> = { instagram: "Instagram", messenger: "Messenger" };

/** What reading needs to know besides the event. */
export interface Reading {
  kind: MessagingKind;
  account: Account;
  raw: Raw;
  /** The id of our app at Meta: what it sent comes back as an echo. */
  appId: string | null;
  nameOf(id: string): Promise<string | null>;
}

/** Facts about which app holds a thread; they say nothing that a person did. */
const control = [
  "pass_thread_control",
  "take_thread_control",
  "request_thread_control",
  "app_roles",
  "account_linking",
  "messaging_feedback",
];

/**
 * One event of Instagram's or Messenger's in words of support; the two share their shapes. Throws Unreadable.
 * https://developers.facebook.com/docs/messenger-platform/reference/webhook-events
 */
export async function readMessaging(reading: Reading): Promise<Inbound[]> {
  const event = object(object(parse(reading.raw)).event);
  if (event.message !== undefined) return readMessage(event, object(event.message), reading);
  const at = time(event.timestamp, reading.raw.receivedAt);
  const externalId = reading.raw.key;
  const address = addressOf(event.sender, reading);
  if (event.read !== undefined) return readSeen(object(event.read), { externalId, at, address });
  if (event.delivery !== undefined) return readDelivered(object(event.delivery), { externalId, at, address });
  if (event.reaction !== undefined) return readReaction(object(event.reaction), { externalId, at, address });
  if (event.message_edit !== undefined) return readEdit(object(event.message_edit), { externalId, at, address });
  if (event.postback !== undefined) return readPostback(object(event.postback), event, reading);
  const enforced = object(event["policy-enforcement"] ?? event.policy_enforcement);
  if (text(enforced.action)) {
    const words = `Meta limits this account (${text(enforced.action)}). ${text(enforced.reason) ?? ""}`.trim();
    return [{ type: "notice", externalId, at, words }];
  }
  if (control.some((name) => event[name] !== undefined)) return [];
  if (!address) throw new Unreadable("This does not say who it is from.");
  const referral = readReferral(event.referral);
  const unsupported = `${names[reading.kind]} told of something that cannot be shown here (${kindOf(event)}).`;
  const content: MessageContent = referral ? { referral } : { unsupported };
  const from = await senderOf(address, reading);
  return [{ type: "message", externalId, at, from, text: "", content, files: [], automatic: true }];
}

function parse(raw: Raw): unknown {
  try {
    return JSON.parse(raw.body.toString("utf8"));
  } catch {
    throw new Unreadable("This is not in the form that Meta sends.");
  }
}

/** Empty when nobody is named, or it is the account itself. */
function addressOf(who: unknown, { account }: Reading): string {
  const id = text(object(who).id);
  return id && id !== account.externalId ? id : "";
}

function kindOf(event: Json): string {
  const around = ["sender", "recipient", "timestamp", "is_self"];
  return (
    Object.keys(event)
      .find((name) => !around.includes(name))
      ?.slice(0, 40) ?? "nothing"
  );
}

async function senderOf(id: string, { kind, account, nameOf }: Reading): Promise<Sender> {
  return {
    address: id,
    name: await nameOf(id),
    identifier: /^\d{1,32}$/.test(id) ? { kind, value: `${account.externalId}:${id}` } : null,
    grade: "provider-verified",
    proof: `wrote from this account on ${names[kind]}`,
  };
}

async function readMessage(event: Json, message: Json, reading: Reading): Promise<Inbound[]> {
  const at = time(event.timestamp, reading.raw.receivedAt);
  const mid = text(message.mid);
  const echo = message.is_echo === true;
  const address = addressOf(echo ? event.recipient : event.sender, reading);
  const externalId = mid ?? reading.raw.key;
  // Meta's own answer to a message to oneself: both sides are the account.
  if (!address && message.is_self === true) return [];
  if (!address)
    throw new Unreadable(echo ? "This does not say who it was sent to." : "This does not say who it is from.");
  if (message.is_deleted === true)
    return mid ? [{ type: "deletion", externalId: reading.raw.key, at, address, message: mid }] : [];
  if (echo && mid && isOurs(message, reading)) {
    return [{ type: "receipt", externalId: mid, at, state: "sent", deliveryKey: text(message.metadata) }];
  }
  const from = await senderOf(address, reading);
  return [{ type: "message", externalId, at, from, ...contentOf(message, event), ...(echo ? { echo } : {}) }];
}

/** Sent by this app: its part is known by the key that we gave along, or by this id. */
function isOurs(message: Json, { appId }: Reading): boolean {
  return appId !== null && text(message.app_id) === appId;
}

type Said = Pick<InboundMessage, "text" | "content" | "files" | "replyTo">;

/** What a message says, also one from a list of messages. */
export function contentOf(message: Json, event: Json = {}): Said {
  const said = text(message.text);
  const attached = readAttachments(message.attachments, said);
  const content: MessageContent = { ...attached.content };
  const replyTo = object(message.reply_to);
  const story = object(replyTo.story);
  if (replyTo.story !== undefined) content.story = { kind: "reply", link: text(story.url) };
  const payload = text(object(message.quick_reply).payload);
  if (payload) content.button = { payload: payload.slice(0, 1000) };
  const referral = readReferral(message.referral ?? event.referral);
  if (referral) content.referral = referral;
  if (message.is_unsupported === true)
    content.unsupported = "Sent something that Meta does not pass on. Open it in Meta's own inbox.";
  const words = [said, ...attached.lines].filter((one) => one !== null).join("\n");
  if (words === "" && attached.files.length === 0 && Object.keys(content).length === 0) {
    content.unsupported = "Sent something that cannot be shown here.";
  }
  return {
    text: words,
    files: attached.files,
    ...(Object.keys(content).length > 0 ? { content } : {}),
    ...(text(replyTo.mid) ? { replyTo: text(replyTo.mid) } : {}),
  };
}

/** An ad, a link with a word of the store's, or a product of the shop on Instagram. */
function readReferral(value: unknown): MessageContent["referral"] | null {
  const referral = object(value);
  if (Object.keys(referral).length === 0) return null;
  const ad = object(referral.ads_context_data);
  const product = text(object(referral.product).id);
  return {
    source: text(referral.source) ?? (product ? "PRODUCT" : "LINK"),
    headline: text(ad.ad_title) ?? text(referral.ref) ?? product,
    link: text(referral.referer_uri) ?? text(ad.photo_url) ?? text(ad.video_url),
  };
}

async function readPostback(postback: Json, event: Json, reading: Reading): Promise<Inbound[]> {
  const address = addressOf(event.sender, reading);
  if (!address) throw new Unreadable("This does not say who it is from.");
  const payload = text(postback.payload);
  const referral = readReferral(postback.referral);
  const content = {
    ...(payload ? { button: { payload: payload.slice(0, 1000) } } : {}),
    ...(referral ? { referral } : {}),
  };
  return [
    {
      type: "message",
      externalId: text(postback.mid) ?? reading.raw.key,
      at: time(event.timestamp, reading.raw.receivedAt),
      from: await senderOf(address, reading),
      text: text(postback.title) ?? "",
      content: Object.keys(content).length > 0 ? content : { unsupported: "Pressed a button." },
      files: [],
    },
  ];
}

interface Told {
  externalId: string;
  at: Date;
  address: string;
}

/** Messenger says until when everything was read, Instagram which message was the last. */
function readSeen(read: Json, { externalId, at, address }: Told): Inbound[] {
  if (!address) return [];
  const mid = text(read.mid);
  const until = read.watermark === undefined ? at : time(read.watermark, at);
  const mark: Inbound = { type: "watermark", externalId, at: until, address, state: "read" };
  return mid ? [{ type: "receipt", externalId: mid, at, state: "read" }, mark] : [mark];
}

function readDelivered(delivery: Json, { externalId, at, address }: Told): Inbound[] {
  if (!address) return [];
  const mids = Array.isArray(delivery.mids) ? delivery.mids.slice(0, 1000) : [];
  const receipts = mids.map(text).filter((mid) => mid !== null);
  return [
    ...receipts.map((mid): Inbound => ({ type: "receipt", externalId: mid, at, state: "delivered" })),
    { type: "watermark", externalId, at: time(delivery.watermark, at), address, state: "delivered" },
  ];
}

/** Emoji of reactions that come with their name only. */
const reactions: Readonly<Record<string, string>> = {
  love: "❤️",
  like: "👍",
  dislike: "👎",
  laugh: "😆",
  smile: "😆",
  wow: "😮",
  sad: "😢",
  angry: "😠",
};

function readReaction(reaction: Json, { externalId, at, address }: Told): Inbound[] {
  const to = text(reaction.mid);
  if (!address || !to) return [];
  const emoji = text(reaction.emoji) ?? reactions[text(reaction.reaction) ?? ""] ?? "👍";
  return [{ type: "reaction", externalId, at, address, to, emoji: reaction.action === "unreact" ? null : emoji }];
}

function readEdit(edit: Json, { externalId, at, address }: Told): Inbound[] {
  const message = text(edit.mid);
  return address && message ? [{ type: "edit", externalId, at, address, message, text: text(edit.text) ?? "" }] : [];
}
