import { join } from "node:path";
import { build, type Rollup } from "vite";

const ENTRIES = {
  "app-bridge": "bridge/main.ts",
  shell: "shell/main.ts",
  "extension-host": "extension-host/main.ts",
} as const;
const built = new Map<keyof typeof ENTRIES, Promise<string>>();

/**
 * A browser script of the admin as one plain file: App Bridge for the app's pages, the shell for the admin's
 * own, the host for UI extensions. Built in memory at the first request and kept.
 */
export function browserScript(name: keyof typeof ENTRIES): Promise<string> {
  let script = built.get(name);
  if (!script) {
    script = bundle(ENTRIES[name]);
    built.set(name, script);
    script.catch(() => built.delete(name));
  }
  return script;
}

async function bundle(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    root: import.meta.dirname,
    publicDir: false,
    logLevel: "error",
    build: {
      write: false,
      minify: false,
      target: "es2022",
      lib: { entry: join(import.meta.dirname, entry), formats: ["iife"], name: "localShopify" },
    },
  });
  const outputs = (Array.isArray(result) ? result : [result]) as Rollup.RollupOutput[];
  const chunk = outputs[0]?.output[0];
  if (!chunk) throw new Error(`${entry} was not built`);
  return chunk.code;
}
