import DKIM from "nodemailer/lib/dkim";
import MailComposer from "nodemailer/lib/mail-composer";
import { env } from "~/env.server";
import type { Account, Part } from "../../channel";
import { type EmailSettings, settingsOf } from "../settings";
import { bounceAddress, conversationAddress } from "../thread/addresses";
import { messageIdOf } from "../thread/message-id";
import { sign } from "../thread/signed";
import { htmlOf } from "./html";

/** A mail as it goes over the wire, with its envelope (RFC 5321). */
export interface Composed {
  envelope: { from: string; to: string[] };
  raw: Buffer;
  /** Without angle brackets. */
  messageId: string;
}

/** References of very long threads are shortened to the first and the nearest (RFC 5322 section 3.6.4 lets them be). */
const mostReferences = 20;

/** Makes the mail of a part: the same Message-ID at every try. Reads its files. */
export async function compose(part: Part, account: Account, now: Date): Promise<Composed> {
  const { outbound } = part;
  const settings = settingsOf(account);
  const mail = outbound.mail;
  const from = senderAddress(settings, account);
  const messageId = messageIdOf({ messageId: outbound.messageId, part: part.index }, domainOf(from));
  const text = settings.signature.trim() ? `${part.text}\n\n-- \n${settings.signature.trim()}` : part.text;
  const attachments = await Promise.all(
    outbound.files.map(async (file) => ({
      filename: file.name,
      contentType: file.mediaType,
      content: Buffer.from(await file.read()),
    })),
  );
  const replyTo = replyAddress(settings, outbound.conversationId, from);
  const composer = new MailComposer({
    from: { name: mail?.fromName || settings.fromName, address: from },
    to: { name: "", address: outbound.address },
    ...(mail?.cc.length ? { cc: mail.cc.map(({ name, address }) => ({ name: name ?? "", address })) } : {}),
    ...(replyTo ? { replyTo } : {}),
    subject: mail?.subject ?? "",
    date: now,
    messageId: `<${messageId}>`,
    ...(mail?.inReplyTo ? { inReplyTo: `<${mail.inReplyTo}>` } : {}),
    references: shortened(mail?.references ?? []).map((one) => `<${one}>`),
    text,
    html: htmlOf(text),
    attachments,
    headers: {
      "X-Loop": loopMark(account.id),
      ...(mail?.automatic ? { "Auto-Submitted": "auto-generated" } : {}),
      ...(mail?.unsubscribe
        ? { "List-Unsubscribe": `<${mail.unsubscribe}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" }
        : {}),
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const raw = await composer.compile().build();
  const to = [outbound.address, ...(mail?.cc ?? []).map(({ address }) => address)];
  return {
    envelope: { from: envelopeFrom(settings, part, from), to },
    raw: await signed(raw, settings, account),
    messageId,
  };
}

/** Stands in all that we send from an account, so that it is known when it comes back with another Message-ID. */
export function loopMark(accountId: string): string {
  return `throughline-${sign("loop", accountId)}`;
}

/**
 * The merchant's address wherever the server may send for its domain: their own server, a key of theirs to sign with, or
 * an app that sends for that domain itself. Else an address of the app's that leads to the same place, because mail that
 * claims another's domain is refused or ends among spam.
 */
export function senderAddress(settings: EmailSettings, account: Pick<Account, "credentials">): string {
  const { MAIL_FROM, MAIL_IN_DOMAIN } = env();
  const maySend =
    settings.outgoing === "own" ||
    (account.credentials["dkimKey"] && domainOf(settings.address).endsWith(settings.dkimDomain)) ||
    (MAIL_FROM && domainOf(MAIL_FROM) === domainOf(settings.address));
  if (maySend) return settings.address;
  if (MAIL_IN_DOMAIN && settings.token) return `${settings.token}@${MAIL_IN_DOMAIN}`;
  return MAIL_FROM ?? settings.address;
}

/** Of an account whose mail comes to us directly, the signed address; of a mailbox, the mailbox itself. */
function replyAddress(settings: EmailSettings, conversationId: string, from: string): string | null {
  const { MAIL_IN_DOMAIN } = env();
  if (settings.incoming !== "imap" && MAIL_IN_DOMAIN && settings.token) {
    return conversationAddress(settings.token, conversationId, MAIL_IN_DOMAIN);
  }
  return from === settings.address ? null : settings.address;
}

/** The merchant's own server sends for the merchant's domain only, so what it cannot deliver goes back there. */
function envelopeFrom(settings: EmailSettings, part: Part, from: string): string {
  const { MAIL_IN_DOMAIN, MAIL_FROM } = env();
  if (settings.outgoing === "own") return settings.address;
  if (!MAIL_IN_DOMAIN || !settings.token) return MAIL_FROM ?? from;
  return bounceAddress(settings.token, part.outbound.messageId, part.index, MAIL_IN_DOMAIN);
}

async function signed(raw: Buffer, settings: EmailSettings, account: Account): Promise<Buffer> {
  const privateKey = account.credentials["dkimKey"];
  const { dkimDomain: domainName, dkimSelector: keySelector } = settings;
  if (!privateKey || !domainName || !keySelector) return raw;
  const pieces: Buffer[] = [];
  for await (const piece of new DKIM({ domainName, keySelector, privateKey }).sign(raw)) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

function shortened(references: readonly string[]): readonly string[] {
  if (references.length <= mostReferences) return references;
  return [references[0] as string, ...references.slice(1 - mostReferences)];
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1).toLowerCase();
}
