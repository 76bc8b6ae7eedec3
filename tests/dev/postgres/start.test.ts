import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { elsewhereFor } from "../../../dev/postgres/elsewhere";
import { postgresProcessesIn } from "../../../dev/postgres/processes";
import { type RunningPostgres, removePostgres, startPostgres } from "../../../dev/postgres/start";

let parent: string;
const running: RunningPostgres[] = [];

beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), "postgres-start-"));
  chmodSync(parent, 0o755);
});
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});
afterAll(() => rmSync(parent, { recursive: true, force: true }));

async function start(folder: string, port = 0): Promise<RunningPostgres> {
  const server = await startPostgres({ folder, port, durable: true });
  running.push(server);
  return server;
}

/** A server whose starter is another program. */
async function startElsewhere(folder: string): Promise<{ process: ChildProcess; url: string }> {
  const program = `import { startPostgres } from ${JSON.stringify(join(import.meta.dirname, "../../../dev/postgres/start.ts"))};
    startPostgres({ folder: ${JSON.stringify(folder)}, port: 0 }).then((server) => { console.log(server.url); setInterval(() => {}, 1000); });`;
  const file = `${folder}.mts`;
  writeFileSync(file, program);
  const child = spawn(process.execPath, ["--import", "tsx", file], {
    cwd: join(import.meta.dirname, "../../.."),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  return { process: child, url: line.toString().trim() };
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows as Record<string, unknown>[];
  } finally {
    await client.end().catch(() => {});
  }
}

async function sentence(work: Promise<unknown>): Promise<{ kind: string; sentence: string }> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason as { kind: string; sentence: string },
  );
  if (!error?.sentence) throw new Error(`expected a StartFailure, got ${String(error)}`);
  expect(error.sentence).toMatch(/^[^\n]+\.$/);
  return error;
}

describe("a data folder", () => {
  test("is made the first time, keeps its rows and its password, and leaves no process", async () => {
    const folder = join(parent, "keeps");
    const first = await start(folder);
    await query(first.url, "CREATE TABLE note (body text); INSERT INTO note VALUES ('kept')");
    expect(statSync(join(folder, "password")).mode & 0o777).toBe(0o600);
    await first.stop();
    expect(postgresProcessesIn(join(folder, "data"))).toEqual([]);
    const second = await start(folder);
    expect(await query(second.url, "SELECT body FROM note")).toEqual([{ body: "kept" }]);
    expect(new URL(second.url).password).toBe(new URL(first.url).password);
  });

  test("listens on loopback, wants the password and keeps what it acknowledged", async () => {
    const server = await start(join(parent, "settings"));
    const settings = await query(
      server.url,
      "SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses')",
    );
    expect(Object.fromEntries(settings.map((row) => [row.name, row.setting]))).toEqual({
      fsync: "on",
      synchronous_commit: "on",
      full_page_writes: "on",
      listen_addresses: "127.0.0.1",
    });
    const wrong = new URL(server.url);
    wrong.password = "guess";
    await expect(query(wrong.href, "SELECT 1")).rejects.toMatchObject({ code: "28P01" });
  });
});

