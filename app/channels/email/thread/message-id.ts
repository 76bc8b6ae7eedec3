import { isId } from "~/platform/ids";
import { decodeId, encodeId, isSigned, sign } from "./signed";

/** One part of a message of ours. */
export interface OwnMail {
  messageId: string;
  part: number;
}

/**
 * The Message-ID of a mail of ours (RFC 5322 section 3.6.4), without angle brackets. The same at every try, so that a
 * receiver who got it twice shows it once, and signed, so that only what we sent is taken for ours when it comes back.
 */
export function messageIdOf({ messageId, part }: OwnMail, domain: string): string {
  const body = `m.${encodeId(messageId)}.${part}`;
  return `${body}.${sign("message-id", body)}@${domain}`;
}

/** Which message of ours a Message-ID names; null for one that is not ours. */
export function ownMail(id: string): OwnMail | null {
  const local = id.slice(0, id.lastIndexOf("@")).toLowerCase();
  const [, body = "", encoded = "", part = "", signature = ""] =
    /^(m\.([a-z2-7]{26})\.(\d{1,4}))\.([a-z2-7]{12})$/.exec(local) ?? [];
  if (!body || !isSigned("message-id", body, signature)) return null;
  const messageId = decodeId(encoded);
  return messageId && isId(messageId) ? { messageId, part: Number(part) } : null;
}
