import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { makeEngine, type ThemeEngine } from "../liquid/engine";
import { type Messages, translate } from "../liquid/messages";
import { type BlockSchema, readSchema } from "../liquid/schema";
import { readLocales } from "../liquid/theme";
import { ExtensionRefused, findProblems } from "./limits";

export interface ExtensionBlock {
  /** The file's name without `.liquid`; what a deep link's `activateAppId` ends in. */
  handle: string;
  source: string;
  schema: BlockSchema;
}

/** A theme app extension as it lies in the project. */
export interface Extension {
  handle: string;
  folder: string;
  blocks: ExtensionBlock[];
  locales: Map<string, Messages>;
  defaultLocale: string;
  engine: ThemeEngine;
  assetVersion(file: string): string;
}

const cache = new Map<string, { stamp: string; extension: Extension }>();

/**
 * Reads `extensions/<folder>/`, again only when a file changed. Null while the folder is not there;
 * throws ExtensionRefused when Shopify would not accept it.
 */
export function readExtension({ handle, folder }: { handle: string; folder: string }): Extension | null {
  const root = resolve(folder);
  if (!existsSync(join(root, "blocks"))) return null;
  const paths = ["assets", "blocks", "locales", "snippets"].flatMap((name) => filesIn(root, name));
  const stamp = paths
    .map((path) => `${path} ${statSync(join(root, path)).mtimeMs} ${statSync(join(root, path)).size}`)
    .join("\n");
  const known = cache.get(root);
  if (known?.stamp === stamp) return known.extension;

  const files = new Map(paths.map((path) => [path, readFileSync(join(root, path))]));
  const problems = findProblems(files);
  if (problems.length > 0) throw new ExtensionRefused(handle, problems);
  const blocks = paths
    .filter((path) => path.startsWith("blocks/") && path.endsWith(".liquid"))
    .map((path) => {
      const source = files.get(path)?.toString("utf8") ?? "";
      const schema = inWords(readSchema(path, source), editorTexts(files)) as BlockSchema;
      return { handle: path.slice("blocks/".length, -".liquid".length), source, schema };
    });
  const extension: Extension = {
    handle,
    folder: root,
    blocks,
    ...readLocales(join(root, "locales")),
    engine: makeEngine({ label: `app extension ${handle}`, roots: [join(root, "snippets")] }),
    assetVersion(file) {
      const content = files.get(`assets/${file}`);
      if (!content) throw new Error(`the extension ${handle} has no asset ${file}`);
      return createHash("sha256").update(content).digest("hex").slice(0, 12);
    },
  };
  cache.set(root, { stamp, extension });
  return extension;
}

/** The texts of the theme editor, from the default language's `*.schema.json`. */
function editorTexts(files: ReadonlyMap<string, Buffer>): Messages {
  const path = [...files.keys()].find((name) => /^locales\/[\w-]+\.default\.schema\.json$/.test(name));
  return path ? (JSON.parse(files.get(path)?.toString("utf8") ?? "{}") as Messages) : {};
}

/** A schema with its `t:settings.colour` texts looked up. */
function inWords(value: unknown, texts: Messages): unknown {
  if (typeof value === "string" && value.startsWith("t:")) {
    return translate([{ locale: "en", messages: texts }], value.slice(2), {});
  }
  if (Array.isArray(value)) return value.map((each) => inWords(each, texts));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, inWords(each, texts)]));
}

function filesIn(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${folder}/${entry.name}`)
    .sort();
}