describe("after kill -9", () => {
  test("of the server, the next start has every committed row", async () => {
    const folder = join(parent, "killed");
    const server = await start(folder);
    await query(
      server.url,
      "CREATE TABLE note (body text); INSERT INTO note SELECT 'row ' || n FROM generate_series(1, 500) n",
    );
    // A backend in a long query outlives its postmaster for a while and holds its shared memory.
    const busy = query(server.url, "SELECT pg_sleep(60)").catch(() => "cut");
    await expect
      .poll(() =>
        query(server.url, "SELECT count(*)::int AS n FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%'"),
      )
      .toMatchObject([{ n: 2 }]);
    process.kill(Number.parseInt(readFileSync(join(folder, "data", "postmaster.pid"), "utf8"), 10), "SIGKILL");
    await server.stop();
    running.length = 0;
    const again = await start(folder);
    expect(await query(again.url, "SELECT count(*)::int AS n FROM note")).toEqual([{ n: 500 }]);
    expect(await busy).toBe("cut");
  });

  test("of the program that started it, the server stops by itself and nothing acknowledged is lost", async () => {
    const folder = join(parent, "orphan");
    const starter = await startElsewhere(folder);
    await query(starter.url, "CREATE TABLE note (body text); INSERT INTO note VALUES ('acknowledged')");
    expect((await sentence(startPostgres({ folder, port: 0 }))).kind).toBe("second-copy");
    starter.process.kill("SIGKILL");
    await once(starter.process, "exit");
    await expect.poll(() => postgresProcessesIn(join(folder, "data")), { timeout: 10_000 }).toEqual([]);
    const server = await start(folder);
    expect(await query(server.url, "SELECT body FROM note")).toEqual([{ body: "acknowledged" }]);
  });

  test("of everything but the server, the next start stops what was left behind and takes over", async () => {
    const folder = join(parent, "left");
    const starter = await startElsewhere(folder);
    await query(starter.url, "CREATE TABLE note (body text); INSERT INTO note VALUES ('acknowledged')");
    const postmaster = Number.parseInt(readFileSync(join(folder, "data", "postmaster.pid"), "utf8"), 10);
    execFileSync("sh", ["-c", `kill -9 ${starter.process.pid} $(pgrep -f "postgres-keeper ${postmaster}$")`]);
    await once(starter.process, "exit");
    const left = postgresProcessesIn(join(folder, "data"));
    expect(left).toContain(postmaster);
    const server = await start(folder);
    expect(await query(server.url, "SELECT body FROM note")).toEqual([{ body: "acknowledged" }]);
    expect(postgresProcessesIn(join(folder, "data")).filter((pid) => left.includes(pid))).toEqual([]);
  });

  test("in the middle of making the folder, it is made anew", async () => {
    const folder = join(parent, "half");
    mkdirSync(join(folder, "data.half", "base"), { recursive: true });
    writeFileSync(join(folder, "data.half", "PG_VERSION"), "18\n");
    const server = await start(folder);
    expect(await query(server.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    expect(existsSync(join(folder, "data.half"))).toBe(false);
  });

  test("a pid file that names another living program does not stop the start", async () => {
    const folder = join(parent, "pid");
    await (await start(folder)).stop();
    running.length = 0;
    writeFileSync(join(folder, "data", "postmaster.pid"), `${process.pid}\n${join(folder, "data")}\n`);
    const server = await start(folder);
    expect(await query(server.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });
});

describe("what stops a start is told in one sentence", () => {
  test("a second copy on the same folder", async () => {
    const folder = join(parent, "second");
    await start(folder);
    const failure = await sentence(startPostgres({ folder, port: 0 }));
    expect(failure).toMatchObject({ kind: "second-copy", sentence: expect.stringContaining(`process ${process.pid}`) });
  });

  test("a taken port", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as { port: number };
    const failure = await sentence(startPostgres({ folder: join(parent, "port"), port }));
    expect(failure).toMatchObject({ kind: "taken-port", sentence: expect.stringContaining(String(port)) });
    other.close();
  });

  test.each([
    ["without its version", (data: string) => rmSync(join(data, "PG_VERSION"))],
    ["of another version", (data: string) => writeFileSync(join(data, "PG_VERSION"), "15\n")],
    ["with an empty control file", (data: string) => truncateSync(join(data, "global", "pg_control"), 0)],
    ["without its transaction log", (data: string) => rmSync(join(data, "pg_wal"), { recursive: true })],
    ["without its catalogue", (data: string) => rmSync(join(data, "base"), { recursive: true })],
  ])("a data folder %s", async (_, damage) => {
    const folder = mkdtempSync(join(parent, "damaged-"));
    chmodSync(folder, 0o755);
    await (await start(folder)).stop();
    running.length = 0;
    damage(join(folder, "data"));
    const failure = await sentence(startPostgres({ folder, port: 0 }));
    expect(failure).toMatchObject({ kind: "damaged-folder", sentence: expect.stringContaining("--reset") });
    await removePostgres(folder);
    expect(existsSync(folder)).toBe(false);
  });
});

// The demo must run for both; only root can try the other.
test.runIf(process.getuid?.() === 0)("root runs it as another account", async () => {
  const folder = join(parent, "as-root");
  await start(folder);
  const owners = postgresProcessesIn(join(folder, "data")).map((pid) => statSync(`/proc/${pid}`).uid);
  expect(owners.length).toBeGreaterThan(0);
  expect(owners).not.toContain(0);
});

test.runIf(process.getuid?.() === 0)("root runs it from a folder that no other account may enter", async () => {
  const closed = mkdtempSync(join(tmpdir(), "closed-"));
  expect(statSync(closed).mode & 0o077).toBe(0);
  const folder = join(closed, "postgres");
  const server = await start(folder);
  await query(server.url, "CREATE TABLE note (body text); INSERT INTO note VALUES ('kept')");
  await server.stop();
  const again = await start(folder);
  expect(await query(again.url, "SELECT body FROM note")).toEqual([{ body: "kept" }]);
  await again.stop();
  running.length = 0;
  await removePostgres(folder);
  expect(existsSync(folder)).toBe(false);
  expect(existsSync(elsewhereFor(folder))).toBe(false);

  // A temporary folder that is deleted by hand takes no leave; the next start of any cleans up after it.
  await start(folder);
  await running.pop()?.stop();
  expect(existsSync(elsewhereFor(folder))).toBe(true);
  rmSync(closed, { recursive: true });
  await start(join(parent, "after"));
  expect(existsSync(elsewhereFor(folder))).toBe(false);
});
