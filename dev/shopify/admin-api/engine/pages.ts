import type { Arguments } from "./context";
import { badRequest } from "./errors";

export interface Page<Node> {
  edges: { cursor: string; node: Node }[];
  nodes: Node[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

export interface Order<Node> {
  id: (node: Node) => number;
  /** What is sorted by; the id breaks ties. */
  value: (node: Node) => string | number;
}

const MOST = 250;

/** A page size that no request can ask for: the whole list, for bulk operations. */
export const EVERYTHING = Number.POSITIVE_INFINITY;

/**
 * One page of the items in the asked order, with opaque cursors that hold the last value and id, so that
 * a page continues at the right place also when items were added or removed in between.
 * Reads first, last, after, before and reverse.
 */
export function paginate<Node>(items: readonly Node[], args: Arguments, order: Order<Node>): Page<Node> {
  const first = size(args, "first");
  const last = size(args, "last");
  if (first === null && last === null) throw badRequest("you must provide one of first or last");
  if (first !== null && last !== null) throw badRequest("providing both first and last is not supported");
  const direction = args.reverse === true ? -1 : 1;
  const compare = (a: Position, b: Position) => direction * comparePositions(a, b);
  const sorted = items
    .map((node) => ({ node, position: { value: order.value(node), id: order.id(node) } }))
    .sort((a, b) => compare(a.position, b.position));

  const after = position(args, "after");
  const before = position(args, "before");
  const inside = sorted.filter(
    ({ position: at }) => (!after || compare(at, after) > 0) && (!before || compare(at, before) < 0),
  );
  const kept = first !== null ? inside.slice(0, first) : inside.slice(Math.max(0, inside.length - (last ?? 0)));
  const edges = kept.map(({ node, position: at }) => ({ cursor: cursorOf(at), node }));
  const start = kept[0] ? sorted.indexOf(kept[0]) : -1;
  const end = start + kept.length;
  return {
    edges,
    nodes: kept.map(({ node }) => node),
    pageInfo: {
      hasNextPage: kept.length > 0 ? end < sorted.length : first === 0 && inside.length > 0,
      hasPreviousPage: kept.length > 0 ? start > 0 : false,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** A page of a list in its own order (lines, addresses, images): the position is the index. */
export function paginateInOrder<Node>(items: readonly Node[], args: Arguments): Page<Node> {
  const indexed = items.map((node, index) => ({ node, index }));
  const page = paginate(indexed, args, { id: ({ index }) => index, value: ({ index }) => index });
  return {
    edges: page.edges.map(({ cursor, node }) => ({ cursor, node: node.node })),
    nodes: page.nodes.map(({ node }) => node),
    pageInfo: page.pageInfo,
  };
}

interface Position {
  value: string | number;
  id: number;
}

function comparePositions(a: Position, b: Position): number {
  if (a.value !== b.value) return a.value < b.value ? -1 : 1;
  return a.id - b.id;
}

function cursorOf(at: Position): string {
  return Buffer.from(JSON.stringify({ last_id: at.id, last_value: at.value })).toString("base64");
}

function position(args: Arguments, name: "after" | "before"): Position | null {
  const cursor = args[name];
  if (typeof cursor !== "string") return null;
  try {
    const { last_id, last_value } = JSON.parse(Buffer.from(cursor, "base64").toString("utf8")) as {
      last_id: unknown;
      last_value: unknown;
    };
    if (typeof last_id === "number" && (typeof last_value === "string" || typeof last_value === "number")) {
      return { id: last_id, value: last_value };
    }
  } catch {
    // Said below, as for any other cursor that is not ours.
  }
  throw badRequest(`Invalid cursor for current pagination sort: ${cursor}.`);
}

function size(args: Arguments, name: "first" | "last"): number | null {
  const value = args[name];
  if (typeof value !== "number") return null;
  if (value < 0) throw badRequest(`${name} cannot be negative`);
  if (value > MOST && value !== EVERYTHING)
    throw badRequest(`The requested page size of ${value} is greater than the maximum of ${MOST}.`);
  return value;
}
