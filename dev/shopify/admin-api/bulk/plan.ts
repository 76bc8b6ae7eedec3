import { type DocumentNode, type GraphQLNamedType, isObjectType } from "graphql";

/** Where a connection's nodes lie in an answer, by response keys. */
export interface NestedConnection {
  /** From the node that it belongs to. */
  path: string[];
  /** How the answer names `edges` and `node`. */
  edges: string;
  node: string;
  children: NestedConnection[];
}

/** A bulk query that may run. */
export interface BulkPlan {
  document: DocumentNode;
  root: NestedConnection;
}

export function isConnection(type: GraphQLNamedType): boolean {
  return isObjectType(type) && type.name.endsWith("Connection");
}

type Json = Record<string, unknown>;

interface Line {
  own: Json;
  children: Line[];
}

/**
 * The lines of some root nodes: each node of a connection is a line of its own, which names the node it belongs
 * to in `__parentId`. Grouped, a node's own follow it at once; else they only come later than it.
 */
export function linesOf(data: unknown, root: NestedConnection, grouped: boolean): Json[] {
  const lines = nodesAt(data, root).map((node) => lineOf(node, root, null));
  if (grouped) return lines.flatMap(depthFirst);
  const all: Json[] = [];
  for (let level = lines; level.length > 0; level = level.flatMap((line) => line.children)) {
    all.push(...level.map((line) => line.own));
  }
  return all;
}

function depthFirst(line: Line): Json[] {
  return [line.own, ...line.children.flatMap(depthFirst)];
}

function lineOf(node: Json, of: NestedConnection, parentId: unknown): Line {
  const children = of.children.flatMap((inner) => nodesAt(node, inner).map((each) => lineOf(each, inner, node.id)));
  const own = of.children.reduce<Json>((rest, inner) => without(rest, inner.path), node);
  return { own: parentId === null ? own : { ...own, __parentId: parentId }, children };
}

/** A node that may not be read is missing from the file. */
function nodesAt(data: unknown, connection: NestedConnection): Json[] {
  let value = data;
  for (const key of connection.path) value = isJson(value) ? value[key] : null;
  const edges = isJson(value) ? value[connection.edges] : null;
  if (!Array.isArray(edges)) return [];
  return edges.map((edge) => (isJson(edge) ? edge[connection.node] : null)).filter(isJson);
}

function without(node: Json, [key = "", ...deeper]: string[]): Json {
  if (deeper.length === 0) return Object.fromEntries(Object.entries(node).filter(([name]) => name !== key));
  const inner = node[key];
  return isJson(inner) ? { ...node, [key]: without(inner, deeper) } : node;
}

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null;
}
