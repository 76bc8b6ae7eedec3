import { maskShopperText } from "~/privacy/mask";
import type { InboundMessage } from "./channel";
import type { MessageContent } from "./content";
import { inboundText } from "./text";

/** What came in as it may be kept. */
export interface MaskedMessage {
  text: string;
  content: MessageContent | null;
  body: { html: string | null; fullText: string } | null;
  /** Something was taken out, so what it was taken out of may not be kept: the HTML, and the raw mail. */
  masked: boolean;
}

/**
 * Takes card numbers and other secrets out of all that a message says: its text, a mail's subject, the whole of the mail
 * with what was folded away. Where they stood in HTML only, there is only the text. Pure.
 */
export function maskMessage(message: Pick<InboundMessage, "text" | "content" | "body">): MaskedMessage {
  const { text, body } = message;
  const content = message.content ?? null;
  let masked = false;
  const mask = (raw: string): string => {
    const before = inboundText(raw);
    const after = maskShopperText(before);
    masked ||= before !== after;
    return after;
  };
  const said = mask(text);
  const subject = content?.email ? mask(content.email.subject) : "";
  const fullText = body ? mask(body.fullText) : "";
  if (body?.html) mask(wordsOf(body.html));
  const html = masked ? null : (body?.html ?? null);
  return {
    text: said,
    content: content?.email
      ? { ...content, email: { ...content.email, subject, hasHtml: content.email.hasHtml && !masked } }
      : content,
    body: body ? { html, fullText } : null,
    masked,
  };
}

const entities: Readonly<Record<string, string>> = {
  "&nbsp;": " ",
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
};

/** As a reader sees it, roughly: a number may stand in several elements, and lines end where blocks do. */
function wordsOf(html: string): string {
  return html
    .replace(/<(?:br|\/(?:p|div|tr|td|th|li|h[1-6]|table|blockquote|pre))\b[^>]*>/gi, "\n")
    .replace(/<[^>]*>/g, "")
    .replace(/&#(x[0-9a-f]{1,6}|\d{1,7});/gi, (_, code: string) => {
      const point = /^x/i.test(code) ? Number.parseInt(code.slice(1), 16) : Number(code);
      return point <= 0x10ffff ? String.fromCodePoint(point) : "";
    })
    .replace(/&[a-z]{2,4};/gi, (entity) => entities[entity.toLowerCase()] ?? entity);
}
