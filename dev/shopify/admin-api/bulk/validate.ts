import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  validate,
} from "graphql";
import { type BulkPlan, isConnection, type NestedConnection } from "./plan";

const MOST_CONNECTIONS = 5;
/** Below the root connection, which is level 0. */
const DEEPEST = 2;

export type Validated = { plan: BulkPlan } | { messages: string[] };

/**
 * What Shopify says to a bulk query before it accepts it, or the plan to run it by.
 * https://shopify.dev/docs/api/usage/bulk-operations/queries#operation-restrictions
 */
export function validateBulkQuery(schema: GraphQLSchema, query: string): Validated {
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch (error) {
    const reason = query.trim() === "" ? "syntax error, unexpected end of file" : (error as GraphQLError).message;
    return { messages: [`Invalid bulk query: ${reason}`] };
  }
  const operation = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (operation?.operation !== "query") {
    return { messages: ["Invalid operation type. Only `query` operations are supported."] };
  }
  const invalid = validate(schema, document);
  if (invalid.length > 0) return { messages: invalid.map((error) => `Invalid bulk query: ${error.message}`) };
  return new Analysis(schema, document, operation).result();
}

/** Walks the document with its types, counting what Shopify restricts. */
class Analysis {
  private connections = 0;
  private deepest = 0;
  private inList = false;
  private readonly byNodes: string[] = [];
  private readonly withoutId: string[] = [];
  private readonly fragments: Record<string, FragmentDefinitionNode> = {};

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly document: DocumentNode,
    private readonly operation: OperationDefinitionNode,
  ) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.fragments[definition.name.value] = definition;
    }
  }

  result(): Validated {
    const queryType = this.schema.getQueryType();
    const roots = queryType ? this.fields(this.operation.selectionSet, queryType) : [];
    const [root] = roots;
    if (!root || roots.length > 1) return { messages: ["Bulk queries must contain exactly one top-level field."] };
    const name = root.node.name.value;
    const found = this.below([root], { depth: 0, list: false, path: [], parent: null });
    const messages = [
      ...(this.byNodes.length > 0
        ? [
            `All connection fields in a bulk query must select their contents using 'edges' > 'node', e.g: '${this.byNodes[0]} { edges { node {'. Selecting via 'nodes' is not supported. Invalid connection fields: '${this.byNodes.join("', '")}'.`,
          ]
        : []),
      ...(["node", "nodes"].includes(name) ? [`Bulk queries cannot contain a top level \`${name}\` field.`] : []),
      ...(this.deepest > DEEPEST
        ? [`Bulk queries cannot contain connections with a nesting depth greater than ${DEEPEST}.`]
        : []),
      ...(this.connections > MOST_CONNECTIONS
        ? [`Bulk queries cannot contain more than ${MOST_CONNECTIONS} connections.`]
        : []),
      ...(this.withoutId.length > 0
        ? [
            `The parent 'node' field for a nested connection must select the 'id' field without an alias and must be of 'ID' return type. Connection fields without 'id': ${this.withoutId.join(", ")}.`,
          ]
        : []),
      ...(this.inList
        ? ["Queries that contain a connection field within a list field are not currently supported."]
        : []),
      ...(this.connections === 0 ? ["Bulk queries must contain at least one connection."] : []),
    ];
    if (messages.length > 0) return { messages };
    const [connection] = found;
    if (connection?.path.length !== 1) {
      throw new GraphQLError("The local Shopify runs bulk queries whose top-level field is a connection only.", {
        extensions: { code: "NOT_IMPLEMENTED_BY_LOCAL_SHOPIFY", what: `a bulk query of ${name}` },
      });
    }
    return { plan: { document: this.document, root: connection } };
  }

  private below(
    fields: { node: FieldNode; parent: GraphQLNamedType }[],
    at: { depth: number; list: boolean; path: string[]; parent: { name: string; hasId: boolean } | null },
  ): NestedConnection[] {
    return fields.flatMap(({ node, parent }) => {
      const name = node.name.value;
      const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
      if (!field || !node.selectionSet) return [];
      const type = getNamedType(field.type);
      const path = [...at.path, node.alias?.value ?? name];
      if (!isConnection(type)) {
        const list = at.list || isListType(getNullableType(field.type));
        return this.below(this.fields(node.selectionSet, type), { ...at, list, path });
      }
      this.connections += 1;
      this.deepest = Math.max(this.deepest, at.depth);
      if (at.list) this.inList = true;
      if (at.parent && !at.parent.hasId && !this.withoutId.includes(at.parent.name))
        this.withoutId.push(at.parent.name);
      const inside = this.fields(node.selectionSet, type);
      const edges = inside.find((each) => each.node.name.value === "edges");
      const item = edges && this.nodeOf(edges.node, edges.parent);
      if (!edges || !item) {
        this.byNodes.push(name);
        return [];
      }
      const selected = this.fields(item.set, item.type);
      const hasId = selected.some((each) => each.node.name.value === "id" && !each.node.alias);
      const children = this.below(selected, { depth: at.depth + 1, list: false, path: [], parent: { name, hasId } });
      return [{ path, edges: edges.node.alias?.value ?? "edges", node: item.key, children }];
    });
  }

  /** What `edges { node { … } }` selects of the node. */
  private nodeOf(edges: FieldNode, parent: GraphQLNamedType) {
    if (!edges.selectionSet || !isObjectType(parent)) return null;
    const edge = getNamedType(parent.getFields().edges?.type);
    if (!isObjectType(edge)) return null;
    const node = this.fields(edges.selectionSet, edge).find((each) => each.node.name.value === "node");
    const type = getNamedType(edge.getFields().node?.type);
    if (!node?.node.selectionSet || !type) return null;
    return { set: node.node.selectionSet, type, key: node.node.alias?.value ?? "node" };
  }

  /** The fields of a selection with all fragments opened. */
  private fields(set: SelectionSetNode, parent: GraphQLNamedType): { node: FieldNode; parent: GraphQLNamedType }[] {
    return set.selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [{ node: selection, parent }];
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.fragments[selection.name.value];
      if (!fragment) return [];
      const on = fragment.typeCondition ? this.schema.getType(fragment.typeCondition.name.value) : parent;
      return this.fields(fragment.selectionSet, on && isCompositeType(on) ? on : parent);
    });
  }
}
