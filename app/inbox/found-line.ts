/** A piece of a line, and whether it is what was searched for. */
export interface LinePart {
  text: string;
  found: boolean;
}

/** Characters of a line, and of those how many stand before the first word that was found. */
const lineLength = 160;
const before = 40;

/** What was typed as the words that messages are searched for: letters and digits, everything else stands between. */
export function searchedWords(text: string): string[] {
  return text
    .normalize("NFC")
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter(Boolean);
}

/** One line of a text, from a little before the first of the words, with the beginnings of words that were found. */
export function foundLine(text: string, words: readonly string[]): LinePart[] {
  const plain = text.normalize("NFC").replace(/\s+/g, " ").trim();
  const pattern = words.length > 0 ? new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])(?:${longestFirst(words)})`, "giu") : null;
  const first = pattern ? Math.max(plain.search(pattern), 0) : 0;
  const from = first <= before ? 0 : startOfWord(plain, first - before);
  const line = cut(plain, from);
  const parts: LinePart[] = [];
  let end = 0;
  for (const match of pattern ? line.matchAll(pattern) : []) {
    parts.push({ text: line.slice(end, match.index), found: false }, { text: match[0], found: true });
    end = match.index + match[0].length;
  }
  parts.push({ text: line.slice(end), found: false });
  return parts.filter((part) => part.text !== "");
}

/** The words hold letters and digits only, so none of them means anything in a pattern. */
function longestFirst(words: readonly string[]): string {
  return [...words].sort((a, b) => b.length - a.length).join("|");
}

function startOfWord(text: string, at: number): number {
  const space = text.indexOf(" ", at);
  return space < 0 || space > at + before ? at : space + 1;
}

function cut(text: string, from: number): string {
  const points = [...text.slice(from, from + 2 * lineLength)];
  const whole = from + 2 * lineLength >= text.length && points.length <= lineLength;
  return `${from > 0 ? "…" : ""}${points.slice(0, lineLength).join("")}${whole ? "" : "…"}`;
}
