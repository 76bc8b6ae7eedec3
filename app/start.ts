import { fileURLToPath } from "node:url";
import { isCommand, runCommand } from "./commands";
import { log } from "./platform/log";
import { builtFiles } from "./server";
import { start } from "./start-with";

/**
 * The program: `node build/server/index.js [web|worker]`, both in one process when neither is named, or one of the
 * commands in `commands.ts`. The Remix build is in the same bundle, so that pages and sockets share one hub and one pool.
 */
const word = process.argv[2];

async function run(): Promise<void> {
  if (isCommand(word)) {
    process.exitCode = await runCommand(word);
    return;
  }
  if (word !== undefined && word !== "web" && word !== "worker") throw new Error(`there is no command "${word}"`);
  await start(word, async () => ({
    build: await import("virtual:remix/server-build"),
    files: builtFiles(fileURLToPath(new URL("../client", import.meta.url))),
  }));
}

run().catch((error: unknown) => {
  log.fatal({ reason: (error as Error).message }, isCommand(word) ? `${word} failed` : "could not start");
  process.exit(1);
});
