import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { concatAST, isObjectType, Kind, TypeInfo, validate, visit, visitWithTypeInfo } from "graphql";
import { parse as parseToml } from "smol-toml";
import { beforeAll, describe, expect, it } from "vitest";
import { apiVersion } from "~/shopify/admin-client";
import { operationDocuments } from "../../dev/codegen";
import { type AdminSchema, loadAdminSchema } from "../../dev/shopify/schema/load";

let admin: AdminSchema;
let operations: Awaited<ReturnType<typeof operationDocuments>>;

beforeAll(async () => {
  admin = await loadAdminSchema();
  operations = await operationDocuments();
});

describe("the operations", () => {
  it("all fit Shopify's schema", () => {
    const all = concatAST(operations.map(({ document }) => document));
    expect(validate(admin.schema, all).map((error) => error.message)).toEqual([]);
  });

  it("use nothing that Shopify says is going away", async () => {
    const deprecated: string[] = [];
    const types = new TypeInfo(admin.schema);
    visit(
      concatAST(operations.map(({ document }) => document)),
      visitWithTypeInfo(types, {
        Field(node) {
          const reason = types.getFieldDef()?.deprecationReason;
          const parent = types.getParentType();
          if (!reason || !parent) return;
          // This version already points at what only a later one has: until then there is nothing else to ask.
          const instead = /^Use `(\w+)\.\w+` instead/.exec(reason)?.[1];
          if (instead && isObjectType(parent) && !(instead in parent.getFields())) return;
          deprecated.push(`${parent.name}.${node.name.value}`);
        },
      }),
    );
    expect(deprecated).toEqual([]);
  });

  it("each have a name of their own", () => {
    const names = operations.flatMap(({ document }) =>
      document.definitions.flatMap((one) => (one.kind === Kind.OPERATION_DEFINITION ? [one.name?.value] : [])),
    );
    expect(names).not.toContain(undefined);
    expect(new Set(names).size).toBe(names.length);
  });

  it("are what generated.ts was made from: run `npm run codegen`", async () => {
    // In a process of its own: the generator and the test runner each load graphql-js in another form.
    await promisify(execFile)("node_modules/.bin/tsx", ["dev/codegen.ts", "--check"]);
  });

  it("are of the version that the subscriptions in shopify.app.toml are of", async () => {
    const toml = parseToml(readFileSync("shopify.app.toml", "utf8")) as unknown as {
      webhooks: { api_version: string };
    };
    expect(toml.webhooks.api_version).toBe(admin.version);
    expect(apiVersion).toBe(admin.version);
  });
});
