import { fileURLToPath } from "node:url";
import { vitePlugin as remix } from "@remix-run/dev";
import { defineConfig, type Plugin } from "vite";
import remixConfig from "./remix.config.js";

/** The server's bundle starts at our own program, which imports Remix's build: one process, one copy of every module. */
function startAt(entry: string): Plugin {
  return {
    name: "start-at",
    enforce: "post",
    config: (_config, { isSsrBuild }) => (isSsrBuild ? { build: { rollupOptions: { input: entry } } } : {}),
  };
}

export default defineConfig({
  plugins: [remix(remixConfig), startAt("app/start.ts")],
  resolve: { alias: { "~": fileURLToPath(new URL("app", import.meta.url)) } },
  build: { target: "es2022", chunkSizeWarningLimit: 1500, assetsInlineLimit: 0 },
});
