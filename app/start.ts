import { fileURLToPath } from "node:url";
import { openApp } from "./app.server";
import { env as readEnvironment } from "./env.server";
import { ensurePartitions } from "./events/partitions";
import { prepareJobs } from "./jobs/run";
import { log } from "./platform/log";
import { postgresBus } from "./realtime/postgres-bus";
import { redisBus } from "./realtime/redis-bus";
import { createWeb } from "./server";
import { startWorker } from "./worker";

/**
 * The program: `node build/server/index.js [web|worker]`, both in one process when neither is named. The Remix build
 * is in the same bundle, so that pages and sockets share one hub and one pool.
 */
async function start(role: string | undefined): Promise<void> {
  const env = readEnvironment();
  const app = openApp(env);
  await ensurePartitions(app.db.sql, app.clock.now());
  await prepareJobs(app.db);
  await app.hub.start(env.REDIS_URL ? redisBus(env.REDIS_URL) : postgresBus(env.DATABASE_URL));

  const closers: (() => Promise<void>)[] = [];
  if (role !== "web") {
    const worker = await startWorker(app);
    closers.push(() => worker.close());
  }
  if (role !== "worker") {
    const build = await import("virtual:remix/server-build");
    const assets = fileURLToPath(new URL("../client", import.meta.url));
    const web = createWeb(app, env, build, assets);
    await new Promise<void>((resolve, reject) => {
      web.server.once("error", reject);
      web.server.listen(env.PORT, env.HOST, resolve);
    });
    closers.unshift(() => web.close());
  }
  log.info({ role: role ?? "web and worker", port: env.PORT }, "started");

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    // Sockets and requests first, then jobs, then the pool that both use.
    for (const close of closers) await close();
    await app.hub.stop();
    await app.db.close();
    log.info("stopped");
    process.exit(0);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

start(process.argv[2]).catch((error: unknown) => {
  log.fatal({ reason: (error as Error).message }, "could not start");
  process.exit(1);
});
