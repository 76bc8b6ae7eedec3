import { type GraphQLFieldResolver, type GraphQLTypeResolver, getNamedType } from "graphql";
import { switchboard } from "../switchboard";
import { requireAccess } from "./access";
import type { AdminContext, Arguments, Resolver, Types } from "./context";
import { notImplemented, tooManyInputs } from "./errors";
import { EVERYTHING } from "./pages";
import { watchArguments } from "./strict-arguments";

/** https://shopify.dev/docs/api/usage/limits#input-arguments */
const MOST_INPUTS = 250;

/** Connections, edges and page infos come from `paginate`, whatever they are about. */
const PAGING: readonly [RegExp, readonly string[]][] = [
  [/Connection$/, ["edges", "nodes", "pageInfo"]],
  [/Edge$/, ["cursor", "node"]],
  [/^PageInfo$/, ["hasNextPage", "hasPreviousPage", "startCursor", "endCursor"]],
];

/** Payloads and user errors are plain objects with the schema's own field names. */
function isPlain(typeName: string, fieldName: string): boolean {
  if (PAGING.some(([type, fields]) => type.test(typeName) && fields.includes(fieldName))) return true;
  return /(Payload|UserError)$/.test(typeName);
}

/** Whether a field of an object type can be answered at all. */
export function isImplemented(types: Types, typeName: string, fieldName: string): boolean {
  return types[typeName]?.[fieldName] !== undefined || isPlain(typeName, fieldName);
}

/**
 * The one field resolver: access first, then the type's own table; a field in no table, and an argument
 * that the table's resolver did not look at, fail with their name. A mutation runs in one transaction, so
 * such a failure leaves nothing behind.
 */
export function fieldResolver(types: Types): GraphQLFieldResolver<unknown, AdminContext, Arguments> {
  return (source, args, context, info) => {
    const typeName = info.parentType.name;
    const resolver = types[typeName]?.[info.fieldName] as Resolver<unknown> | undefined;
    if (!resolver && !isPlain(typeName, info.fieldName)) throw notImplemented(`${typeName}.${info.fieldName}`);
    requireAccess(info, context);
    if (!resolver) return readPlain(source, typeName, info.fieldName);

    const field = info.parentType.getFields()[info.fieldName];
    if (!field) throw notImplemented(`${typeName}.${info.fieldName}`);
    for (const list of Object.values(args)) {
      if (Array.isArray(list) && list.length > MOST_INPUTS) throw tooManyInputs(list.length, MOST_INPUTS);
    }
    const paged = context.inBulk && getNamedType(info.returnType).name.endsWith("Connection");
    const watched = watchArguments(paged ? wholeList(args) : args, field);
    const checked = (result: unknown) => {
      const unread = isRefused(result) ? [] : watched.unread();
      if (unread.length > 0) throw notImplemented(`${typeName}.${info.fieldName}(${unread.join(", ")})`);
      return result;
    };
    const run = () => {
      const result = resolver(source, watched.args, context, info);
      return result instanceof Promise ? result.then(checked) : checked(result);
    };
    if (info.operation.operation !== "mutation" || info.parentType !== info.schema.getMutationType()) return run();
    const refusal = switchboard(context.world).refusals.get(info.fieldName);
    if (refusal) return { userErrors: refusal };
    return context.shop.transaction(run);
  };
}

/** Bulk operations take no notice of paging arguments. */
function wholeList({ last: _last, after: _after, before: _before, ...rest }: Arguments): Arguments {
  return { ...rest, first: EVERYTHING };
}

/** A property of a plain object; one that nobody set is missing, except beside user errors. */
function readPlain(source: unknown, typeName: string, fieldName: string): unknown {
  const value = (source as Record<string, unknown>)[fieldName];
  if (value === undefined && !isRefused(source)) throw notImplemented(`${typeName}.${fieldName}`);
  return value;
}

/** Interfaces and unions are given objects that carry their type's name. */
export const typeResolver: GraphQLTypeResolver<unknown, AdminContext> = (value) =>
  (value as { __typename?: string }).__typename;

/** A record that may stand where the schema says Node, HasMetafields or another interface. */
export function tagged<Name extends string, Source extends object>(name: Name, source: Source) {
  return { ...source, __typename: name };
}

function isRefused(result: unknown): boolean {
  const errors = (result as { userErrors?: unknown[] } | null)?.userErrors;
  return Array.isArray(errors) && errors.length > 0;
}
