import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { openDatabase } from "~/db.server";
import { newId } from "~/platform/ids";
import { freePort, startChild } from "../child";
import { benchDatabase } from "../database";
import { percentile, short, table } from "../statistics";
import type { SendResult } from "./sender";

const root = fileURLToPath(new URL("../..", import.meta.url));
const built = `${process.env.BENCH_BUILD ?? "build"}/server/index.js`;
const domain = "bench.myshopify.com";

/**
 * How long the built app's door takes to keep a webhook and answer, at a pace that does not wait for it, with a worker
 * beside it that handles what is kept. Shopify gives up after five seconds; ours is to be 100 milliseconds.
 */
export async function webhooksBench(quick: boolean): Promise<Record<string, unknown>> {
  if (!existsSync(`${root}/${built}`)) throw new Error("Build the app first: npm run build");
  const database = await benchDatabase();
  const secret = randomBytes(32).toString("hex");
  const port = await freePort();
  const environment = {
    SHOPIFY_API_KEY: "bench",
    SHOPIFY_API_SECRET: secret,
    SHOPIFY_APP_URL: "http://127.0.0.1:3000",
    SCOPES: "read_orders",
    PORT: String(port),
    DATABASE_URL: database.url,
    ENCRYPTION_KEYS: `bench:${randomBytes(32).toString("base64")}`,
  };
  const probe = "bench/message/probe.ts";
  const web = await startChild({ script: built, words: ["web"], preload: probe, environment });
  const worker = await startChild({ script: "bench/webhooks/worker.ts", environment });
  const sender = await startChild({ script: "bench/webhooks/sender.ts" });
  const db = openDatabase(database.url, 2);
  try {
    await db.prisma.shop.create({
      data: { id: newId(), domain, name: "Bench", currency: "EUR", installedAt: new Date() },
    });
    const rows: (string | number)[][] = [];
    const figures: Record<string, number> = {};
    const seconds = quick ? 5 : 15;
    // What is warm after a few hundred is warm.
    await sender.ask<SendResult>({ port, secret, domain, perSecond: 200, seconds: 3 });
    for (const perSecond of quick ? [200, 1_000] : [100, 200, 500, 1_000]) {
      const order = { port, secret, domain, perSecond, seconds };
      const before = await web.ask<Used>({ what: "cpu" });
      const { milliseconds, refused } = await sender.ask<SendResult>(order);
      const used = (await web.ask<Used>({ what: "cpu" })).cpuMilliseconds - before.cpuMilliseconds;
      const cpu = (used / milliseconds.length) * 1_000;
      const handledWithin = await untilHandled(() => db.prisma.webhookDelivery.count({ where: { handledAt: null } }));
      const at = (share: number) => percentile(milliseconds, share);
      rows.push([
        `${perSecond}/s`,
        short(at(0.5)),
        short(at(0.99)),
        short(Math.max(...milliseconds)),
        refused,
        short(cpu),
        short(handledWithin),
      ]);
      figures[`p50MillisecondsAt${perSecond}`] = at(0.5);
      figures[`p99MillisecondsAt${perSecond}`] = at(0.99);
      figures[`cpuMicrosecondsAt${perSecond}`] = cpu;
      figures[`refusedAt${perSecond}`] = refused;
      figures[`handledSecondsAfter${perSecond}`] = handledWithin;
    }
    console.log(`${database.what}; ${cpus().length} cores, shared by sender, web, worker and database.\n`);
    console.log(
      table(["webhooks", "p50 ms", "p99 ms", "slowest ms", "refused", "web CPU µs each", "all noted after s"], rows),
    );
    return figures;
  } finally {
    await db.close();
    for (const child of [sender, worker, web]) await child.stop();
    await database.stop();
  }
}

interface Used {
  cpuMilliseconds: number;
}

/** Seconds until nothing waits any more. */
async function untilHandled(waiting: () => Promise<number>): Promise<number> {
  const started = performance.now();
  while ((await waiting()) > 0) {
    if (performance.now() - started > 300_000) throw new Error("the worker does not keep up");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return (performance.now() - started) / 1_000;
}
