import { openingWords, wroteWords } from "./attribution-words";
import { type Line, type Lines, says } from "./lines";

/** How many lines such a sentence is wrapped over at most. */
const mostLines = 6;

/** Longer than any sentence of the kind, with an address and a name in it. */
const longest = 500;

/**
 * Whether a sentence such as "On 9 January 2026, at 10:47, Ada <ada@example.com> wrote:" ends at this line, in any
 * language and wrapped over any of the lines above. Answers the line on which it begins, or -1.
 *
 * Before a quote little is asked for: that it ends with a colon, and that it says "wrote" or names an address or a time.
 * Before text without quote marks everything below goes away with it, so there it must name a time or an address, say
 * when, and either say "wrote" or end with the address of who did.
 */
export function attributionStart(lines: Lines, end: number, beforeQuote: boolean): number {
  const last = lines.at(end);
  if (last.depth > 0 || !mayEnd(last)) return -1;
  let text = "";
  for (let start = end; start > end - mostLines && start >= 0; start -= 1) {
    const line = lines.at(start);
    if (line.depth > 0 || line.words === "") break;
    text = text === "" ? line.words : `${line.words} ${text}`;
    if (text.length > longest) break;
    if (isAttribution(text) && mayBegin(line, start === end)) return withDateAbove(lines, start);
  }
  return beforeQuote && isLooseAttribution(last) ? end : -1;
}

/** "On 21 November," may stand on a line above "at 10:18, Ada wrote:", which would do without it. */
function withDateAbove(lines: Lines, start: number): number {
  const above = lines.at(start - 1);
  return above.depth === 0 && /[,،、]$/.test(above.words) && above.words.length < 60 && mayBegin(above, false)
    ? start - 1
    : start;
}

/** Most lines of a mail end otherwise, and are left at that. */
function mayEnd(line: Line): boolean {
  return /[:：](?:\s*-+)?[*_]?$/.test(line.words) || /(?:wrote|skrev|schrieb|napisał\(a\))(?:\s*-+)?$/.test(line.small);
}

function isAttribution(text: string): boolean {
  if (!saysWhen(text)) return false;
  const address = hasAddress(text);
  if (wroteWords.some((word) => says(text.toLowerCase(), word))) return address || saysTime(text);
  // "2026-01-09 10:47 GMT+01:00 Ada <ada@example.com>:" says no more than that.
  return address && /[>)\]]\s*[:：]$/.test(text) && saysWhen(text.slice(0, 60));
}

/** Directly above a quote, and of one line. */
function isLooseAttribution(line: Line): boolean {
  if (!/[:：][*_]?$/.test(line.words) || line.words.length > 200) return false;
  if (wroteWords.some((word) => says(line.small, word))) return true;
  return saysWhen(line.words) && (hasAddress(line.words) || saysTime(line.words));
}

/** The first of its lines says when, opens with a word for that, or is all of it. */
function mayBegin(line: Line, alone: boolean): boolean {
  if (alone && !/^[^<(]*[>)]/.test(line.words)) return true;
  const [first = ""] = line.small.replace(/^[-*_"'“”„«\s]+/, "").split(/[\s,.]/, 1);
  return openingWords.has(first) || saysWhen(line.words.slice(0, 60));
}

/** A year, a date in numbers, a time, or a day beside a word. */
function saysWhen(text: string): boolean {
  return (
    saysTime(text) ||
    /(?:^|\P{Nd})(?:\p{Nd}{4}|\p{Nd}{1,2}[./-] ?\p{Nd}{1,2}[./-] ?\p{Nd}{2,4})(?:\P{Nd}|$)/u.test(text) ||
    /(?:^|\s)(?:\p{Nd}{1,2}[.,]? \p{L}{3,}|\p{L}{3,}[.,]? \p{Nd}{1,2})(?:\P{Nd}|$)/u.test(text)
  );
}

function saysTime(text: string): boolean {
  return /(?:^|\P{Nd})\p{Nd}{1,2}(?:[:.hH٫]|時|时|點|点|시 )\p{Nd}{2}(?:\P{Nd}|$)/u.test(text);
}

/** Something on both sides of an at sign. */
function hasAddress(text: string): boolean {
  const at = text.indexOf("@");
  return at > 0 && /[\p{L}\p{N}]/u.test(text[at - 1] ?? "") && /[\p{L}\p{N}[]/u.test(text[at + 1] ?? "");
}
