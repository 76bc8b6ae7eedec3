import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { type Child, freePort, startChild } from "../child";
import { type BenchDatabase, benchDatabase } from "../database";
import { overRuns, percentile, short, table } from "../statistics";
import type { RunOrder, RunResult } from "./clients";
import { makePeople, type People } from "./people";

const root = fileURLToPath(new URL("../..", import.meta.url));
const connections = "12";
/** The app as built; `BENCH_BUILD` names another folder, to compare two. */
const built = `${process.env.BENCH_BUILD ?? "build"}/server/index.js`;

interface Figures {
  p50: number;
  p95: number;
  p99: number;
  perSecond: number;
  /** Of the server's process, user and system. */
  cpuMicroseconds: number;
}

interface Server {
  child: Child;
  port: number;
}

/**
 * From the shopper's POST to the agent's screen, through the built app as it runs in production (one web process, one
 * worker beside it), against the floor in the same run; then open sockets and their memory.
 */
export async function messageBench(quick: boolean): Promise<Record<string, unknown>> {
  if (!existsSync(`${root}/${built}`)) throw new Error("Build the app first: npm run build");
  Object.assign(process.env, {
    SHOPIFY_API_KEY: "bench",
    SHOPIFY_API_SECRET: randomBytes(32).toString("hex"),
    SHOPIFY_APP_URL: "http://127.0.0.1:3000",
    SCOPES: "read_customers",
  });
  const database = await benchDatabase();
  process.env.DATABASE_URL = database.url;
  const runs = quick ? 2 : 5;
  const loads = quick ? [1, 50] : [1, 100, 1_000];
  const sockets = quick ? 200 : 4_000;
  console.log(
    `${database.what}; ${cpus().length} cores; ${runs} runs each; server, clients and database share them.\n`,
  );
  try {
    const results = await messages(database, runs, loads, quick);
    const memory = await socketMemory(database, sockets);
    return { ...results, ...memory };
  } finally {
    await database.stop();
  }
}

async function startApp(database: BenchDatabase): Promise<Server> {
  const port = await freePort();
  const child = await startChild({
    script: built,
    words: ["web"],
    preload: "bench/message/probe.ts",
    environment: {
      PORT: String(port),
      DATABASE_URL: database.url,
      DATABASE_CONNECTIONS: connections,
      TRUSTED_PROXIES: "1",
    },
  });
  return { child, port };
}

async function startFloor(database: BenchDatabase): Promise<Server> {
  const port = await freePort();
  const child = await startChild({
    script: "bench/message/floor-server.ts",
    words: [String(port)],
    preload: "bench/message/probe.ts",
    environment: { DATABASE_URL: database.url, DATABASE_CONNECTIONS: connections },
  });
  return { child, port };
}

async function messages(
  database: BenchDatabase,
  runs: number,
  loads: number[],
  quick: boolean,
): Promise<Record<string, unknown>> {
  const servers = { app: await startApp(database), floor: await startFloor(database) };
  const clients = await startChild({ script: "bench/message/clients.ts" });
  const figures = new Map<string, Figures[]>();
  const ask = async (order: Omit<RunOrder, "port">): Promise<Figures> => {
    const { port } = servers[order.against];
    const cpu = async (): Promise<number> =>
      (await servers[order.against].child.ask<{ cpuMilliseconds: number }>({ what: "cpu" })).cpuMilliseconds;
    const before = await cpu();
    const result = await clients.ask<RunResult & { error?: string }>({ what: "run", port, ...order });
    if (result.error) throw new Error(`${order.against} at ${order.at}: ${result.error}`);
    const at = (share: number) => percentile(result.milliseconds, share);
    const count = result.milliseconds.length;
    const cpuMicroseconds = (((await cpu()) - before) / count) * 1_000;
    return { p50: at(0.5), p95: at(0.95), p99: at(0.99), perSecond: count / result.seconds, cpuMicroseconds };
  };
  const peopleFor = (at: number): Promise<People> => makePeople(database.url, at === 1 ? (quick ? 4 : 25) : at);
  const each = (at: number): number => (at >= 1_000 ? 12 : 25);
  for (const at of loads) {
    // What is warm after a few hundred messages is warm for both.
    for (const against of ["app", "floor"] as const) {
      await ask({ against, at, each: each(at), people: await peopleFor(at) });
    }
    // By turns, so that whatever else the machine does meets both alike.
    for (let run = 0; run < runs; run += 1) {
      for (const against of ["app", "floor"] as const) {
        const one = await ask({ against, at, each: each(at), people: await peopleFor(at) });
        figures.set(`${against} ${at}`, [...(figures.get(`${against} ${at}`) ?? []), one]);
      }
    }
  }
  for (const child of [clients, servers.app.child, servers.floor.child]) await child.stop();
  return report(loads, figures);
}

