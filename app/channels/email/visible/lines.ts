/** One line of a mail, as the rules look at it. */
export interface Line {
  /** As it stands in the mail, without its line break. */
  raw: string;
  /** How many quote marks it begins with. */
  depth: number;
  /** Its words: no quote marks, no direction marks, no spaces around; cut where a line is longer than a line can be. */
  words: string;
  /** The same in small letters. */
  small: string;
}

/** A sentence or a header is never longer; a line that is has its end looked at separately. */
const longest = 400;

/** Marks that set the direction of writing and are not seen: Hebrew and Arabic clients wrap names in them. */
const unseen = /[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]/g;

/**
 * The lines of a text, each read once and only when asked for. `looked` counts how often any was asked for: that it
 * grows with the number of lines and no faster is what keeps a legal mail from stopping the worker.
 */
export class Lines {
  looked = 0;
  readonly count: number;
  private readonly raw: string[];
  private readonly read: (Line | undefined)[];

  constructor(text: string) {
    this.raw = text.split(/\r\n|\n|\r/);
    this.count = this.raw.length;
    this.read = new Array(this.count);
  }

  /** The line at a place; an empty one before the first and after the last. */
  at(place: number): Line {
    this.looked += 1;
    const known = this.read[place];
    if (known) return known;
    const line = readLine(this.raw[place] ?? "", (this.raw[place - 1] ?? "").slice(-longest));
    if (place >= 0 && place < this.count) this.read[place] = line;
    return line;
  }

  isBlank(place: number): boolean {
    const line = this.at(place);
    return line.depth === 0 && line.words === "";
  }

  /** The next place with anything on it, looking over no more than a few empty lines; -1 when there is none. */
  nextFilled(after: number): number {
    for (let place = after + 1; place <= after + 5 && place < this.count; place += 1) {
      if (!this.isBlank(place)) return place;
    }
    return -1;
  }
}

function readLine(raw: string, above: string): Line {
  let place = 0;
  let depth = 0;
  // Gmail breaks "Ada <ada@example.com>:" right before its bracket, and that is no quote mark.
  const closes =
    /^>\s?[\p{L}\s]{0,20}[:：]$/u.test(raw.slice(0, 40).trimEnd()) && above.lastIndexOf("<") > above.lastIndexOf(">");
  for (; place < raw.length && !closes; place += 1) {
    const mark = raw[place];
    if (mark === ">" || mark === "＞") depth += 1;
    // A line that is indented by more is a text of its own, not a quote with a space before it.
    else if ((mark !== " " && mark !== "\u00a0") || (depth === 0 && place > 0)) break;
  }
  const rest =
    raw.length - place > longest ? `${raw.slice(place, place + longest)}…${raw.slice(-40)}` : raw.slice(place);
  const words = rest
    .replace(unseen, "")
    .replace(/[\s\u00a0]+/g, " ")
    .trim()
    .normalize("NFC");
  return {
    raw,
    depth,
    words,
    // A Turkish İ becomes an i with a dot of its own.
    small: words.toLowerCase().replaceAll("\u0307", ""),
  };
}

/** Whether a word or phrase stands in a text for itself; in scripts without spaces, whether it stands there at all. */
export function says(text: string, phrase: string): boolean {
  const spaced = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u;
  for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
    if (!spaced.test(phrase)) return true;
    const before = text[at - 1] ?? " ";
    const after = text[at + phrase.length] ?? " ";
    if (!/[\p{L}\p{N}]/u.test(before) && !/[\p{L}\p{N}]/u.test(after)) return true;
  }
  return false;
}
