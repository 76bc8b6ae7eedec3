import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import preact from "@preact/preset-vite";
import { build, defineConfig, type Plugin } from "vite";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const locales = at("extensions/storefront-chat/locales");

/** Languages besides English that the extension has words for. */
const languages = readdirSync(locales)
  .filter((name) => name.endsWith(".json") && !name.includes("schema") && !name.includes("default"))
  .map((name) => name.slice(0, -".json".length));

/** One small file of the chat's words for each language, from the same file that the theme reads. */
function words(): Plugin {
  const prefix = "\0words:";
  return {
    name: "words",
    resolveId: (id) => (id.startsWith("words:") ? prefix + id.slice("words:".length) : null),
    load(id) {
      if (!id.startsWith(prefix)) return null;
      const file = `${locales}/${id.slice(prefix.length)}.json`;
      this.addWatchFile(file);
      const { chat } = JSON.parse(readFileSync(file, "utf8")) as { chat: Record<string, string> };
      return `export default ${JSON.stringify(chat)};`;
    },
  };
}

/** The check that the committed files are fresh builds them elsewhere. */
const outDir = process.env["WIDGET_OUT"] ?? at("extensions/storefront-chat/assets");
const alias = { "~": at("app") };

/** The loader is a classic script with nothing beside it, so it is a build of its own. */
function loader(): Plugin {
  return {
    name: "loader",
    apply: "build",
    async closeBundle() {
      await build({
        configFile: false,
        logLevel: "warn",
        resolve: { alias },
        publicDir: false,
        build: {
          outDir,
          emptyOutDir: false,
          target: "es2020",
          rollupOptions: {
            input: at("app/widget/loader/main.ts"),
            output: { format: "iife", entryFileNames: "throughline-loader.js", inlineDynamicImports: true },
          },
        },
      });
    },
  };
}

/**
 * Builds the storefront widget into the theme extension: the loader, which Shopify puts on every page, the chat, which it
 * fetches when the shopper shows intent, and its words by language. The names are fixed, Shopify adds the version.
 */
export default defineConfig({
  plugins: [preact({ reactAliasesEnabled: false }), words(), loader()],
  resolve: { alias },
  define: { __LANGUAGES__: JSON.stringify(languages) },
  publicDir: false,
  build: {
    outDir,
    emptyOutDir: true,
    target: "es2020",
    modulePreload: false,
    rollupOptions: {
      input: {
        chat: at("app/widget/chat/main.tsx"),
        ...Object.fromEntries(languages.map((language) => [`words-${language}`, `words:${language}`])),
      },
      preserveEntrySignatures: "strict",
      output: { format: "es", entryFileNames: "throughline-[name].js" },
    },
  },
});
