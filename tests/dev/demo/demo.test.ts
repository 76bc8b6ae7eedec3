import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { PORTS_NEEDED } from "../../../dev/demo/options";
import { isAlive, processName } from "../../../dev/postgres/processes";

/*
 * The demo of a small repository: the real database, local Shopify, mail and process handling, around an app of
 * a few lines that answers the health check and remembers, in a file, how often it was started.
 */
const repository = join(import.meta.dirname, "../../..");
// Every test starts the whole demo at least once.
vi.setConfig({ testTimeout: 90_000 });

let root: string;
let port: number;
const started: Demo[] = [];

const APP = `import { createServer } from "node:http";
import { appendFileSync } from "node:fs";
appendFileSync("starts", process.pid + "\\n");
if (process.env.SHOPIFY_API_SECRET.length < 32) throw new Error("no secret");
const server = createServer((request, response) => response.end("ok")).listen(process.env.PORT, process.env.HOST);
process.on("SIGTERM", () => { appendFileSync("stops", "graceful\\n"); server.close(() => process.exit(0)); server.closeAllConnections(); });
`;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "demo-"));
  chmodSync(root, 0o755);
  cpSync(join(repository, "shopify.app.toml"), join(root, "shopify.app.toml"));
  mkdirSync(join(root, "app"));
  writeFileSync(join(root, "app", "index.js"), APP);
  const build =
    "node -e \"const fs=require('fs');fs.mkdirSync('build/server',{recursive:true});fs.copyFileSync('app/index.js','build/server/index.js');fs.appendFileSync('builds','1\\\\n')\"";
  writeFileSync(join(root, "package.json"), JSON.stringify({ name: "small", type: "module", scripts: { build } }));
  writeFileSync(
    join(root, "starter.mts"),
    `import { demo } from ${JSON.stringify(join(repository, "dev/demo/demo.ts"))}; demo(${JSON.stringify(root)}, process.argv.slice(2));`,
  );
  port = await freeBlock();
}, 60_000);
afterEach(async () => {
  for (const demo of started.splice(0)) await demo.stop();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

interface Demo {
  process: ChildProcess;
  said(): string;
  complained(): string;
  /** Resolves with the addresses once READY was printed, rejects when it ends before. */
  ready: Promise<Record<string, string>>;
  ended: Promise<number | null>;
  stop(): Promise<void>;
}

function start(...args: string[]): Demo {
  const child = spawn(process.execPath, ["--import", "tsx", join(root, "starter.mts"), ...args], {
    cwd: repository,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, DATABASE_URL: "", REDIS_URL: "" },
  });
  let out = "";
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  const ready = new Promise<Record<string, string>>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk.toString();
      const line = /^READY (\{.*\})$/m.exec(out);
      if (line?.[1]) resolve(JSON.parse(line[1]) as Record<string, string>);
    });
    child.on("exit", (code) => reject(new Error(`ended with ${code}: ${out}${complaint}`)));
  });
  ready.catch(() => {});
  const ended = once(child, "close").then(([code]) => code as number | null);
  const demo: Demo = {
    process: child,
    said: () => out,
    complained: () => complaint.replace(/^\(node:.*\n|^\(Use `node.*\n/gm, ""),
    ready,
    ended,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
      await ended;
    },
  };
  started.push(demo);
  return demo;
}

async function expectRefusal(demo: Demo, sentence: RegExp): Promise<void> {
  expect(await demo.ended).toBe(1);
  expect(demo.complained()).toMatch(/^[^\n]+\.\n$/);
  expect(demo.complained()).toMatch(sentence);
}

/** Every process below this one, whatever its group. */
function tree(pid: number): number[] {
  const children = execFileSync("sh", ["-c", `pgrep -P ${pid} || true`], { encoding: "utf8" })
    .split("\n")
    .filter(Boolean)
    .map(Number);
  return [pid, ...children.flatMap(tree)];
}

async function gone(pids: number[]): Promise<void> {
  await expect.poll(() => pids.filter(isAlive), { timeout: 12_000 }).toEqual([]);
}

const lines = (name: string): number =>
  existsSync(join(root, name)) ? readFileSync(join(root, name), "utf8").trim().split("\n").length : 0;

const data = (...path: string[]): string => join(root, ".data", ...path);

describe("starting and stopping", () => {
  test("builds once, starts everything, answers on every address, and a signal leaves no process behind", async () => {
    const first = start("--port", String(port));
    const addresses = await first.ready;
    expect(Object.keys(addresses)).toEqual(
      expect.arrayContaining(["admin", "storefront", "app", "mail", "storefronts"]),
    );
    expect(first.said().match(/^READY /gm)).toHaveLength(1);
    for (const name of ["admin", "storefront", "app", "mail"]) {
      expect((await fetch(addresses[name] ?? "")).status, name).toBe(200);
    }
    expect(statSync(data("secrets.json")).mode & 0o777).toBe(0o600);
    const secrets = readFileSync(data("secrets.json"), "utf8");
    const pids = tree(first.process.pid ?? 0);
    expect(pids.length).toBeGreaterThan(4);
    first.process.kill("SIGTERM");
    expect(await first.ended).toBe(0);
    expect(pids.filter(isAlive)).toEqual([]);
    expect(lines("stops")).toBe(1);

    const second = start("--port", String(port));
    await second.ready;
    expect(lines("builds")).toBe(1);
    expect(readFileSync(data("secrets.json"), "utf8")).toBe(secrets);
    await second.stop();

    writeFileSync(join(root, "app", "index.js"), `${APP}// changed\n`);
    const third = start("--port", String(port));
    await third.ready;
    expect(lines("builds")).toBe(2);
  });

  test("Ctrl-C twice in a row, as a terminal and npm send it, stops once and cleanly", async () => {
    const demo = start("--port", String(port));
    await demo.ready;
    const pids = tree(demo.process.pid ?? 0);
    demo.process.kill("SIGINT");
    demo.process.kill("SIGINT");
    expect(await demo.ended).toBe(0);
    await gone(pids);
  });

  test("a signal while it is still starting stops what has come up", async () => {
    const demo = start("--port", String(port));
    await expect.poll(() => demo.said(), { timeout: 20_000, interval: 5 }).toMatch(/Local Shopify: ready|Database/);
    const pids = tree(demo.process.pid ?? 0);
    demo.process.kill("SIGTERM");
    expect(await demo.ended).toBe(0);
    await gone(pids);
  });

  test("when the app ends by itself, says so, stops the rest and fails", async () => {
    const demo = start("--port", String(port));
    await demo.ready;
    const pids = tree(demo.process.pid ?? 0);
    process.kill(Number(readFileSync(join(root, "starts"), "utf8").trim().split("\n").at(-1)), "SIGKILL");
    await expectRefusal(demo, /The app ended by itself/);
    await gone(pids);
  });
});

