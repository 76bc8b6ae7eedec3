import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { PORTS_NEEDED } from "../../../dev/demo/options";

export interface Ready {
  admin: string;
  storefront: string;
  storefronts: [string, string];
  app: string;
  mail: string;
  /** The stand-ins of the channels’ providers, and their controls. */
  providers: string;
  /** The page "Be the customer". */
  customer: string;
}

declare module "vitest" {
  interface ProvidedContext {
    demo: Ready;
    /** The demo's data folder, for looking into what was kept. */
    dataFolder: string;
  }
}

/** Starts the demo as a person would, on free ports and an empty data folder, and stops it at the end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataFolder = mkdtempSync(join(tmpdir(), "throughline-journeys-"));
  const port = await freeBlock(PORTS_NEEDED);
  const demo = spawn("npm", ["run", "--silent", "demo", "--", "--port", String(port), "--data", dataFolder], {
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  const ready = await readyLine(demo);
  project.provide("demo", ready);
  project.provide("dataFolder", dataFolder);
  return async () => {
    await stop(demo);
    rmSync(dataFolder, { recursive: true, force: true });
  };
}

function readyLine(demo: ChildProcess): Promise<Ready> {
  return new Promise((resolve, reject) => {
    let said = "";
    demo.stdout?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      const line = /^READY (.*)$/m.exec(said);
      if (line?.[1]) resolve(JSON.parse(line[1]) as Ready);
    });
    demo.once("exit", (code) => reject(new Error(`the demo ended with ${code} before it was ready:\n${said}`)));
    setTimeout(() => reject(new Error(`the demo was not ready in time:\n${said}`)), 170_000).unref();
  });
}

async function stop(demo: ChildProcess): Promise<void> {
  if (demo.exitCode !== null || demo.pid === undefined) return;
  const ended = new Promise((resolve) => demo.once("exit", resolve));
  process.kill(-demo.pid, "SIGTERM");
  await ended;
}

/** The first of `count` ports in a row that are all free. */
async function freeBlock(count: number): Promise<number> {
  for (let base = 14_400; base < 30_000; base += 20) {
    const free = await Promise.all(Array.from({ length: count }, (_, step) => isFree(base + step)));
    if (free.every(Boolean)) return base;
  }
  throw new Error("no free ports");
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
