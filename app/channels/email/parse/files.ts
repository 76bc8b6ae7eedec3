import { chooseBody } from "./body";
import { readCalendar } from "./calendar";
import { decodeText } from "./charsets/decode";
import { readEnvelope } from "./envelope";
import { firstOf } from "./headers/fields";
import { contentIdOf } from "./html/addresses";
import { limits } from "./limits";
import type { AttachedMail, MailEvent, MailFile } from "./mail";
import { type Chosen, chooseParts, isMedia } from "./parts/choose";
import { cleanFileName, FileNames, nameIn } from "./parts/names";
import { decodeTransfer } from "./parts/transfer";
import { type Part, walkParts } from "./parts/walk";
import type { Pause } from "./pause";
import { Problems } from "./problems";
import { readTnef } from "./tnef/read";

export interface Collected {
  files: MailFile[];
  calendar: MailEvent | null;
  attachedMails: AttachedMail[];
  /** The words inside a winmail.dat. */
  tnef: { text: string | null; html: string | null } | null;
}

const isMail = (type: string): boolean => type === "message/rfc822" || type === "message/global";

/** What lies beside the words of a mail: files, invitations, other mails, and what a winmail.dat holds. */
export async function collectFiles(
  raw: Buffer,
  chosen: Chosen,
  pause: Pause,
  problems: Problems,
  depth = 1,
): Promise<Collected> {
  const collected: Collected = { files: [], calendar: null, attachedMails: [], tnef: null };
  const names = new FileNames();
  const parts = [
    ...new Set([
      ...chosen.files,
      ...chosen.text.filter((part) => isMedia(part.type)),
      ...chosen.html.filter((part) => isMedia(part.type)),
    ]),
  ];
  parts.sort((one, other) => one.start - other.start);
  for (const part of parts) {
    const turn = pause();
    if (turn) await turn;
    const content = decodeTransfer(raw.subarray(part.start, part.end), part.encoding);
    if (content.length === 0 && !nameIn(part.disposition.parameters, part.parameters)) continue;
    if (isTnef(part) && unpack(content, collected, names, problems)) continue;
    // AMP is a second copy of the HTML for one provider's own window.
    if (part.type === "text/x-amp-html") continue;
    const isEvent = part.type === "text/calendar" || part.type === "application/ics";
    if (isEvent) collected.calendar ??= readCalendar(textOf(content.subarray(0, limits.calendarBytes), part));
    if (isMail(part.type)) await addMail(content, collected, pause, depth);
    collected.files.push({
      name: nameOf(part, collected, names),
      mediaType: part.type,
      content,
      contentId: idOf(part),
      inline: false,
      from: isEvent ? "calendar" : isMail(part.type) ? "message" : "attachment",
    });
  }
  return collected;
}

function textOf(bytes: Buffer, part: Part): string {
  return decodeText(bytes, part.parameters.get("charset") ?? null);
}

function nameOf(part: Part, collected: Collected, names: FileNames): string {
  const given = nameIn(part.disposition.parameters, part.parameters);
  if (given) return given;
  const subject = isMail(part.type) ? cleanFileName(collected.attachedMails.at(-1)?.subject ?? "") : "";
  return subject ? `${subject}.eml` : names.name(part.type);
}

function idOf(part: Part): string | null {
  const value = firstOf(part.fields, "content-id");
  return value === null ? null : contentIdOf(value);
}

function isTnef(part: Part): boolean {
  if (part.type === "application/ms-tnef" || part.type === "application/vnd.ms-tnef") return true;
  return /^win(?:mail|dat)\.dat$/i.test(nameIn(part.disposition.parameters, part.parameters));
}

/** Puts the inside of a winmail.dat in its place; false when it cannot be read, so that it stays a file. */
function unpack(content: Buffer, collected: Collected, names: FileNames, problems: Problems): boolean {
  const inside = readTnef(content);
  if (!inside) {
    problems.add("A winmail.dat in this mail could not be read.");
    return false;
  }
  if (inside.text || inside.html) collected.tnef ??= { text: inside.text, html: inside.html };
  for (const file of inside.files) {
    const mediaType = file.mediaType ?? "application/octet-stream";
    collected.files.push({
      name: cleanFileName(file.name) || names.name(mediaType),
      mediaType,
      content: file.content,
      contentId: file.contentId === null ? null : contentIdOf(file.contentId),
      inline: false,
      from: "tnef",
    });
  }
  return true;
}

async function addMail(content: Buffer, collected: Collected, pause: Pause, depth: number): Promise<void> {
  if (depth >= limits.mailDepth || collected.attachedMails.length >= limits.attachedMails) return;
  // What is wrong inside of it is no problem of the mail that carries it.
  const problems = new Problems();
  const root = await walkParts(content, problems, pause);
  const envelope = readEnvelope(root.fields, problems);
  const chosen = chooseParts(root);
  const inside = await collectFiles(content, chosen, pause, problems, depth + 1);
  const body = await chooseBody(content, chosen, inside, pause, problems);
  const { messageId, from, to, date, subject } = envelope;
  collected.attachedMails.push({ messageId, from, to, date, subject, text: body.text });
}