describe("kill -9", () => {
  test("of the demo alone: its children end by themselves and the next start recovers", async () => {
    const demo = start("--port", String(port));
    await demo.ready;
    const pids = tree(demo.process.pid ?? 0);
    demo.process.kill("SIGKILL");
    await gone(pids);
    const next = start("--port", String(port));
    await next.ready;
  });

  test("of the whole tree: what was acknowledged is there at the next start", async () => {
    const demo = start("--port", String(port));
    const { admin = "" } = await demo.ready;
    const shop = `${admin}/store/northwind-outfitters`;
    const list = await (await fetch(`${shop}/draft_orders?view=open`)).text();
    const draft = /draft_orders\/(\d+)"/.exec(list)?.[1];
    const paid = await fetch(`${shop}/draft_orders/${draft}/complete`, {
      method: "POST",
      body: new URLSearchParams({ payment: "paid" }),
      redirect: "manual",
    });
    const order = paid.headers.get("location");
    expect(order).toMatch(/\/orders\/\d+$/);
    // The acknowledgement is in our hands: from here on nothing of it may be lost.
    for (const pid of tree(demo.process.pid ?? 0)) process.kill(pid, "SIGKILL");
    await demo.ended;
    const next = start("--port", String(port));
    await next.ready;
    expect((await fetch(admin + order)).status).toBe(200);
    expect(await (await fetch(`${shop}/draft_orders/${draft}`)).text()).toContain("Completed");
  });

  test("of everything but a stubborn app: the next start ends the one left behind", async () => {
    const demo = start("--port", String(port));
    await demo.ready;
    await demo.stop();
    const stubborn = spawn(process.execPath, ["-e", "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"]);
    await once(stubborn, "spawn");
    writeFileSync(data("app.process"), processName(stubborn.pid ?? 0) ?? "");
    const next = start("--port", String(port));
    await next.ready;
    expect(isAlive(stubborn.pid ?? 0)).toBe(false);
  });

  test("a number that was given to another program since is left alone", async () => {
    const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    await once(other, "spawn");
    writeFileSync(data("app.process"), `${other.pid}:1`);
    const demo = start("--port", String(port));
    await demo.ready;
    expect(isAlive(other.pid ?? 0)).toBe(true);
    other.kill("SIGKILL");
  });
});

