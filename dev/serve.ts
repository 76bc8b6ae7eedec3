import { createServer } from "vite";
import type * as Start from "../app/start-with";

/**
 * The app for someone who changes it: the same program with Vite in front, so that a saved file shows at once. Takes
 * the same environment as `build/server/index.js`.
 */
const vite = await createServer({ server: { middlewareMode: true }, appType: "custom" });
const { start } = (await vite.ssrLoadModule("/app/start-with.ts")) as typeof Start;
await start(process.argv[2], async () => ({
  build: () => vite.ssrLoadModule("virtual:remix/server-build") as ReturnType<never>,
  files: (web) => web.use(vite.middlewares),
}));
