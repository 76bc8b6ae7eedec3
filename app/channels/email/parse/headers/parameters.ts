import { decodeText } from "../charsets/decode";
import { decodeWords } from "./words";

export interface Parameterised {
  /** Before the first semicolon, in lower case. */
  value: string;
  /** Names in lower case, continuations joined and everything decoded. */
  parameters: Map<string, string>;
}

const mostParameters = 200;

/** `text/plain; charset=utf-8; name*0*=…` with RFC 2231's continuations and charsets, and what mailers write instead. */
export function readParameters(raw: string | null): Parameterised {
  if (raw === null) return { value: "", parameters: new Map() };
  // A first semicolon that was forgotten: "multipart/mixed boundary=x".
  const text = raw.replace(/^([^\s;="]{3,100})\s+(?=[A-Za-z-]{2,30}\*?=)/, "$1; ");
  const semicolon = text.indexOf(";");
  const value = (semicolon < 0 ? text : text.slice(0, semicolon))
    .replace(/\([^()]*\)/g, "")
    .trim()
    .toLowerCase();
  if (semicolon < 0) return { value, parameters: new Map() };
  const plain = new Map<string, string>();
  const pieces = new Map<string, Piece[]>();
  for (const [name, raw] of pairs(text, semicolon + 1)) {
    const form = /^([^*]{1,60})\*(?:(\d{1,3})(\*)?)?$/.exec(name);
    if (!form?.[1]) {
      if (!plain.has(name)) plain.set(name, raw);
      continue;
    }
    const list = pieces.get(form[1]) ?? [];
    list.push({ index: Number(form[2] ?? 0), isEncoded: form[2] === undefined || form[3] === "*", text: raw });
    pieces.set(form[1], list);
  }
  const parameters = new Map<string, string>();
  for (const [name, raw] of plain) parameters.set(name, decodeWords(raw));
  for (const [name, list] of pieces) parameters.set(name, join(list));
  return { value, parameters };
}

interface Piece {
  index: number;
  isEncoded: boolean;
  text: string;
}

function join(list: Piece[]): string {
  list.sort((one, other) => one.index - other.index);
  let charset: string | null = null;
  const bytes: Buffer[] = [];
  list.forEach((piece, number) => {
    let text = piece.text;
    if (number === 0 && piece.isEncoded) {
      const form = /^([^']{0,60})'[^']{0,60}'/.exec(text);
      if (form) {
        charset = form[1] || null;
        text = text.slice(form[0].length);
      }
    }
    bytes.push(piece.isEncoded ? percentDecoded(text) : Buffer.from(text));
  });
  // RFC 2047 words have no place in here; some put them there.
  return decodeWords(decodeText(Buffer.concat(bytes), charset));
}

function percentDecoded(text: string): Buffer {
  const source = Buffer.from(text);
  const out = Buffer.alloc(source.length);
  let length = 0;
  for (let at = 0; at < source.length; at += 1) {
    const byte = source[at] ?? 0;
    const code = byte === 0x25 ? Number.parseInt(source.toString("latin1", at + 1, at + 3), 16) : Number.NaN;
    if (Number.isNaN(code)) out[length++] = byte;
    else {
      out[length++] = code;
      at += 2;
    }
  }
  return out.subarray(0, length);
}

function* pairs(text: string, start: number): Generator<[string, string]> {
  let at = start;
  for (let count = 0; at < text.length && count < mostParameters; count += 1) {
    while (at < text.length && /[\s;]/.test(text.charAt(at))) at += 1;
    const equals = text.indexOf("=", at);
    if (equals < 0) return;
    const semicolon = text.indexOf(";", at);
    if (semicolon >= 0 && semicolon < equals) {
      at = semicolon + 1;
      continue;
    }
    const name = text.slice(at, equals).trim().toLowerCase();
    at = equals + 1;
    while (text.charAt(at) === " " || text.charAt(at) === "\t") at += 1;
    if (text.charAt(at) === '"') {
      const [value, end] = quoted(text, at + 1);
      const after = text.indexOf(";", end);
      at = after < 0 ? text.length : after + 1;
      yield [name, value];
      continue;
    }
    // Names with spaces and without quotes are common, so only a semicolon ends a value.
    const end = text.indexOf(";", at);
    const value = text.slice(at, end < 0 ? text.length : end).trim();
    at = end < 0 ? text.length : end + 1;
    yield [name, value];
  }
}

/** A quoted string from behind its first quote: what it says, and where it ends. */
function quoted(text: string, start: number): [string, number] {
  const out: string[] = [];
  let at = start;
  let from = start;
  while (at < text.length) {
    const one = text.charAt(at);
    if (one === '"') break;
    // Only quotes and backslashes are escaped in practice: Windows writes paths in here.
    if (one === "\\" && /["\\]/.test(text.charAt(at + 1))) {
      out.push(text.slice(from, at));
      from = at + 1;
      at += 2;
    } else at += 1;
  }
  out.push(text.slice(from, at));
  return [out.join(""), at + 1];
}
