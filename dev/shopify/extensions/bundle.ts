import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { build, type Rollup } from "vite";

const built = new Map<string, { stamp: string; code: Promise<string> }>();

/**
 * One module of an extension with all it imports, as one plain script: what `shopify app build` uploads. Built in
 * memory when it is asked for, again when a file of the extension has changed. JSX is Preact's.
 *
 * @param folder the extension's folder.
 * @param module the entry, relative to the folder.
 */
export function bundle(folder: string, module: string): Promise<string> {
  const entry = join(folder, module);
  const stamp = stampOf(folder);
  const known = built.get(entry);
  if (known?.stamp === stamp) return known.code;
  const code = make(folder, entry);
  built.set(entry, { stamp, code });
  code.catch(() => built.delete(entry));
  return code;
}

async function make(folder: string, entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    root: folder,
    publicDir: false,
    logLevel: "error",
    define: { "process.env.NODE_ENV": '"production"' },
    esbuild: { jsx: "automatic", jsxImportSource: "preact" },
    build: {
      write: false,
      minify: false,
      target: "es2022",
      lib: { entry, formats: ["iife"], name: "extension" },
    },
  });
  const outputs = (Array.isArray(result) ? result : [result]) as Rollup.RollupOutput[];
  const chunk = outputs[0]?.output[0];
  if (!chunk) throw new Error(`${entry} was not built`);
  return chunk.code;
}

/** Names and times of all files below the folder: another one means that something changed. */
function stampOf(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes("node_modules"))
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return `${path}:${statSync(path).mtimeMs}`;
    })
    .sort()
    .join("\n");
}
