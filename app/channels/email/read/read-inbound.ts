import { normaliseEmail } from "~/customers/normalise";
import { env } from "~/env.server";
import type { Account, Inbound, InboundMessage, Raw } from "../../channel";
import type { MailAuthentication, Mailbox, MessageContent } from "../../content";
import { authenticate } from "../authenticate/authenticate";
import type { Resolve } from "../authenticate/dns";
import { automaticKind } from "../automatic/automatic-kind";
import { loopMark } from "../out/compose";
import type { ReadMail } from "../parse/mail";
import { readMail } from "../parse/read-mail";
import { type EmailSettings, settingsOf } from "../settings";
import { type Plus, readInAddress } from "../thread/addresses";
import { ownMail } from "../thread/message-id";
import { visibleText } from "../visible/visible-text";
import { receiptOf } from "./bounce";
import { type MailMeta, mailKey, readMeta } from "./meta";
import { addresseeOf, senderOf } from "./sender";

/** People that a mail names besides its sender; beyond these it is a list. */
const mostOthers = 50;
/** References that could lead to a conversation; the nearest ones. */
const mostReferences = 50;
/** Mail servers that a mail has passed; beyond these it goes in circles (RFC 5321 section 6.3 asks for 100 at least). */
const mostHops = 100;
/** A mail server tries for five days (RFC 5321 section 4.5.4.1): a date before that is a clock that is wrong. */
const oldest = 5 * 86_400_000;

/** What a mail says: a message, what became of one of ours, or a notice of what was left out. Loses nothing. */
export async function readInbound(raw: Raw, account: Account, resolve: Resolve): Promise<Inbound[]> {
  const settings = settingsOf(account);
  const meta = readMeta(raw.meta);
  const mail = await readMail(raw.body);
  const own = ownAddresses(settings);
  const at = writtenAt(mail, raw, meta);
  const externalId = mail.messageId ?? mailKey(raw.body);

  if (meta.sent) return sentElsewhere(mail, { externalId, at, own });
  const plus = plusAddresses(mail, meta, settings);
  if (isOwn(mail, account)) return [{ type: "notice", externalId, at, words: cameBack }];
  if ((mail.headers.get("received")?.length ?? 0) > mostHops)
    return [{ type: "notice", externalId, at, words: circles }];

  const kind = automaticKind(mail, own);
  if (kind.kind === "bounce" || kind.kind === "receipt") {
    const receipt = receiptOf(mail, kind, plus, at);
    if (receipt) return [receipt];
  }
  const automatic = kind.kind === "person" ? null : kind.kind === "receipt" ? "auto-reply" : kind.kind;
  const authentication = await authenticate({
    raw: raw.body,
    from: mail.from && normaliseEmail(mail.from.address),
    peer: meta.via === "smtp" ? { ip: meta.ip, helo: meta.helo, mailFrom: meta.mailFrom } : null,
    authenticationResults: mail.headers.get("authentication-results") ?? [],
    trustedServer: meta.via === "imap" ? settings.trustedServer || null : null,
    trustedSealers: settings.trustedSealers,
    resolve,
  });
  const from = senderOf(mail, authentication, own);
  const conversation = plus.find((one) => one.kind === "conversation");
  return [
    {
      ...messageOf(mail, { externalId, at, authentication, automatic }),
      from,
      thread: {
        conversationId: conversation?.conversationId ?? null,
        references: references(mail),
        others: others(mail, [...own, from.address]),
      },
    },
  ];
}

const cameBack = "A mail that was sent from here came back to this address. Check where it is forwarded to.";
const circles =
  "A mail that goes in circles between mail servers was left out. Check where this address is forwarded to.";

function sentElsewhere(
  mail: ReadMail,
  { externalId, at, own }: { externalId: string; at: Date; own: readonly string[] },
): Inbound[] {
  // What we sent ourselves is there already.
  if (mail.messageId && ownMail(mail.messageId)) return [];
  const to = addresseeOf(mail, own);
  if (!to) return [];
  const authentication: MailAuthentication = { verdict: "aligned", words: "Sent from the store's own mailbox" };
  const thread = { conversationId: null, references: references(mail), others: others(mail, [...own, to.address]) };
  return [{ ...messageOf(mail, { externalId, at, authentication }), from: to, thread, echo: true }];
}

