import {
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  type GraphQLNamedType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  getNamedType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from "graphql";

/**
 * What Shopify charges (https://shopify.dev/docs/api/usage/limits#calculated-query-costs): objects 1,
 * scalars 0, mutations 10, connections 2 and their nodes by `first` or `last`; an abstract field costs
 * what its most expensive type does. With `data` the same walk counts what really came back.
 */
export class QueryCost {
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly fragments: Record<string, FragmentDefinitionNode>,
    private readonly variables: Record<string, unknown>,
  ) {}

  requested(operation: OperationDefinitionNode): number {
    return this.operation(operation, undefined);
  }

  actual(operation: OperationDefinitionNode, data: unknown): number {
    return this.operation(operation, data ?? null);
  }

  private operation(operation: OperationDefinitionNode, data: unknown): number {
    const isMutation = operation.operation === "mutation";
    const root = isMutation ? this.schema.getMutationType() : this.schema.getQueryType();
    if (!root) return 0;
    if (!isMutation) return this.selection(operation.selectionSet, root, data);
    const fields = this.fields(operation.selectionSet, root);
    return fields.filter(({ node }) => data === undefined || valueAt(data, node) !== null).length * 10;
  }

  private selection(set: SelectionSetNode | undefined, type: GraphQLNamedType, data: unknown): number {
    if (!set || data === null) return 0;
    return this.fields(set, type).reduce((sum, { node, parent }) => {
      const value = data === undefined ? undefined : (valueAt(data, node) ?? null);
      return sum + this.field(node, parent, value);
    }, 0);
  }

  private field(node: FieldNode, parent: GraphQLNamedType, value: unknown): number {
    if (node.name.value.startsWith("__") || !isObjectType(parent)) {
      if (!("getFields" in parent) || node.name.value.startsWith("__")) return 0;
    }
    const field = "getFields" in parent ? parent.getFields()[node.name.value] : undefined;
    if (!field || value === null) return 0;
    const type = getNamedType(field.type);
    if (isLeafType(type) || type.name === "PageInfo") return 0;
    if (type.name.endsWith("Connection") && isObjectType(type)) return 2 + this.nodes(node, type, value);
    const outer = isNonNullType(field.type) ? field.type.ofType : field.type;
    if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + this.object(node, type, item), 0);
    const times = isListType(outer) ? (this.size(node) ?? 1) : 1;
    return times * this.object(node, type, value);
  }

  private object(node: FieldNode, type: GraphQLNamedType, value: unknown): number {
    return value === null ? 0 : 1 + this.selection(node.selectionSet, type, value);
  }

  /** The nodes of a connection, through `nodes` or `edges.node`, whichever costs more. */
  private nodes(connection: FieldNode, type: GraphQLNamedType, value: unknown): number {
    if (!connection.selectionSet) return 0;
    let most = 0;
    for (const { node, parent } of this.fields(connection.selectionSet, type)) {
      if (!isObjectType(parent) || !["nodes", "edges"].includes(node.name.value)) continue;
      const field = parent.getFields()[node.name.value];
      if (!field) continue;
      const itemType = getNamedType(field.type);
      const one = (item: unknown) =>
        node.name.value === "nodes"
          ? this.object(node, itemType, item)
          : this.selection(node.selectionSet, itemType, item);
      const items = value === undefined ? undefined : valueAt(value, node);
      const cost = Array.isArray(items)
        ? items.reduce<number>((sum, item) => sum + one(item), 0)
        : (this.size(connection) ?? 0) * one(undefined);
      most = Math.max(most, cost);
    }
    return most;
  }

  /** How many of them are asked for: by `first` or `last`, or by their ids. */
  private size(node: FieldNode): number | null {
    for (const argument of node.arguments ?? []) {
      if (argument.name.value === "ids") return this.length(argument.value);
      if (argument.name.value !== "first" && argument.name.value !== "last") continue;
      if (argument.value.kind === Kind.INT) return Number(argument.value.value);
      if (argument.value.kind === Kind.VARIABLE) {
        const value = this.variables[argument.value.name.value];
        if (typeof value === "number") return value;
      }
    }
    return null;
  }

  private length(list: ValueNode): number | null {
    if (list.kind === Kind.LIST) return list.values.length;
    const value = list.kind === Kind.VARIABLE ? this.variables[list.name.value] : null;
    return Array.isArray(value) ? value.length : null;
  }

  /** The fields of a selection with fragments opened; of an abstract type, those of its dearest branch. */
  private fields(set: SelectionSetNode, type: GraphQLNamedType): { node: FieldNode; parent: GraphQLNamedType }[] {
    const own: { node: FieldNode; parent: GraphQLNamedType }[] = [];
    const branches: { node: FieldNode; parent: GraphQLNamedType }[][] = [];
    for (const selection of set.selections) {
      if (getDirectiveValues(GraphQLSkipDirective, selection, this.variables)?.if === true) continue;
      if (getDirectiveValues(GraphQLIncludeDirective, selection, this.variables)?.if === false) continue;
      if (selection.kind === Kind.FIELD) {
        own.push({ node: selection, parent: type });
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.fragments[selection.name.value];
      if (!fragment) continue;
      const on = fragment.typeCondition ? this.schema.getType(fragment.typeCondition.name.value) : type;
      const inner = this.fields(fragment.selectionSet, on ?? type);
      if (isAbstractType(type) && on !== type) branches.push(inner);
      else own.push(...inner);
    }
    const cost = (branch: typeof own) =>
      branch.reduce((sum, { node, parent }) => sum + this.field(node, parent, undefined), 0);
    const dearest = branches.sort((a, b) => cost(b) - cost(a))[0] ?? [];
    return [...own, ...dearest];
  }
}

function valueAt(data: unknown, node: FieldNode): unknown {
  return (data as Record<string, unknown>)[node.alias?.value ?? node.name.value];
}
