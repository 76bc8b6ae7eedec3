import { type HeaderField, headerFields, notesLabels } from "./header-words";
import type { Line, Lines } from "./lines";

/** No client writes more headers than these, wrapped ones included. */
const mostLines = 14;

/**
 * Whether the headers of an older mail begin at this line ("From: … Sent: … To: … Subject: …"), and where they end. Who
 * it was from and two more are needed, or one more below a line that already says so (`announced`). Answers -1 when it
 * is none. A line without a label belongs to the header above it, which was wrapped.
 */
export function headerBlockEnd(lines: Lines, start: number, announced: boolean): number {
  const first = labelOf(lines.at(start));
  if (first === null || first === "other") return notesBlockEnd(lines, start);
  const seen = new Set<HeaderField>([first]);
  let end = start;
  let unlabelled = 0;
  for (let place = start + 1; place < start + mostLines && place < lines.count; place += 1) {
    const line = lines.at(place);
    if (line.depth > 0) break;
    const field = labelOf(line);
    // Text made from HTML has an empty line between headers that were paragraphs.
    if (field === null && line.words === "" && labelOf(lines.at(place + 1)) === null) break;
    if (field === null && line.words !== "") {
      unlabelled += 1;
      if (unlabelled > 2) break;
      continue;
    }
    if (field === null) continue;
    unlabelled = 0;
    seen.add(field);
    end = place;
  }
  const enough = seen.has("from") && seen.size >= (announced ? 2 : 3);
  return enough ? lastOfHeader(lines, end) : notesBlockEnd(lines, start);
}

/** What a line is the header of; null for other lines. */
export function labelOf(line: Line): HeaderField | null {
  if (line.depth > 0) return null;
  const at = line.small.search(/[:：]/);
  if (at < 1 || at > 32) return null;
  const label = line.small.slice(0, at).replace(/^[*_\s]+|[*_\s]+$/g, "");
  return headerFields.get(label) ?? null;
}

/** The subject may be wrapped: its rest has no label and is followed by an empty line. */
function lastOfHeader(lines: Lines, end: number): number {
  const next = lines.at(end + 1);
  const wrapped = next.depth === 0 && next.words !== "" && lines.at(end).words.length > 60 && lines.isBlank(end + 2);
  return wrapped ? end + 1 : end;
}

/** Notes: who, when, and then "To", "cc", "Subject" each alone on a line with what it says below. */
function notesBlockEnd(lines: Lines, start: number): number {
  const when = lines.at(start);
  if (when.depth > 0 || !/^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}.*\d[:.]\d\d/.test(when.words)) return -1;
  let labels = 0;
  let end = -1;
  for (let place = start + 1; place < start + mostLines && place < lines.count; place += 1) {
    const line = lines.at(place);
    if (line.depth > 0) return -1;
    if (!notesLabels.has(line.small)) continue;
    labels += 1;
    end = place;
  }
  return labels >= 2 ? end : -1;
}
