import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** A program of the bench in a process of its own, which answers over IPC. */
export interface Child {
  process: ChildProcess;
  /** Sends a message and waits for the next one that comes back. */
  ask<Answer>(message: object): Promise<Answer>;
  stop(): Promise<void>;
}

export interface ChildOptions {
  script: string;
  words?: string[];
  environment?: Record<string, string>;
  /** Imported before the script, from the root. */
  preload?: string;
}

/** Starts a script with TypeScript understood; it may say `process.send({ ready: true })` when it can be asked. */
export async function startChild(options: ChildOptions): Promise<Child> {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const preload = options.preload ? ["--import", pathToFileURL(`${root}/${options.preload}`).href] : [];
  const child = spawn(
    process.execPath,
    ["--expose-gc", "--import", tsx, ...preload, `${root}/${options.script}`, ...(options.words ?? [])],
    {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit", "ipc"],
      env: { ...process.env, NODE_ENV: "production", LOG_LEVEL: "warn", ...options.environment },
    },
  );
  const ended = once(child, "exit").then(([code]) => code as number | null);
  const next = <Answer>(): Promise<Answer> =>
    Promise.race([
      once(child, "message").then(([message]) => message as Answer),
      ended.then((code) => Promise.reject(new Error(`${options.script} ended with ${code}`))),
    ]);
  await next();
  return {
    process: child,
    ask: async (message) => {
      const answer = next<never>();
      child.send(message);
      return answer;
    },
    stop: async () => {
      child.kill("SIGTERM");
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 5_000))]);
      child.kill("SIGKILL");
    },
  };
}

/** A port that nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
