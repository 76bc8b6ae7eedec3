import type { MessageContent } from "~/channels/content";
import { Invalid } from "~/http/errors";

/** Characters (UTF-16 units) of one message or note. */
export const longestText = 5_000;

// Control characters but tab and line feed (C0, DEL, C1), and the marks that make text run the other way beyond its own end.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
const unwanted = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

// Nothing that can be seen: blanks, joiners, direction marks, variation selectors and the like.
const invisible = /^[\s\p{Default_Ignorable_Code_Point}]*$/u;

/**
 * The text as it is kept: line ends as \n, without control characters and lone surrogates, without blanks around it.
 * Throws Invalid on field `text` when nothing that can be seen is left (and nothing is attached) or when it is too long.
 */
export function cleanText(raw: string, attachments = 0, most = longestText): string {
  const text = raw.replace(/\r\n?/g, "\n").replace(unwanted, "").toWellFormed().trim();
  if (invisible.test(text) && attachments === 0)
    throw new Invalid([{ field: "text", message: "Write something first." }]);
  if (text.length > most) {
    throw new Invalid([
      { field: "text", message: `This is too long. Keep it under ${most.toLocaleString("en")} characters.` },
    ]);
  }
  return text;
}

/** The line that a list shows of a message; without text, what it holds instead. */
export function preview(text: string, attachments: number, content?: MessageContent | null): string {
  const line = text.replace(/\s+/g, " ").trim();
  if (invisible.test(line)) return withoutText(attachments, content);
  if (line.length <= 160) return line;
  // Half of a pair at the cut goes with it.
  const cut = line.slice(0, 159).replace(/[\ud800-\udbff]$/, "");
  return `${cut}…`;
}

function withoutText(attachments: number, content: MessageContent | null | undefined): string {
  if (content?.story) return content.story.kind === "mention" ? "Mentioned you in a story" : "Answered your story";
  if (attachments > 0) return attachments === 1 ? "Sent an attachment" : `Sent ${attachments} attachments`;
  if (content?.location) return "Sent a location";
  if (content?.contacts) return content.contacts.length === 1 ? "Sent a contact" : "Sent contacts";
  if (content?.email) return content.email.subject || "Sent an email without text";
  if (content?.lost) return "Sent a file that could not be taken over";
  return content?.unsupported ?? "Sent a message without text";
}
