import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  isObjectType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import type { Types } from "./context";
import { notImplemented } from "./errors";
import { isImplemented } from "./resolve-field";

/**
 * Every `Type.field` in the document that no resolver answers, found before anything runs: a mutation
 * must not be half done. Fields on interfaces are checked when they run.
 */
export function missingFields(schema: GraphQLSchema, types: Types, document: DocumentNode): GraphQLError[] {
  const info = new TypeInfo(schema);
  const found = new Map<string, GraphQLError>();
  visit(
    document,
    visitWithTypeInfo(info, {
      Field(node) {
        const parent = info.getParentType();
        if (!isObjectType(parent) || parent.name.startsWith("__") || node.name.value.startsWith("__")) return;
        const name = `${parent.name}.${node.name.value}`;
        if (found.has(name) || isImplemented(types, parent.name, node.name.value)) return;
        const error = notImplemented(name);
        found.set(name, new GraphQLError(error.message, { nodes: [node], extensions: error.extensions }));
      },
    }),
  );
  return [...found.values()];
}
