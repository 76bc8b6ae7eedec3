import { Lines } from "./lines";
import { type Mark, markLines } from "./mark";
import { isForwardSubject } from "./separator";

/** Of a quote that somebody answers in its middle, what stays above the answer. */
const mostQuoted = { lines: 12, characters: 2000 };

/** What folding one part away uncovers is folded too; a mail needs one more round at most. */
const mostRounds = 4;

export interface VisibleText {
  /** What they wrote this time. Never empty when the mail is not. */
  visible: string;
  /** Every other line, in order: older mails and signatures. */
  folded: string | null;
  /** The part of `folded` that is a signature. */
  signature: string | null;
  /** A mail sent on stands at its end, and is visible. */
  forwarded: boolean;
}

/**
 * What a mail says, without the older mails and the signature that clients put below or above it. Quotes that are
 * answered one by one stay, each with its answer. Lines are kept as they are, each in `visible` or in `folded`. Time is
 * linear in the length: every rule looks at a bounded number of lines, and at a bounded part of each.
 *
 * @param text Plain text, or text made of HTML with `>` before what was in a blockquote.
 * @param hint The subject, where known: Outlook marks a mail that is sent on nowhere else.
 */
export function visibleText(text: string, hint: { subject?: string } = {}): VisibleText {
  const forwards = isForwardSubject(hint.subject ?? "");
  const lines = new Lines(text);
  let marks = markLines(lines, forwards);
  const signature = new Set(placesOf(marks, "signature"));
  let shown = shownPlaces(lines, marks);
  const forwarded = marks.includes("forwarded");
  for (let round = 1; round < mostRounds && shown.length > 0; round += 1) {
    const left = new Lines(shown.map((place) => lines.at(place).raw).join("\n"));
    marks = markLines(left, forwards);
    const still = shownPlaces(left, marks);
    if (still.length === 0 || still.length === shown.length) break;
    for (const place of placesOf(marks, "signature")) signature.add(shown[place] ?? -1);
    shown = still.map((place) => shown[place] ?? 0);
  }
  const isShown = new Set(shown);
  if (!shown.some((place) => !lines.isBlank(place)))
    return { visible: trimLines(text), folded: null, signature: null, forwarded };
  const every = Array.from({ length: lines.count }, (_, place) => place);
  const join = (places: number[]) => trimLines(places.map((place) => lines.at(place).raw).join("\n"));
  const hidden = join(every.filter((place) => !isShown.has(place)));
  const signed = join(every.filter((place) => signature.has(place) && !isShown.has(place)));
  return { visible: join(shown), folded: hidden || null, signature: signed || null, forwarded };
}

/** The lines that stay, in order. */
function shownPlaces(lines: Lines, marks: readonly Mark[]): number[] {
  const kept = answeredQuotes(lines, marks);
  const places: number[] = [];
  let hiddenBefore = false;
  marks.forEach((mark, place) => {
    const shows = mark === "own" || mark === "forwarded" || kept.has(place);
    // An empty line goes with the line above it.
    if (shows || (mark === "blank" && !hiddenBefore)) places.push(place);
    if (mark !== "blank" && lines.at(place).words !== "") hiddenBefore = !shows;
  });
  return places;
}

interface Quote {
  /** The quoted lines. */
  places: number[];
  /** Whether a line above says whose words they are. */
  attributed: boolean;
  /** Whether words of theirs stand below. */
  answered: boolean;
}

/**
 * The quoted lines that stay, because an answer to them stands below: all of a short quote that they picked themselves,
 * else the paragraph right above the answer. Nothing of an older mail that stands whole above the only answer.
 */
function answeredQuotes(lines: Lines, marks: readonly Mark[]): ReadonlySet<number> {
  const quotes = quotesIn(marks);
  const answered = quotes.filter((quote) => quote.answered);
  const bottomPosted = quotes.length === 1 && quotes[0]?.attributed;
  return new Set(bottomPosted ? [] : answered.flatMap((quote) => picked(lines, quote)));
}

function quotesIn(marks: readonly Mark[]): Quote[] {
  const quotes: Quote[] = [];
  let attributed = false;
  let open: Quote | null = null;
  marks.forEach((mark, place) => {
    if (mark === "blank") return;
    if (mark === "attribution") attributed = true;
    if (mark === "quote") {
      if (!open) {
        open = { places: [], attributed, answered: false };
        quotes.push(open);
      }
      open.places.push(place);
      return;
    }
    if (mark === "own" || mark === "forwarded") {
      if (open) open.answered = true;
      open = null;
      attributed = false;
    }
  });
  return quotes;
}

function picked(lines: Lines, quote: Quote): number[] {
  const filled = quote.places.filter((place) => lines.at(place).words !== "");
  const whole = !quote.attributed && filled.length <= mostQuoted.lines;
  const places = whole ? quote.places : paragraphAtEnd(lines, quote.places);
  const characters = places.reduce((sum, place) => sum + lines.at(place).raw.length, 0);
  return characters <= mostQuoted.characters ? places : [];
}

function paragraphAtEnd(lines: Lines, places: readonly number[]): number[] {
  let end = places.length;
  while (end > 0 && lines.at(places[end - 1] ?? -1).words === "") end -= 1;
  let start = end;
  while (start > 0 && end - start < mostQuoted.lines && lines.at(places[start - 1] ?? -1).words !== "") start -= 1;
  return places.slice(start, end);
}

function placesOf(marks: readonly Mark[], mark: Mark): number[] {
  return marks.flatMap((one, place) => (one === mark ? [place] : []));
}

/** Without the empty lines at both ends; what is indented stays so. */
function trimLines(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/^(?:[^\S\n]*\n)+/, "")
    .trimEnd();
}