type EmailContent = NonNullable<MessageContent["email"]>;

interface Facts {
  externalId: string;
  at: Date;
  authentication: MailAuthentication;
  automatic?: EmailContent["automatic"] | null;
}

function messageOf(mail: ReadMail, facts: Facts): Omit<InboundMessage, "from"> {
  const { externalId, at, automatic = null } = facts;
  const { visible, folded } = visibleText(mail.text, { subject: mail.subject });
  return {
    type: "message",
    externalId,
    at,
    text: visible,
    content: { email: emailOf(mail, facts, folded !== null) },
    files: mail.files.map(({ name, mediaType, content, contentId }) => ({ name, mediaType, content, contentId })),
    replyTo: mail.inReplyTo.find((one) => one !== "") ?? null,
    body: { html: mail.html, fullText: mail.text },
    ...(automatic ? { automatic: true } : {}),
  };
}

function emailOf(mail: ReadMail, { authentication, automatic = null }: Facts, hasFolded: boolean): EmailContent {
  return {
    subject: mail.subject,
    from: mailbox(mail.from ?? { name: null, address: "" }),
    to: mail.to.slice(0, mostOthers).map(mailbox),
    cc: mail.cc.slice(0, mostOthers).map(mailbox),
    hasHtml: mail.html !== null,
    hasFolded,
    authentication,
    ...(automatic ? { automatic } : {}),
    ...(mail.unreadable ? { unreadable: true } : {}),
  };
}

/** Addresses in one way of writing, so that someone copied in is known when they write. */
function mailbox({ name, address }: Mailbox): Mailbox {
  return { name, address: normaliseEmail(address) ?? address };
}

function ownAddresses(settings: EmailSettings): string[] {
  const { MAIL_IN_DOMAIN, MAIL_FROM } = env();
  const address = normaliseEmail(settings.address);
  return [
    ...(address ? [address] : []),
    ...(MAIL_IN_DOMAIN && settings.token ? [`${settings.token}@${MAIL_IN_DOMAIN.toLowerCase()}`] : []),
    ...(MAIL_FROM ? [MAIL_FROM.toLowerCase()] : []),
  ];
}

/** What we signed into the addresses that it was sent to; the envelope says so before the headers do. */
function plusAddresses(mail: ReadMail, meta: MailMeta, settings: EmailSettings): Plus[] {
  const { MAIL_IN_DOMAIN } = env();
  if (!MAIL_IN_DOMAIN || !settings.token) return [];
  const listed = [...meta.rcptTo, ...mail.deliveredTo, ...[...mail.to, ...mail.cc].map(({ address }) => address)];
  return listed.flatMap((address) => {
    const read = readInAddress(address, MAIL_IN_DOMAIN);
    return read?.plus && read.token === settings.token ? [read.plus] : [];
  });
}

function isOwn(mail: ReadMail, account: Account): boolean {
  if (mail.messageId && ownMail(mail.messageId)) return true;
  return (mail.headers.get("x-loop") ?? []).includes(loopMark(account.id));
}

/** As the sender's clock says, as long as that can be. */
function writtenAt({ date }: ReadMail, { receivedAt }: Raw, { internalDate }: MailMeta): Date {
  const arrived = internalDate && internalDate < receivedAt ? internalDate : receivedAt;
  if (!date || date > arrived || arrived.getTime() - date.getTime() > oldest) return arrived;
  return date;
}

/** Nearest first, each once, never empty. */
function references(mail: ReadMail): string[] {
  const all = [...mail.inReplyTo, ...mail.references.toReversed()].filter((one) => one !== "");
  return [...new Set(all)].slice(0, mostReferences);
}

function others(mail: ReadMail, besides: readonly string[]): { name: string | null; address: string }[] {
  const { MAIL_IN_DOMAIN } = env();
  const found = new Map<string, { name: string | null; address: string }>();
  for (const one of [...mail.to, ...mail.cc]) {
    const address = normaliseEmail(one.address);
    if (!address || besides.includes(address) || found.has(address)) continue;
    if (MAIL_IN_DOMAIN && readInAddress(address, MAIL_IN_DOMAIN)) continue;
    found.set(address, { name: one.name, address });
    if (found.size >= mostOthers) break;
  }
  return [...found.values()];
}
