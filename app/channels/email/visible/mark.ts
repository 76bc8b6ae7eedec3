import { attributionStart } from "./attribution";
import { headerBlockEnd } from "./header-block";
import type { Lines } from "./lines";
import { isForward, isOriginal, isReplyAbove, isRule } from "./separator";
import { beginsSignature, isSentFrom } from "./signature";

/**
 * What a line is. `own`: their words. `quote`: marked with `>`. `attribution`: says whose words the quote below it is.
 * `history`: an older mail without quote marks, to the end. `forwarded`: a mail that they send on, to the end.
 */
export type Mark = "own" | "blank" | "quote" | "attribution" | "signature" | "history" | "forwarded";

/** Says of every line what it is. `forwards`: the subject says that the older mail below is what they send on. */
export function markLines(lines: Lines, forwards: boolean): Mark[] {
  const marks: Mark[] = [];
  let inSignature = false;
  for (let place = 0; place < lines.count; place = marks.length) {
    if (lines.isBlank(place)) {
      marks.push("blank");
      continue;
    }
    if (lines.at(place).depth > 0 || isRestOfQuote(lines, place, marks)) {
      inSignature = false;
      marks.push("quote");
      continue;
    }
    if (isForward(lines.at(place))) return toTheEnd(lines, marks, "forwarded");
    const older = olderMail(lines, place);
    if (older) {
      if (forwards) return toTheEnd(lines, marks, "forwarded");
      if (!older.beforeQuote) return toTheEnd(lines, markBack(marks, older.start, "history"), "history");
      markBack(marks, older.start, "attribution");
      while (marks.length <= older.end) marks.push("attribution");
      inSignature = false;
      continue;
    }
    if (beginsSignature(lines, place)) inSignature = true;
    marks.push(inSignature || isSentFrom(lines, place) ? "signature" : "own");
  }
  return marks;
}

interface OlderMail {
  /** May stand above the line asked about: such a sentence is known by its end. */
  start: number;
  end: number;
  /** What follows carries quote marks, so that it says itself where it ends. */
  beforeQuote: boolean;
}

/** Whether this line says that an older mail follows. */
function olderMail(lines: Lines, place: number): OlderMail | null {
  const line = lines.at(place);
  if (isReplyAbove(line)) return { start: paragraphAbove(lines, place), end: place, beforeQuote: false };
  const original = isOriginal(line);
  const rule = !original && isRule(line);
  const headers = original || rule ? lines.nextFilled(place) : place;
  const end = headers < 0 ? -1 : headerBlockEnd(lines, headers, original || rule);
  if (end >= 0) return { start: place, end, beforeQuote: isBeforeQuote(lines, end) };
  if (original) return { start: place, end: place, beforeQuote: isBeforeQuote(lines, place) };
  const beforeQuote = isBeforeQuote(lines, place);
  const start = attributionStart(lines, place, beforeQuote);
  return start < 0 ? null : { start, end: place, beforeQuote };
}

function isBeforeQuote(lines: Lines, place: number): boolean {
  const next = lines.nextFilled(place);
  return next >= 0 && lines.at(next).depth > 0;
}

/** What a client that we do not know puts above a mail of ours, right above the line that begins it. */
function paragraphAbove(lines: Lines, place: number): number {
  let start = place;
  let above = place - 1;
  while (above > place - 3 && lines.isBlank(above)) above -= 1;
  const last = lines.at(above);
  if (last.depth > 0 || !(/[:：]$/.test(last.words) || last.words.includes("@"))) return start;
  for (; above > place - 8 && above >= 0 && !lines.isBlank(above); above -= 1) start = above;
  return start;
}

/**
 * Clients break a long quoted line and mark only its first half. An answer typed right below begins with a capital, or
 * follows a sentence that ended.
 */
function isRestOfQuote(lines: Lines, place: number, marks: readonly Mark[]): boolean {
  if (marks[place - 1] !== "quote" || lines.at(place + 1).depth === 0) return false;
  const above = lines.at(place - 1);
  return (
    above.depth > 0 &&
    above.words.length >= 55 &&
    !/[.?!:…。？！]$/.test(above.words) &&
    /^\p{Ll}/u.test(lines.at(place).words)
  );
}

function markBack(marks: Mark[], from: number, mark: Mark): Mark[] {
  for (let place = from; place < marks.length; place += 1) if (marks[place] !== "blank") marks[place] = mark;
  return marks;
}

function toTheEnd(lines: Lines, marks: Mark[], mark: Mark): Mark[] {
  // A row of dashes right above belongs to what follows.
  while (marks.length < lines.count) marks.push(lines.isBlank(marks.length) ? "blank" : mark);
  return marks;
}
