import type { Line, Lines } from "./lines";
import { deviceWords, footerOpenings, sentFromEndings, sentFromOpenings } from "./signature-words";

/** How many lines below a bare "--" can still be a signature; more are a part of the mail. */
const longestSignature = 15;

/** Signatures of lists are as short as that. */
const longestListFooter = 8;

/**
 * Whether a signature begins at this line and reaches to the next quote: "-- " as RFC 3676 section 4.3 has it, the same
 * without its space when little follows, the footer of a mailing list, a lawyer's template.
 */
export function beginsSignature(lines: Lines, place: number): boolean {
  const line = lines.at(place);
  if (line.depth > 0) return false;
  if (line.words === "--") return line.raw === "-- " || filledBelow(lines, place, longestSignature) <= longestSignature;
  if (/^(?:_{2,}|-{20,})$/.test(line.words)) return isListFooter(lines, place);
  // Such a template is a paragraph of its own.
  return footerOpenings.some((opening) => line.small.startsWith(opening)) && lines.isBlank(place - 1);
}

/** "Sent from my iPhone" and its like: this one line, whatever stands below it. */
export function isSentFrom(lines: Lines, place: number): boolean {
  const line = lines.at(place);
  if (line.depth > 0 || line.words.length > 160) return false;
  const words = line.small
    .replace(/<[^<>]*>|\([^()]*\)|\[[^[\]]*\]|https?:\/\/\S+/g, "")
    .replace(/^[*_"«“\s]+|[*_"»”.!。\s]+$/g, "");
  if (words === "" || words.length > 90) return false;
  const opens = sentFromOpenings.some((opening) => words.startsWith(opening));
  if (!opens && !sentFromEndings.some((ending) => words.endsWith(ending))) return false;
  // "Sent from my desk, it is easier than on the phone" is a sentence of theirs.
  const [before = ""] = words.split(/[,;:?!،、]|\. /, 1);
  if (deviceWords.some((word) => before.includes(word))) return true;
  return opens && before === words && words.split(" ").length <= 8 && standsAlone(lines, place);
}

/** Without a device named, only what stands by itself with nothing more of theirs below. */
function standsAlone(lines: Lines, place: number): boolean {
  if (!lines.isBlank(place - 1)) return false;
  const next = lines.nextFilled(place);
  return next < 0 || !isPlain(lines.at(next));
}

function isPlain(line: Line): boolean {
  return line.depth === 0 && !/[:：]$|^[-_=]{2,}|\d[:.]\d\d/.test(line.words);
}

/** Filled lines until the next quote, at most one more than asked. */
function filledBelow(lines: Lines, place: number, most: number): number {
  let filled = 0;
  for (let at = place + 1; at < lines.count && at <= place + 3 * most && filled <= most; at += 1) {
    if (lines.at(at).depth > 0) break;
    if (!lines.isBlank(at)) filled += 1;
  }
  return filled;
}

function isListFooter(lines: Lines, place: number): boolean {
  for (let at = place + 1; at <= place + longestListFooter && at < lines.count; at += 1) {
    const { depth, small } = lines.at(at);
    if (depth > 0) return false;
    if (small.includes("mailing list") || small.includes("unsubscribe") || small.includes("/listinfo/")) return true;
  }
  return false;
}
