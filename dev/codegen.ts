import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { codegen } from "@graphql-codegen/core";
import * as typedDocumentNode from "@graphql-codegen/typed-document-node";
import * as operationTypes from "@graphql-codegen/typescript-operations";
import { type DocumentNode, type GraphQLSchema, parse } from "graphql";
import { loadAdminSchema } from "./shopify/schema/load";

const queries = fileURLToPath(new URL("../app/shopify/queries", import.meta.url));

/** Where the generated types and documents stand, committed so that a clone needs no schema to build. */
const generatedFile = join(queries, "generated.ts");

const head =
  "// Made by `npm run codegen` from the .graphql files beside it and Shopify's Admin schema. Do not edit.\n";

/** Every operation file of the app, parsed, in the order of their names. */
export async function operationDocuments(): Promise<{ location: string; document: DocumentNode }[]> {
  const names = (await readdir(queries)).filter((name) => name.endsWith(".graphql")).sort();
  return Promise.all(
    names.map(async (name) => ({ location: name, document: parse(await readFile(join(queries, name), "utf8")) })),
  );
}

/**
 * The text of `generated.ts`: for each operation its variables, its result and a typed document, and of the schema
 * only the input types and enums that those need. Throws when an operation does not fit the schema.
 */
async function generate(schema: GraphQLSchema): Promise<string> {
  const text = await codegen({
    filename: generatedFile,
    // The schema itself is given built; this plugin interface also wants a document and ignores it then.
    schema: { kind: "Document", definitions: [] } as never,
    schemaAst: schema,
    documents: await operationDocuments(),
    plugins: [{ operationTypes: {} }, { typedDocumentNode: {} }],
    pluginMap: { operationTypes, typedDocumentNode },
    config: {
      useTypeImports: true,
      skipTypename: true,
      // As JSON carries them: amounts are decimal texts, times are ISO 8601 texts.
      scalars: {
        ID: "string",
        Date: "string",
        DateTime: "string",
        Decimal: "string",
        Money: "string",
        UnsignedInt64: "string",
        URL: "string",
      },
      defaultScalarType: "unknown",
      enumType: "string-literal",
      disableDescriptions: true,
      avoidOptionals: false,
    },
  });
  return head + text;
}

/** `--check` writes nothing and fails when the file is not what it would write. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { schema } = await loadAdminSchema();
  const text = await generate(schema);
  if (!process.argv.includes("--check")) await writeFile(generatedFile, text);
  else if ((await readFile(generatedFile, "utf8")) !== text) {
    console.error("app/shopify/queries/generated.ts is not what the .graphql files say: run `npm run codegen`.");
    process.exitCode = 1;
  }
}
