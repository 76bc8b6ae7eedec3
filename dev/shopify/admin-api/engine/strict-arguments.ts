import type { GraphQLField } from "graphql";
import type { Arguments } from "./context";

/**
 * Wraps a field's arguments so that what the resolver did not look at can be named: silently ignoring
 * a filter or an input field would invent behaviour. Lists and input objects are followed. What asks for
 * nothing (null, an empty list, the schema's own default) need not be read.
 */
export function watchArguments(
  args: Arguments,
  field: GraphQLField<unknown, unknown>,
): { args: Arguments; unread: () => string[] } {
  const unread = new Set<string>();
  const watched = watchObject(args, "", unread);
  for (const { name, defaultValue } of field.args) {
    if (defaultValue !== undefined && args[name] === defaultValue) unread.delete(name);
  }
  return { args: watched, unread: () => [...unread] };
}

function watchObject(value: object, path: string, unread: Set<string>): Arguments {
  const watched: Arguments = {};
  for (const [name, inner] of Object.entries(value)) {
    if (inner === undefined) continue;
    const innerPath = path ? `${path}.${name}` : name;
    if (inner !== null && !(Array.isArray(inner) && inner.length === 0)) unread.add(innerPath);
    const wrapped = watch(inner, innerPath, unread);
    Object.defineProperty(watched, name, {
      enumerable: true,
      get: () => {
        unread.delete(innerPath);
        return wrapped;
      },
    });
  }
  return watched;
}

function watch(value: unknown, path: string, unread: Set<string>): unknown {
  if (Array.isArray(value)) return value.map((item) => watch(item, path, unread));
  return typeof value === "object" && value !== null ? watchObject(value, path, unread) : value;
}