describe("what stands in the way is said in one sentence, with code 1", () => {
  test("a second copy on the same folder", async () => {
    const demo = start("--port", String(port));
    await demo.ready;
    await expectRefusal(start("--port", String(port + 20)), /Another copy is already running on .*\.data/);
    expect(isAlive(demo.process.pid ?? 0)).toBe(true);
  });

  test.each([0, 4, 6])("a taken port: number %i of the block", async (step) => {
    const other = createServer().listen(port + step, step === 4 ? "::1" : "127.0.0.1");
    await once(other, "listening");
    await expectRefusal(start("--port", String(port)), new RegExp(`Port ${port + step} .*taken`));
    other.close();
  });

  test("damaged records of the local Shopify, and --reset makes new ones", async () => {
    writeFileSync(data("shopify", "shopify.sqlite"), "this is not a database, it only has its name ".repeat(400));
    await expectRefusal(start("--port", String(port)), /damaged.*--reset/);
    const demo = start("--port", String(port), "--reset");
    await demo.ready;
  });

  test("a damaged database folder", async () => {
    rmSync(data("postgres", "data", "PG_VERSION"));
    await expectRefusal(start("--port", String(port)), /postgres\/data is damaged.*--reset/);
    await start("--port", String(port), "--reset").ready;
  });

  test("an app that cannot start", async () => {
    writeFileSync(join(root, "app", "index.js"), 'throw new Error("the app has no engine");');
    await expectRefusal(start("--port", String(port)), /app ended while it was starting \(the app has no engine\)/);
    writeFileSync(join(root, "app", "index.js"), APP);
  });

  test("an app that cannot be built", async () => {
    const file = join(root, "package.json");
    const whole = readFileSync(file, "utf8");
    writeFileSync(
      file,
      JSON.stringify({ name: "small", scripts: { build: "echo 'error: a bracket is missing' >&2; exit 3" } }),
    );
    await expectRefusal(start("--port", String(port)), /could not be built \(error: a bracket is missing\)/);
    writeFileSync(file, whole);
  });

  test.each([
    [["--port", "90000"], /--port takes a whole number/],
    [["--port", "many"], /--port takes a whole number/],
    [["--colour"], /Unknown option '--colour'/],
  ])("arguments %j", async (args, sentence) => {
    await expectRefusal(start(...args), sentence);
  });
});

test("--help explains and starts nothing", async () => {
  const before = readdirSync(root);
  const demo = start("--help");
  expect(await demo.ended).toBe(0);
  expect(demo.said()).toContain("--reset");
  expect(readdirSync(root)).toEqual(before);
});

async function freeBlock(): Promise<number> {
  for (let first = 24_000; first < 32_000; first += 40) {
    const busy = await Promise.all(Array.from({ length: PORTS_NEEDED }, (_, step) => isBusy(first + step)));
    if (!busy.includes(true)) return first;
  }
  throw new Error("no free ports");
}

function isBusy(candidate: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(true));
    probe.listen(candidate, "127.0.0.1", () => probe.close(() => resolve(false)));
  });
}
