import { Kind, parse } from "graphql";
import { describe, expect, it } from "vitest";
import { kinds } from "~/shopify-data/kinds";
import { bulkQuery } from "~/shopify-data/sync/bulk-query";
import { sources } from "~/shopify-data/sync/sources";

const since = new Date("2026-11-21T10:00:00Z");

describe("the text of a bulk operation", () => {
  it.each(kinds)("of %s is one query without variables, of everything or of what changed since", (kind) => {
    for (const from of [null, since]) {
      const { definitions } = parse(bulkQuery(sources[kind].bulk, from));
      expect(definitions).toHaveLength(1);
      const [query] = definitions;
      if (query?.kind !== Kind.OPERATION_DEFINITION) throw new Error("no query");
      expect(query.variableDefinitions ?? []).toEqual([]);
      const [root] = query.selectionSet.selections;
      if (root?.kind !== Kind.FIELD) throw new Error("no field");
      const given = (root.arguments ?? []).map(({ name, value }) => [name.value, "value" in value && value.value]);
      expect(given).toEqual(from ? [["query", "updated_at:>='2026-11-21T10:00:00.000Z'"]] : []);
    }
  });
});
