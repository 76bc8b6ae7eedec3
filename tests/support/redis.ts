import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";

/** Why tests that need Redis cannot run here, or null. Under CI a missing one fails them instead of skipping. */
export const redisMissing: string | null =
  spawnSync("redis-server", ["--version"]).status === 0 ? null : "redis-server is not installed";

export interface TestRedis {
  url: string;
  /** Starts it again on the same port after `stop`. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A Redis of this test alone, on a free port, without anything on disk. */
export async function testRedis(): Promise<TestRedis> {
  const port = await freePort();
  let child: ChildProcess | null = null;
  const redis: TestRedis = {
    url: `redis://127.0.0.1:${port}`,
    async start() {
      child = spawn("redis-server", [
        "--port",
        String(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--appendonly",
        "no",
      ]);
      let said = "";
      for await (const chunk of child.stdout ?? []) {
        said += String(chunk);
        if (/Ready to accept connections/.test(said)) return;
      }
      throw new Error(`redis-server did not start: ${said.slice(-500)}`);
    },
    async stop() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
  await redis.start();
  return redis;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
