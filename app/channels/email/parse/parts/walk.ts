import { type Field, firstOf, readFields } from "../headers/fields";
import { type Parameterised, readParameters } from "../headers/parameters";
import { limits } from "../limits";
import type { Pause } from "../pause";
import type { Problems } from "../problems";

/** One part of a mail: a multipart with its children, or a leaf with the place of its body in the raw mail. */
export interface Part {
  fields: Field[];
  /** In lower case, such as `text/plain`. */
  type: string;
  parameters: Map<string, string>;
  disposition: Parameterised;
  /** Content-Transfer-Encoding in lower case. */
  encoding: string;
  start: number;
  end: number;
  parent: Part | null;
  /** Null of a leaf. */
  children: Part[] | null;
}

interface Open {
  part: Part;
  boundary: string;
  /** The one of the same boundary that it hides. */
  hidden: number | undefined;
}

const dashes = Buffer.from("\n--");
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * The parts of a mail, in one pass over its bytes: a line is looked up among the boundaries that are open, so that neither
 * depth nor boundaries that resemble each other cost anything. Boundaries that never close end with what is around them.
 */
export async function walkParts(raw: Buffer, problems: Problems, pause: Pause): Promise<Part> {
  const stack: Open[] = [];
  const byBoundary = new Map<string, number>();
  /** How many open boundaries there are of each length: most lines are told apart by it. */
  const lengths = new Map<number, number>();
  let longest = 0;
  let count = 1;

  const lookUp = (start: number, lineEnd: number): { level: number; closes: boolean } | null => {
    if (stack.length === 0 || raw[start] !== 0x2d || raw[start + 1] !== 0x2d) return null;
    const end = trimmedEnd(raw, start + 2, lineEnd);
    const length = end - start - 2;
    if (length > longest + 2 || !(lengths.has(length) || lengths.has(length - 2))) return null;
    const line = raw.toString("latin1", start + 2, end);
    const level = byBoundary.get(line);
    if (level !== undefined) return { level, closes: false };
    const closed = line.endsWith("--") ? byBoundary.get(line.slice(0, -2)) : undefined;
    return closed === undefined ? null : { level: closed, closes: true };
  };
  const isBoundary = (start: number, end: number): boolean => lookUp(start, end) !== null;

  const push = (part: Part): void => {
    const boundary = boundaryOf(part);
    if (boundary === null) return;
    if (stack.length >= limits.depth) {
      problems.add(`Parts that lie more than ${limits.depth} levels deep were not read.`);
      // It is kept as a file, as it stands.
      part.type = "application/octet-stream";
      return;
    }
    part.children = [];
    stack.push({ part, boundary, hidden: byBoundary.get(boundary) });
    byBoundary.set(boundary, stack.length - 1);
    lengths.set(boundary.length, (lengths.get(boundary.length) ?? 0) + 1);
    longest = Math.max(longest, boundary.length);
  };
  const popTo = (level: number, end: number): void => {
    while (stack.length > level) {
      const open = stack.pop() as Open;
      open.part.end = Math.max(end, open.part.start);
      const left = (lengths.get(open.boundary.length) ?? 1) - 1;
      if (left === 0) lengths.delete(open.boundary.length);
      else lengths.set(open.boundary.length, left);
      if (open.hidden === undefined) byBoundary.delete(open.boundary);
      else byBoundary.set(open.boundary, open.hidden);
    }
  };

  const head = readFields(raw, 0, raw.length, problems);
  const root = makePart(head.fields, head.end, raw.length, null);
  push(root);
  let leaf: Part | null = root.children ? null : root;
  let at = head.end;
  for (let lines = 1; stack.length > 0; lines += 1) {
    if (lines % 4_096 === 0) await pause();
    const lineStart = nextDashes(raw, at, head.end);
    if (lineStart < 0) break;
    const lineEnd = endOfLine(raw, lineStart);
    const boundary = lookUp(lineStart, lineEnd);
    at = lineEnd;
    if (!boundary) continue;
    const end = withoutBreak(raw, lineStart, leaf?.start ?? 0);
    if (leaf) leaf.end = end;
    leaf = null;
    popTo(boundary.level + (boundary.closes ? 0 : 1), end);
    if (boundary.closes) continue;
    if (count >= limits.parts) {
      problems.add(`Only the first ${limits.parts} parts were read.`);
      break;
    }
    count += 1;
    const parent = (stack.at(-1) as Open).part;
    const block = readFields(raw, Math.min(lineEnd + 1, raw.length), raw.length, problems, isBoundary);
    const part = makePart(block.fields, block.end, raw.length, parent);
    parent.children?.push(part);
    push(part);
    leaf = part.children ? null : part;
    // The line feed before the body may be the one before a boundary.
    at = Math.max(block.end - 1, lineEnd);
  }
  popTo(0, raw.length);
  mend(root, problems);
  return root;
}

