import { Malformed } from "../mirror/read";
import type { Line } from "./lines";
import type { Source } from "./sources";

/** A line that could not be understood. `reason` never holds what the line says. */
export interface BadLine {
  line: number;
  offset: number;
  length: number;
  reason: string;
}

/** Records of whole lines, from one checkpoint to the next. */
export interface Batch {
  records: unknown[];
  /** Where each of them stands. */
  places: { line: number; offset: number; length: number }[];
  bad: BadLine[];
  /** Parents whose children came after them in the file and too late: they are to be read again by themselves. */
  late: string[];
  /** Where the next batch begins in the file, and how many lines stand before it. */
  offset: number;
  line: number;
}

/** When a batch is full: enough for one statement to be worth its way, and little enough to hold two of them. */
export const fullAt = { records: 1_000, bytes: 4 * 1024 * 1024 };

interface Open {
  id: string;
  node: Record<string, unknown>;
  line: number;
  offset: number;
  length: number;
}

/**
 * Puts records together from the lines of a bulk operation's file: a parent, and after it its children, which name it in
 * `__parentId`. The last parent of a batch waits for the next one, because its children may follow; a checkpoint is therefore always
 * the beginning of a parent, and reading from there gives the same records again. Where `chunks` were cut off, the last parent is left
 * for the next reading.
 * https://shopify.dev/docs/api/usage/bulk-operations/queries#the-jsonl-data-format
 */
export async function* batchesOf(
  lines: AsyncIterable<Line[]>,
  source: Source,
  from: { offset: number; line: number },
  chunks: { readonly broken?: boolean } = {},
  full = fullAt,
): AsyncGenerator<Batch> {
  let open = new Map<string, Open>();
  let last: Open | null = null;
  let bad: BadLine[] = [];
  let late = new Set<string>();
  let line = from.line;
  let end = from.offset;
  let begin = from.offset;
  const batch = (parents: Iterable<Open>, offset: number, upTo: number): Batch => {
    const records: unknown[] = [];
    const places: Batch["places"] = [];
    for (const one of parents) {
      try {
        records.push(source.read(one.node));
        places.push({ line: one.line, offset: one.offset, length: one.length });
      } catch (error) {
        bad.push({ line: one.line, offset: one.offset, length: one.length, reason: reasonOf(error) });
      }
    }
    const made = { records, places, bad, late: [...late], offset, line: upTo };
    bad = [];
    late = new Set();
    begin = offset;
    return made;
  };
  for await (const some of lines) {
    for (const one of some) {
      line += 1;
      end = one.offset + one.length;
      const node = parse(one, source);
      if (typeof node === "string") {
        if (node !== "") bad.push({ line, offset: one.offset, length: one.length, reason: node });
        continue;
      }
      const { id, parentId } = node;
      if (parentId === null) {
        if (last && (open.size >= full.records || one.offset - begin >= full.bytes)) {
          yield batch(open.values(), one.offset, line - 1);
          open = new Map();
        }
        last = { id, node: node.object, line, offset: one.offset, length: one.length };
        // Told twice in one file: the later one counts, and stands where it stands.
        open.delete(id);
        open.set(id, last);
        continue;
      }
      const parent = last?.id === parentId ? last : open.get(parentId);
      const connection = source.children[typeOf(id)];
      if (!connection) bad.push({ line, offset: one.offset, length: one.length, reason: "of a kind not asked for" });
      else if (!parent && typeOf(parentId) !== source.type)
        bad.push({ line, offset: one.offset, length: one.length, reason: "of a parent not asked for" });
      else if (!parent) late.add(parentId);
      else attach(parent.node, connection, node.object);
    }
  }
  if (chunks.broken && last) {
    open.delete(last.id);
    bad = bad.filter((one) => one.offset < (last?.offset ?? 0));
    if (open.size > 0) yield batch(open.values(), last.offset, last.line - 1);
    return;
  }
  if (open.size > 0 || bad.length > 0 || late.size > 0 || end !== begin) yield batch(open.values(), end, line);
}

interface Parsed {
  id: string;
  parentId: string | null;
  object: Record<string, unknown>;
}

/** The object of a line; else why it is none, which is empty for an empty line. */
function parse(line: Line, source: Source): Parsed | string {
  if (line.bytes === null) return "too long";
  if (line.bytes.length === 0) return "";
  let object: Record<string, unknown>;
  try {
    object = JSON.parse(line.bytes.toString("utf8")) as Record<string, unknown>;
  } catch {
    return "no JSON";
  }
  if (object === null || typeof object !== "object" || Array.isArray(object)) return "no object";
  const { id, __parentId: parentId } = object;
  if (typeof id !== "string") return "no id";
  if (parentId === undefined)
    return typeOf(id) === source.type ? { id, parentId: null, object } : "of a kind not asked for";
  return typeof parentId === "string" ? { id, parentId, object } : "no parent";
}

/** gid://shopify/Order/1 is an Order. */
function typeOf(gid: string): string {
  if (!gid.startsWith("gid://shopify/")) return "";
  return gid.slice(14, gid.indexOf("/", 14));
}

function attach(parent: Record<string, unknown>, connection: string, node: Record<string, unknown>): void {
  const there = parent[connection] as { edges: { node: unknown }[] } | undefined;
  if (there?.edges) there.edges.push({ node });
  else parent[connection] = { edges: [{ node }] };
}

function reasonOf(error: unknown): string {
  return error instanceof Malformed ? error.message : "not of the expected shape";
}