const units = {
  p50: "p50_ms",
  p95: "p95_ms",
  p99: "p99_ms",
  perSecond: "messages_per_s",
  cpuMicroseconds: "server_cpu_us_per_message",
} as const;

function report(loads: number[], figures: Map<string, Figures[]>): Record<string, unknown> {
  const keys = ["p50", "p95", "p99", "perSecond", "cpuMicroseconds"] as const;
  const of = (against: string, at: number, key: (typeof keys)[number]) =>
    overRuns((figures.get(`${against} ${at}`) ?? []).map((one) => one[key]));
  const rows: (string | number)[][] = [];
  const ours: Record<string, number> = {};
  const floor: Record<string, number> = {};
  const ratio: Record<string, number> = {};
  for (const at of loads) {
    for (const key of keys) {
      const [mine, bare] = [of("app", at, key), of("floor", at, key)];
      const times = key === "perSecond" ? bare.median / mine.median : mine.median / bare.median;
      const unit = units[key];
      ours[`at_${at}_${unit}`] = short(mine.median);
      floor[`at_${at}_${unit}`] = short(bare.median);
      ratio[`at_${at}_${unit}`] = short(times);
      const spread = (value: number): string => `±${Math.round(value * 50)}%`;
      rows.push([
        `${at} open, ${unit}`,
        short(mine.median),
        spread(mine.spread),
        short(bare.median),
        spread(bare.spread),
        `${short(times)}×`,
      ]);
    }
  }
  console.log(`${table(["shopper's POST to agent's screen", "ours", "", "floor", "", "ratio"], rows)}\n`);
  return { ours, floor, ratio };
}

interface Memory {
  rss: number;
  heapUsed: number;
  external: number;
}

/** Opens so many proven pages and says what each costs the server, beside bare sockets. Floor first: it is the lighter. */
async function socketMemory(database: BenchDatabase, count: number): Promise<Record<string, unknown>> {
  const rows: (string | number)[][] = [];
  const perSocket: Record<string, number> = {};
  for (const against of ["floor", "app"] as const) {
    const server = against === "app" ? await startApp(database) : await startFloor(database);
    const clients = await startChild({ script: "bench/message/clients.ts" });
    const memory = () => server.child.ask<Memory>({ what: "memory" });
    // A few first, so that what is loaded once is not counted.
    const hold = async (people: People) => {
      const held = await clients.ask<{ open?: number; error?: string }>({
        what: "hold",
        against,
        port: server.port,
        people,
      });
      if (held.error) throw new Error(`${against}: ${held.error}`);
      return held.open ?? 0;
    };
    const first = await hold(await makePeople(database.url, 50));
    const before = await memory();
    const open = (await hold(await makePeople(database.url, count))) - first;
    const after = await memory();
    const still = await clients.ask<{ open: number }>({ what: "drop", against, port: server.port });
    const resident = (after.rss - before.rss) / open;
    const used = (after.heapUsed + after.external - before.heapUsed - before.external) / open;
    perSocket[`${against}_resident_bytes_per_socket`] = Math.round(resident);
    perSocket[`${against}_heap_bytes_per_socket`] = Math.round(used);
    rows.push([against === "app" ? "ours" : "floor", still.open - first, short(resident / 1_000), short(used / 1_000)]);
    await clients.stop();
    await server.child.stop();
  }
  console.log(`${table(["open sockets", "count", "resident kB each", "heap kB each"], rows)}\n`);
  return { sockets: count, ...perSocket };
}
