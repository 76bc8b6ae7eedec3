import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type FragmentDefinitionNode, Kind, type OperationDefinitionNode, parse, print, validate } from "graphql";
import { describe, expect, test } from "vitest";
import { MAXIMUM_QUERY_COST } from "../../../../dev/shopify/admin-api/engine/bucket";
import { QueryCost } from "../../../../dev/shopify/admin-api/engine/cost";
import { missingFields } from "../../../../dev/shopify/admin-api/engine/coverage";
import { types } from "../../../../dev/shopify/admin-api/resolvers/types";
import { loadAdminSchema } from "../../../../dev/shopify/schema/load";

const folder = fileURLToPath(new URL("../../../../app/shopify/queries", import.meta.url));
const definitions = readdirSync(folder)
  .filter((name) => name.endsWith(".graphql"))
  .flatMap((name) => parse(readFileSync(`${folder}/${name}`, "utf8")).definitions);
const fragments: Record<string, FragmentDefinitionNode> = {};
for (const definition of definitions) {
  if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
}
const operations = definitions.filter(
  (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
);

describe.each(operations.map((operation) => [operation.name?.value ?? "", operation] as const))(
  "the app's %s",
  (_name, operation) => {
    const document = parse([operation, ...used(print(operation))].map(print).join("\n"));

    test("is valid, and answered by the local Shopify field by field", async () => {
      const { schema } = await loadAdminSchema();
      expect(validate(schema, document).map((error) => error.message)).toEqual([]);
      expect(missingFields(schema, types, document).map((error) => error.message)).toEqual([]);
    });

    test("costs no more than a single query may", async () => {
      const { schema } = await loadAdminSchema();
      expect(new QueryCost(schema, fragments, { first: 12 }).requested(operation)).toBeLessThanOrEqual(
        MAXIMUM_QUERY_COST,
      );
    });
  },
);

/** The fragments that a text spreads, and theirs. */
function used(text: string, seen = new Set<string>()): FragmentDefinitionNode[] {
  for (const [, name = ""] of text.matchAll(/\.\.\.\s*([A-Za-z]\w*)/g)) {
    const fragment = fragments[name];
    if (!fragment || seen.has(name)) continue;
    seen.add(name);
    used(print(fragment), seen);
  }
  return [...seen].flatMap((name) => fragments[name] ?? []);
}
