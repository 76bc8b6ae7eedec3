import { isAscii } from "node:buffer";
import { decodeText } from "../charsets/decode";
import { limits } from "../limits";
import type { Problems } from "../problems";

export interface Field {
  /** In lower case. */
  name: string;
  /** Unfolded, not decoded further. */
  value: string;
}

export interface HeaderBlock {
  fields: Field[];
  /** Where the body begins. */
  end: number;
}

/** What is kept however large a header block is. */
const essential = new Set(
  "from sender reply-to to cc subject date message-id in-reply-to references return-path auto-submitted precedence content-type content-transfer-encoding content-disposition mime-version".split(
    " ",
  ),
);
const addressed = /^(to|cc|bcc|reply-to|from|delivered-to|x-original-to|references)$/;
const nameShape = /^[!-9;-~]{1,100}[ \t]*$/;
const newLine = 0x0a;

/**
 * The header block that begins at `start`, up to its blank line, to `isEnd` (a line that belongs to what is around it) or
 * to `limit`. A line that is no header does not end it while headers follow: machines on the way break lines.
 */
export function readFields(
  raw: Buffer,
  start: number,
  limit: number,
  problems: Problems,
  isEnd: (lineStart: number, lineEnd: number) => boolean = () => false,
): HeaderBlock {
  const fields: Field[] = [];
  const seen = new Set<string>();
  let lines: { start: number; end: number } | null = null;
  let at = start;

  const keep = () => {
    const field = lines && makeField(raw, lines.start, lines.end);
    lines = null;
    if (!field) return;
    const isFull = at - start > limits.headerBytes || fields.length >= limits.headerFields;
    if (isFull) problems.add("The headers are too long: only the most important ones were read.");
    if (isFull && (!essential.has(field.name) || seen.has(field.name))) return;
    seen.add(field.name);
    fields.push(field);
  };

  while (at < limit) {
    const found = raw.indexOf(newLine, at);
    const lineEnd = found < 0 || found >= limit ? limit : found;
    const next = Math.min(lineEnd + 1, limit);
    const first = raw[at];
    if (isBlank(raw, at, lineEnd)) {
      keep();
      return { fields, end: next };
    }
    if (isEnd(at, lineEnd)) {
      keep();
      return { fields, end: at };
    }
    if (first === 0x20 || first === 0x09) {
      if (lines) lines.end = lineEnd;
    } else if (isFieldStart(raw, at, lineEnd)) {
      keep();
      lines = { start: at, end: lineEnd };
    } else {
      keep();
      const isEnvelope = fields.length === 0 && /^>?From /.test(raw.toString("latin1", at, Math.min(at + 6, lineEnd)));
      if (!isEnvelope && !hasHeadersNext(raw, next, limit)) return { fields, end: at };
    }
    at = next;
  }
  keep();
  return { fields, end: limit };
}

function isBlank(raw: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (raw[at] !== 0x0d) return false;
  return true;
}

function isFieldStart(raw: Buffer, start: number, end: number): boolean {
  const most = Math.min(end, start + 110);
  let colon = start;
  while (colon < most && raw[colon] !== 0x3a) colon += 1;
  return colon < most && colon > start && nameShape.test(raw.toString("latin1", start, colon));
}

function hasHeadersNext(raw: Buffer, start: number, limit: number): boolean {
  const found = raw.indexOf(newLine, start);
  if (found < 0 || found >= limit) return false;
  return isFieldStart(raw, start, found);
}

function makeField(raw: Buffer, start: number, end: number): Field | null {
  const bytes = raw.subarray(start, end);
  const colon = bytes.indexOf(0x3a);
  const name = bytes.toString("latin1", 0, colon).trim().toLowerCase();
  const most = addressed.test(name) ? limits.addressHeaderValue : limits.headerValue;
  const value = bytes.subarray(colon + 1, colon + 1 + most);
  const text = isAscii(value) ? value.toString("latin1") : decodeText(value, null);
  return { name, value: unfold(text) };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: NULs and the like have no place in a header.
const control = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** Lines of one field joined: RFC 5322, 2.2.3 leaves the white space that stands at their beginning. */
function unfold(text: string): string {
  if (!text.includes("\n") && !text.includes("\r")) return text.replace(control, "").trim();
  return text.replaceAll("\n", "").replace(control, "").trim();
}

/** The last value of a name, as it stands; machines on the way add theirs above, but a repeated Subject is a mistake. */
export function firstOf(fields: readonly Field[], name: string): string | null {
  for (const field of fields) if (field.name === name) return field.value;
  return null;
}
