import { readFileSync } from "node:fs";
import {
  concatAST,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isEnumType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { parse as parseToml } from "smol-toml";
import { beforeAll, describe, expect, it } from "vitest";
import { topics as handled } from "~/shopify/webhooks/topics";
import { operationDocuments } from "../../dev/codegen";
import { type AdminSchema, loadAdminSchema } from "../../dev/shopify/schema/load";
import { isGranted, type Need } from "../../dev/shopify/schema/scope-map";

interface Toml {
  access_scopes: { scopes: string };
  webhooks: { subscriptions: { topics?: string[]; compliance_topics?: string[]; uri: string }[] };
  app_proxy?: object;
}

const toml = parseToml(readFileSync("shopify.app.toml", "utf8")) as unknown as Toml;
const declared = toml.access_scopes.scopes.split(",");
const topics = toml.webhooks.subscriptions.flatMap((one) => one.topics ?? []);
const compliance = toml.webhooks.subscriptions.flatMap((one) => one.compliance_topics ?? []);

let admin: AdminSchema;
let operations: Awaited<ReturnType<typeof operationDocuments>>;

beforeAll(async () => {
  admin = await loadAdminSchema();
  operations = await operationDocuments();
});

/** What the operations ask for: each field's and each returned type's need, with the words of where. */
function needsOfOperations(): { where: string; need: Need }[] {
  const found: { where: string; need: Need }[] = [];
  const types = new TypeInfo(admin.schema);
  visit(
    concatAST(operations.map(({ document }) => document)),
    visitWithTypeInfo(types, {
      Field(node) {
        const parent = types.getParentType();
        const type = types.getType();
        if (!parent || !type) throw new Error(`no type for ${node.name.value}`);
        const where = `${parent.name}.${node.name.value}`;
        const returned = getNamedType(type);
        const needs = [admin.scopes.ofField(parent.name, node.name.value)];
        if (isCompositeType(returned)) needs.push(admin.scopes.ofType(returned.name));
        for (const need of needs) if (need) found.push({ where, need }, ...alsoNeeded(where, need));
      },
    }),
  );
  return found;
}

/** What Shopify's words name besides the scope: "Also: The app requires read_customer_events access scope". */
function alsoNeeded(where: string, need: Need): { where: string; need: Need }[] {
  const scope = /Also: The app requires (\w+) access scope/.exec(need.wording)?.[1];
  return scope ? [{ where, need: { anyOf: [scope], wording: need.wording } }] : [];
}

/** The enum's own words: "Requires the `read_orders` scope", "Requires at least one of the following scopes: a, b". */
function needOfTopic(schema: GraphQLSchema, topic: string): Need | null {
  const type = schema.getType("WebhookSubscriptionTopic");
  if (!isEnumType(type)) throw new Error("the schema has no topics");
  const value = type.getValue(topic.replaceAll(/[/.]/g, "_").toUpperCase());
  if (!value) throw new Error(`Shopify has no topic ${topic}`);
  const words = (value.description ?? "").replace(/\s+/g, " ");
  const said = /Requires (.*)$/.exec(words)?.[1] ?? "";
  const anyOf = said.match(/(?:read|write)_[a-z_]+/g) ?? [];
  return anyOf.length > 0 ? { anyOf, wording: said } : null;
}

function allNeeds(): { where: string; need: Need }[] {
  const ofTopics = topics.flatMap((topic) => {
    const need = needOfTopic(admin.schema, topic);
    return need ? [{ where: topic, need }] : [];
  });
  return [...needsOfOperations(), ...ofTopics];
}

describe("the scopes in shopify.app.toml", () => {
  it("are enough for every operation and subscription", () => {
    const missing = allNeeds().filter(({ need }) => !isGranted(need, declared));
    expect(missing.map(({ where, need }) => `${where}: ${need.wording}`)).toEqual([]);
  });

  // write_app_proxy stands in no map: [app_proxy] in shopify.app.toml asks for it.
  it.each(declared.filter((scope) => scope !== "write_app_proxy"))("do not have %s for nothing", (scope) => {
    const others = declared.filter((one) => one !== scope);
    const lost = allNeeds().filter(({ need }) => !isGranted(need, others));
    expect(lost).not.toEqual([]);
  });

  it.each(declared.filter((scope) => scope.startsWith("write_") && scope !== "write_app_proxy"))(
    "do not have %s where reading would do",
    (scope) => {
      const weaker = declared.map((one) => (one === scope ? scope.replace("write_", "read_") : one));
      expect(allNeeds().filter(({ need }) => !isGranted(need, weaker))).not.toEqual([]);
    },
  );

  it("have write_app_proxy exactly when there is an app proxy", () => {
    expect(declared.includes("write_app_proxy")).toBe(toml.app_proxy !== undefined);
  });
});

describe("the subscriptions in shopify.app.toml", () => {
  it("are exactly the topics that something happens for", () => {
    expect([...topics, ...compliance].sort()).toEqual(Object.keys(handled).sort());
  });

  it("name topics that Shopify has", () => {
    for (const topic of topics) expect(() => needOfTopic(admin.schema, topic)).not.toThrow();
  });

  it("include every compliance topic that the App Store asks for", () => {
    expect(compliance.sort()).toEqual(["customers/data_request", "customers/redact", "shop/redact"]);
  });
});
