import PostalMime, { type Address, type Email } from "postal-mime";
import type { Envelope, MailFolder } from "./mail-folder";

export interface CaughtAttachment {
  /** Its place among the mail's attachments, from 0. */
  index: number;
  filename: string;
  mimeType: string;
  bytes: number;
}

/** A mail as `/messages.json` tells it. */
export interface CaughtMail {
  id: string;
  receivedAt: string;
  envelope: Pick<Envelope, "from" | "to">;
  from: string;
  to: string[];
  cc: string[];
  replyTo: string[];
  subject: string;
  messageId: string | null;
  text: string | null;
  html: string | null;
  headers: { name: string; value: string }[];
  attachments: CaughtAttachment[];
}

export interface OpenedMail {
  mail: CaughtMail;
  /** The attachments' contents, in the order of `mail.attachments`. */
  contents: Uint8Array[];
}

/** Reads a kept mail. Whatever cannot be parsed is empty; the raw mail is always there to look at. */
export async function openMail(folder: MailFolder, id: string): Promise<OpenedMail> {
  const [envelope, raw] = await Promise.all([folder.envelope(id), folder.raw(id)]);
  const email = await PostalMime.parse(raw, { attachmentEncoding: "arraybuffer" });
  const contents = email.attachments.map((each) =>
    typeof each.content === "string" ? Buffer.from(each.content) : new Uint8Array(each.content),
  );
  return {
    contents,
    mail: {
      id,
      receivedAt: envelope.receivedAt,
      envelope: { from: envelope.from, to: envelope.to },
      from: written(email.from ? [email.from] : [])[0] ?? envelope.from,
      to: written(email.to),
      cc: written(email.cc),
      replyTo: written(email.replyTo),
      subject: email.subject ?? "",
      messageId: email.messageId ?? null,
      text: email.text ?? null,
      html: email.html === undefined ? null : withPictures(email, contents),
      headers: email.headers.map((each) => ({ name: each.originalKey, value: each.value })),
      attachments: email.attachments.map((each, index) => ({
        index,
        filename: each.filename ?? `part-${index + 1}`,
        mimeType: each.mimeType,
        bytes: contents[index]?.byteLength ?? 0,
      })),
    },
  };
}

/** Whether the mail went to an address that contains `text`, on its envelope or in its headers. */
export function wentTo(mail: CaughtMail, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return [...mail.envelope.to, ...mail.to, ...mail.cc].some((address) => address.toLowerCase().includes(wanted));
}

function written(addresses: readonly Address[] | undefined): string[] {
  return (addresses ?? []).flatMap((each) =>
    each.group !== undefined
      ? written(each.group)
      : [each.name ? `${each.name} <${each.address}>` : (each.address ?? "")],
  );
}

/** Pictures that the mail brings along (`cid:`) become part of the page, which may load nothing else. */
function withPictures(email: Email, contents: readonly Uint8Array[]): string {
  let html = email.html ?? "";
  for (const [index, attachment] of email.attachments.entries()) {
    const id = attachment.contentId?.replace(/^<|>$/g, "");
    const content = contents[index];
    if (!id || !content || !attachment.mimeType.startsWith("image/")) continue;
    html = html.replaceAll(
      `cid:${id}`,
      `data:${attachment.mimeType};base64,${Buffer.from(content).toString("base64")}`,
    );
  }
  return html;
}
