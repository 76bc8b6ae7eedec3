import { type BlockSchema, readSchema } from "../liquid/schema";

/** A theme app extension that Shopify would not accept; `problems` has one sentence each. */
export class ExtensionRefused extends Error {
  constructor(
    readonly handle: string,
    readonly problems: string[],
  ) {
    super(`the theme app extension ${handle} breaks Shopify's rules: ${problems.join("; ")}`);
    this.name = "ExtensionRefused";
  }
}

/** https://shopify.dev/docs/apps/build/online-store/theme-app-extensions/configuration#file-and-content-size-limits */
const limits = { allFiles: 10_000_000, liquid: 100_000, blocks: 30, localeFiles: 100, localeFile: 15_000, name: 25 };
const targets = ["section", "head", "compliance_head", "body"];
const forbiddenTags = /\{%-?\s*(javascript|stylesheet|section|sections|layout|include)\b/;

/** Everything that is wrong with the files of an extension; `files` maps paths inside it to contents. */
export function findProblems(files: ReadonlyMap<string, Buffer>): string[] {
  const problems: string[] = [];
  const of = (folder: string) => [...files].filter(([path]) => path.startsWith(`${folder}/`));
  const bytes = (list: [string, Buffer][]) => list.reduce((sum, [, content]) => sum + content.length, 0);
  const liquid = [...files].filter(([path]) => path.endsWith(".liquid"));
  if (bytes([...files]) > limits.allFiles) problems.push("all files together are larger than 10 MB");
  if (bytes(liquid) > limits.liquid) problems.push(`its Liquid is ${bytes(liquid)} bytes, more than 100 KB`);
  if (of("blocks").length > limits.blocks) problems.push(`it has ${of("blocks").length} blocks, more than 30`);
  if (of("locales").length > limits.localeFiles) problems.push("it has more than 100 locale files");
  for (const [path, content] of of("locales")) {
    if (content.length > limits.localeFile) problems.push(`${path} is larger than 15 KB`);
  }
  for (const [path, content] of of("blocks")) problems.push(...problemsOfBlock(path, content.toString("utf8"), files));
  return problems;
}

function problemsOfBlock(path: string, source: string, files: ReadonlyMap<string, Buffer>): string[] {
  let schema: BlockSchema | null;
  try {
    schema = readSchema(path, source);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
  if (!schema) return [`${path} has no schema`];
  const problems: string[] = [];
  if (!schema.name) problems.push(`${path}: the schema has no name`);
  else if (schema.name.length >= limits.name)
    problems.push(`${path}: the name "${schema.name}" is not under 25 characters`);
  const target = schema.target;
  if (typeof target !== "string" || !targets.includes(target)) {
    problems.push(`${path}: the target ${JSON.stringify(target)} is none of ${targets.join(", ")}`);
  }
  if (schema.enabled_on && schema.disabled_on) problems.push(`${path}: has both enabled_on and disabled_on`);
  for (const kind of ["javascript", "stylesheet"]) {
    const asset = schema[kind];
    if (asset !== undefined && !files.has(`assets/${String(asset)}`)) {
      problems.push(`${path}: ${kind} names assets/${String(asset)}, which is not there`);
    }
  }
  const tag = forbiddenTags.exec(source);
  if (tag) problems.push(`${path}: the tag {% ${tag[1]} %} is not allowed in app blocks`);
  return problems;
}
