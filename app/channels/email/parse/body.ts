import { decodeText } from "./charsets/decode";
import type { Collected } from "./files";
import { escapeHtml, sanitiseHtml } from "./html/sanitise";
import { htmlToText } from "./html/to-text";
import { limits } from "./limits";
import type { Chosen } from "./parts/choose";
import { unfoldFlowed } from "./parts/flowed";
import { decodeTransfer } from "./parts/transfer";
import type { Part } from "./parts/walk";
import type { Pause } from "./pause";
import type { Problems } from "./problems";

interface Body {
  text: string;
  textFromHtml: boolean;
  html: string | null;
  hasRemoteImages: boolean;
  /** Of pictures that stand in the HTML. */
  contentIds: Set<string>;
}

/** The words of a mail, as text and as sanitised HTML. */
export async function chooseBody(
  raw: Buffer,
  chosen: Chosen,
  collected: Pick<Collected, "tnef" | "attachedMails">,
  pause: Pause,
  problems: Problems,
): Promise<Body> {
  const isHtml = (part: Part): boolean => part.type === "text/html";
  const isPlain = (part: Part): boolean => part.type === "text/plain";
  const texts = new Map<Part, string>();
  const textOf = (part: Part): string => {
    const known = texts.get(part) ?? partText(raw, part, problems);
    texts.set(part, known);
    return known;
  };

  let source = chosen.html.some(isHtml)
    ? joinHtml(
        chosen.html.filter((part) => isHtml(part) || isPlain(part)),
        textOf,
        isHtml,
      )
    : null;
  const plain = chosen.text
    .filter(isPlain)
    .map(textOf)
    .filter((text) => text.trim() !== "");
  const fromHtml = chosen.text.filter(isHtml);
  const unpacked = collected.tnef;
  if (source === null && plain.length === 0 && unpacked) {
    source = unpacked.html;
    if (unpacked.text) plain.push(unpacked.text);
  }

  const clean = source === null ? null : await sanitiseHtml(source, pause);
  if (clean?.isCut) problems.add("The formatted text is too long to be shown whole.");
  let text = "";
  let textFromHtml = false;
  if (source !== null && (plain.length === 0 || isStub(plain.join(" "), source))) {
    text = await htmlToText(source, pause);
    textFromHtml = true;
  } else {
    const inOrder = fromHtml.length === 0 ? plain : await inOrderOf(chosen.text, textOf, pause);
    text = inOrder.join("\n\n");
    textFromHtml = fromHtml.length > 0;
  }
  if (text.trim() === "") text = collected.attachedMails.map(asForwarded).join("\n\n");
  if (text.length > limits.text) problems.add("The text is too long to be shown whole.");
  return {
    text: tidy(text.slice(0, limits.text)),
    textFromHtml,
    html: clean && !clean.isEmpty ? clean.html : null,
    hasRemoteImages: clean?.hasRemoteImages ?? false,
    contentIds: clean?.contentIds ?? new Set(),
  };
}

/** Plain and HTML parts that follow one another, such as Apple Mail writes around files. */
async function inOrderOf(parts: readonly Part[], textOf: (part: Part) => string, pause: Pause): Promise<string[]> {
  const out: string[] = [];
  for (const part of parts) {
    if (part.type === "text/plain") out.push(textOf(part));
    else if (part.type === "text/html") out.push(await htmlToText(textOf(part), pause));
  }
  return out.filter((text) => text.trim() !== "");
}

function joinHtml(parts: readonly Part[], textOf: (part: Part) => string, isHtml: (part: Part) => boolean): string {
  if (parts.length === 1) return parts[0] ? textOf(parts[0]) : "";
  return parts
    .map((part) =>
      isHtml(part) ? `<div>${textOf(part)}</div>` : `<div>${escapeHtml(textOf(part)).replaceAll("\n", "<br>")}</div>`,
    )
    .join("\n");
}

/** Programs that write HTML only often put a line beside it that says so, or nothing but an address. */
function isStub(text: string, html: string): boolean {
  const bare = text.trim();
  if (bare.length > 400 || html.length < 10 * bare.length) return false;
  return (
    /html|view (?:this|the|it)|browser|webversion|web version|online|multipart|mime|plain text/i.test(bare) &&
    !/^>/m.test(bare)
  );
}

function partText(raw: Buffer, part: Part, problems: Problems): string {
  const body = raw.subarray(part.start, part.end);
  // Four characters of base64 are three bytes, and three of quoted-printable can be one.
  const decoded = decodeTransfer(body.subarray(0, 3 * limits.textBytes), part.encoding);
  if (decoded.length > limits.textBytes || body.length > 3 * limits.textBytes)
    problems.add("The text is too long to be shown whole.");
  const text = decodeText(decoded.subarray(0, limits.textBytes), declaredCharset(part, decoded))
    .replaceAll("\r\n", "\n")
    .replaceAll("\r", "\n")
    .replaceAll("\u0000", "");
  if (part.type !== "text/plain" || part.parameters.get("format")?.trim().toLowerCase() !== "flowed") return text;
  return unfoldFlowed(text, part.parameters.get("delsp")?.trim().toLowerCase() === "yes");
}

const metaCharset = /<meta[^>]{0,200}charset\s{0,3}=\s{0,3}["']?([\w:.-]{2,40})/i;

function declaredCharset(part: Part, bytes: Buffer): string | null {
  const declared = part.parameters.get("charset");
  if (declared || part.type !== "text/html") return declared ?? null;
  return metaCharset.exec(bytes.toString("latin1", 0, 2_048))?.[1] ?? null;
}

function asForwarded(mail: Collected["attachedMails"][number]): string {
  const from = mail.from ? `${mail.from.name ? `${mail.from.name} ` : ""}<${mail.from.address}>` : "";
  const lines = [
    from && `From: ${from}`,
    mail.date && `Date: ${mail.date.toUTCString()}`,
    mail.subject && `Subject: ${mail.subject}`,
  ];
  return ["---------- Forwarded message ---------", ...lines.filter(Boolean), "", mail.text].join("\n");
}

/** No line ends in white space but the mark of a signature; nothing but line feeds and tabs of what cannot be seen. */
function tidy(text: string): string {
  const out = text
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f\ufeff]/g, "")
    .split("\n")
    .map((line) => (line === "-- " || line.endsWith("> -- ") ? line : line.trimEnd()));
  while (out.length > 0 && out[0] === "") out.shift();
  while (out.length > 0 && out.at(-1) === "") out.pop();
  return out.join("\n");
}
