import { fileURLToPath } from "node:url";
import { log } from "./platform/log";
import { builtFiles } from "./server";
import { start } from "./start-with";

/**
 * The program: `node build/server/index.js [web|worker]`, both in one process when neither is named. The Remix build
 * is in the same bundle, so that pages and sockets share one hub and one pool.
 */
start(process.argv[2], async () => ({
  build: await import("virtual:remix/server-build"),
  files: builtFiles(fileURLToPath(new URL("../client", import.meta.url))),
})).catch((error: unknown) => {
  log.fatal({ reason: (error as Error).message }, "could not start");
  process.exit(1);
});
