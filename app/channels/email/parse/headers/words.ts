import { decodeText } from "../charsets/decode";
import { charsetOf } from "../charsets/labels";
import { decodeQuoted } from "../parts/transfer";

interface Word {
  charset: string;
  bytes: Buffer;
}

/**
 * Text with its encoded words (RFC 2047) read: also those that hold spaces, that stand in the middle of other text, whose
 * end is missing, and whose characters are split between one word and the next. Linear.
 */
export function decodeWords(text: string): string {
  let at = text.indexOf("=?");
  if (at < 0) return text;
  const out: string[] = [];
  let done = 0;
  let waiting: Word | null = null;

  const flush = () => {
    if (waiting) out.push(decodeText(waiting.bytes, waiting.charset));
    waiting = null;
  };

  while (at >= 0) {
    const word = readWord(text, at);
    if (!word) {
      at = text.indexOf("=?", at + 2);
      continue;
    }
    const between = text.slice(done, at);
    // White space between two encoded words is theirs, not the text's.
    if (!(waiting && between.trim() === "")) {
      flush();
      out.push(between);
    }
    const before = waiting as Word | null;
    if (before && before.charset === word.charset) {
      waiting = {
        charset: before.charset,
        bytes: before.bytes.length > 100_000 ? before.bytes : Buffer.concat([before.bytes, word.bytes]),
      };
    } else {
      flush();
      waiting = { charset: word.charset, bytes: word.bytes };
    }
    done = word.end;
    at = text.indexOf("=?", done);
  }
  flush();
  out.push(text.slice(done));
  return out.join("");
}

/** A charset's name in one encoded word: longer ones are not. */
const longestCharset = 60;

function readWord(text: string, start: number): (Word & { end: number }) | null {
  const charsetEnd = indexWithin(text, "?", start + 2, longestCharset);
  if (charsetEnd < 0 || charsetEnd === start + 2) return null;
  // RFC 2231, section 5: a language may follow the charset.
  const charset =
    text
      .slice(start + 2, charsetEnd)
      .split("*", 1)[0]
      ?.toLowerCase() ?? "";
  if (/\s/.test(charset)) return null;
  const encoding = text.charAt(charsetEnd + 1).toUpperCase();
  if ((encoding !== "B" && encoding !== "Q") || text.charAt(charsetEnd + 2) !== "?") return null;
  const bodyStart = charsetEnd + 3;
  const [bodyEnd, end] = endOf(text, bodyStart, encoding);
  const body = text.slice(bodyStart, bodyEnd);
  // A word in an unknown charset is still more readable decoded than not; something that is no word at all is left.
  if (
    charsetOf(charset) === null &&
    !/^(x-)?unknown|^default/.test(charset) &&
    encoding === "B" &&
    !/^[A-Za-z0-9+/=\s]*$/.test(body)
  )
    return null;
  const bytes =
    encoding === "B"
      ? decodeB(body)
      : decodeQuoted(Buffer.from(body.replaceAll("_", " "), isLatin(body) ? "latin1" : "utf8"));
  return { charset, bytes, end };
}

function isLatin(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is that of one byte.
  return /^[\u0000-\u00ff]*$/.test(text);
}

/** Some encode each piece by itself, so that padding stands in the middle. */
function decodeB(body: string): Buffer {
  const padded = body.indexOf("=");
  if (padded < 0 || !/[^=\s]/.test(body.slice(padded))) return Buffer.from(body, "base64");
  return Buffer.concat(body.split(/=+/).map((piece) => Buffer.from(piece, "base64")));
}

/** Where the word's text and the word end. A missing `?=` ends it at a space, or with the text. */
function endOf(text: string, bodyStart: number, encoding: string): [number, number] {
  let mark = text.indexOf("?", bodyStart);
  // A question mark that was not encoded stands in the text of a Q word; `?=3F` is one with an encoded character after it.
  for (let tries = 0; mark >= 0 && tries < 40; tries += 1) {
    if (text.charAt(mark + 1) === "=" && !(encoding === "Q" && /^[0-9A-F]{2}/.test(text.slice(mark + 2, mark + 4))))
      return [mark, mark + 2];
    if (encoding === "B" || text.slice(bodyStart, mark).includes("=?")) break;
    mark = text.indexOf("?", mark + 1);
  }
  const closed = indexWithin(text, "?=", bodyStart, 4_000);
  const nextWord = indexWithin(text, "=?", bodyStart, 4_000);
  if (closed >= 0 && (nextWord < 0 || closed < nextWord)) return [closed, closed + 2];
  const space = indexWithin(text, " ", bodyStart, 4_000);
  const end = Math.min(...[space, nextWord, text.length].filter((one) => one >= 0));
  const bodyEnd = text.charAt(end - 1) === "?" ? end - 1 : end;
  return [Math.max(bodyEnd, bodyStart), Math.max(end, bodyStart)];
}

/** As indexOf, but looks no further than `most`, so that a search from every place stays linear. */
function indexWithin(text: string, wanted: string, from: number, most: number): number {
  const found = text.slice(from, from + most).indexOf(wanted);
  return found < 0 ? -1 : from + found;
}
