import { openApp } from "./app.server";
import { keyRing, env as readEnvironment } from "./env.server";
import { ensurePartitions } from "./events/partitions";
import { prepareJobs } from "./jobs/run";
import { log } from "./platform/log";
import { postgresBus } from "./realtime/postgres-bus";
import { redisBus } from "./realtime/redis-bus";
import { createWeb, type Pages } from "./server";
import { checkKeys } from "./shopify/rotate-keys";
import { startWorker } from "./worker";

/** Starts the web process, the worker, or both when no role is named, and stops in order on SIGTERM and SIGINT. */
export async function start(role: string | undefined, pages: () => Promise<Pages>): Promise<void> {
  const env = readEnvironment();
  const app = openApp(env);
  await checkKeys(app.db.sql, keyRing(env));
  await ensurePartitions(app.db.locks, app.clock.now()).catch((error: { code?: string }) => {
    if (error.code !== "55P03") throw error;
    log.warn("a table is in use: its partitions are made by the daily job");
  });
  await prepareJobs(app.db);
  await app.hub.start(env.REDIS_URL ? redisBus(env.REDIS_URL) : postgresBus(env.DATABASE_URL));

  const closers: (() => Promise<void>)[] = [];
  if (role !== "web") {
    const worker = await startWorker(app, env);
    closers.push(() => worker.close());
  }
  if (role !== "worker") {
    const web = createWeb(app, env, await pages());
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
