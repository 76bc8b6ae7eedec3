import { readFile, rm } from "node:fs/promises";
import { buildClientSchema, type GraphQLSchema, type IntrospectionQuery } from "graphql";
import { SCHEMA_CACHE, schemaFile } from "./fetch-data";
import { ScopeMap, type ScopeRow } from "./scope-map";

export const API_VERSION = "2026-07";

export interface AdminSchema {
  version: typeof API_VERSION;
  schema: GraphQLSchema;
  scopes: ScopeMap;
}

let loaded: Promise<AdminSchema> | null = null;

/** Shopify's Admin GraphQL schema of version 2026-07 with its scope map, once a process. */
export function loadAdminSchema(): Promise<AdminSchema> {
  loaded ??= readAdminSchema(SCHEMA_CACHE);
  loaded.catch(() => {
    loaded = null;
  });
  return loaded;
}

/** The same from a given cache folder. A damaged file is fetched once more. */
export async function readAdminSchema(folder: string): Promise<AdminSchema> {
  const file = await schemaFile(folder);
  try {
    return parse(await readFile(file, "utf8"));
  } catch {
    await rm(file, { force: true });
    return parse(await readFile(await schemaFile(folder), "utf8"));
  }
}

function parse(json: string): AdminSchema {
  const { data, offline_scopes } = JSON.parse(json) as {
    data: IntrospectionQuery;
    offline_scopes: { items: ScopeRow[] };
  };
  // The data is Shopify's own and its hash is checked: validating 3,500 types again costs a second.
  const schema = buildClientSchema(data, { assumeValid: true });
  return { version: API_VERSION, schema, scopes: new ScopeMap(offline_scopes.items) };
}