/** The next line at or after `at` that begins with two dashes; -1 when there is none. */
function nextDashes(raw: Buffer, at: number, bodyStart: number): number {
  if (at === bodyStart && raw[at] === 0x2d && raw[at + 1] === 0x2d) return at;
  // Where such lines follow one another, a search for each would cost more than they do.
  if (raw[at] === lineFeed && raw[at + 1] === 0x2d && raw[at + 2] === 0x2d) return at + 1;
  const found = raw.indexOf(dashes, at);
  return found < 0 ? -1 : found + 1;
}

function endOfLine(raw: Buffer, start: number): number {
  const near = Math.min(start + 200, raw.length);
  for (let at = start; at < near; at += 1) if (raw[at] === lineFeed) return at;
  const found = raw.indexOf(lineFeed, near);
  return found < 0 ? raw.length : found;
}

function trimmedEnd(raw: Buffer, start: number, lineEnd: number): number {
  let end = lineEnd;
  while (end > start && (raw[end - 1] === 0x20 || raw[end - 1] === 0x09 || raw[end - 1] === carriageReturn)) end -= 1;
  return end;
}

/** RFC 2046, 5.1.1: the line break before a boundary belongs to the boundary. */
function withoutBreak(raw: Buffer, lineStart: number, least: number): number {
  let end = lineStart;
  if (end > least && raw[end - 1] === lineFeed) end -= 1;
  if (end > least && raw[end - 1] === carriageReturn) end -= 1;
  return Math.max(end, least);
}

function makePart(fields: Field[], start: number, end: number, parent: Part | null): Part {
  const content = readParameters(firstOf(fields, "content-type"));
  // RFC 2046, 5.1.5.
  const fallback = parent?.type === "multipart/digest" ? "message/rfc822" : "text/plain";
  return {
    fields,
    type: typeOf(content.value) ?? fallback,
    parameters: content.parameters,
    disposition: readParameters(firstOf(fields, "content-disposition")),
    encoding: (firstOf(fields, "content-transfer-encoding") ?? "")
      .replace(/[;(].*$/s, "")
      .trim()
      .toLowerCase(),
    start,
    end,
    parent,
    children: null,
  };
}

/** `text` and `html` alone were usual before RFC 1521; a type that is none is not read as text. */
function typeOf(value: string): string | null {
  if (value === "") return null;
  if (/^[^/\s]{1,100}\/[^/\s]{1,100}$/.test(value)) return value;
  if (value === "text" || value === "plain") return "text/plain";
  if (value === "html") return "text/html";
  return value.startsWith("text") || value.startsWith("multipart") ? value.slice(0, 100) : "application/octet-stream";
}

/** Boundaries are bytes: one that was written in UTF-8 is looked for as it stands in the mail. */
function boundaryOf(part: Part): string | null {
  if (!part.type.startsWith("multipart")) return null;
  const boundary = part.parameters.get("boundary");
  return boundary ? Buffer.from(boundary).toString("latin1").trimEnd() || null : null;
}

/** A multipart without a part is what its text says it is: a mail whose boundary was lost on the way. */
function mend(part: Part, problems: Problems): void {
  if (part.children?.length === 0) {
    part.children = null;
    if (part.end > part.start) problems.add("A part of this mail names a boundary that is not in it.");
  }
  if (part.children === null && part.type.startsWith("multipart")) {
    part.type = "text/plain";
    part.encoding = part.encoding === "base64" || part.encoding === "quoted-printable" ? part.encoding : "";
  }
  for (const child of part.children ?? []) mend(child, problems);
}
