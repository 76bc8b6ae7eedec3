import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { cpus } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { sealCredentials } from "~/channels/accounts";
import { type Database, openDatabase } from "~/db.server";
import { ensurePartitions } from "~/events/partitions";
import { newId } from "~/platform/ids";
import { type Child, freePort, startChild } from "../child";
import { benchDatabase } from "../database";
import { median, percentile, short, table } from "../statistics";
import type { SendResult } from "./sender";
import { type BenchKind, type Far, kinds, origin } from "./webhook";

const root = fileURLToPath(new URL("../..", import.meta.url));
const built = `${process.env.BENCH_BUILD ?? "build"}/server/index.js`;
const perSecond = 200;

interface Run {
  /** Milliseconds until the answer. */
  p50: number;
  p99: number;
  refused: number;
  /** Milliseconds until the message is in its conversation; none of the floor. */
  storedP50: number;
  storedP99: number;
}

/**
 * Messages at 200 a second at the door of every channel that has one, signed as its provider signs them, to the built app
 * with its worker in another process: how long the answer takes, and how long until the message stands in its
 * conversation. Against a floor in the same run, a bare server that proves the signature and keeps the body.
 */
export async function channelsBench(quick: boolean): Promise<Record<string, unknown>> {
  if (!existsSync(`${root}/${built}`)) throw new Error("Build the app first: npm run build");
  const metaSecret = randomBytes(32).toString("hex");
  const environment = {
    SHOPIFY_API_KEY: "bench",
    SHOPIFY_API_SECRET: randomBytes(32).toString("hex"),
    SHOPIFY_APP_URL: origin,
    SCOPES: "read_orders",
    DATABASE_CONNECTIONS: "12",
    ENCRYPTION_KEYS: `bench:${randomBytes(32).toString("base64")}`,
    META_APP_ID: "4711",
    META_APP_SECRET: metaSecret,
    META_VERIFY_TOKEN: "the agreed word",
    FLOOR_SECRET: metaSecret,
  };
  const database = await benchDatabase();
  Object.assign(environment, { DATABASE_URL: database.url });
  Object.assign(process.env, environment);
  const db = openDatabase(database.url, 2);
  const children: Child[] = [];
  const start = async (options: Parameters<typeof startChild>[0]): Promise<Child> => {
    const child = await startChild(options);
    children.unshift(child);
    return child;
  };
  try {
    await ensurePartitions(db.locks, new Date());
    const ports = { app: await freePort(), floor: await freePort() };
    const preload = "bench/message/probe.ts";
    await start({ script: built, words: ["web"], preload, environment: { ...environment, PORT: String(ports.app) } });
    await start({ script: "bench/channels/floor-server.ts", words: [String(ports.floor)], preload, environment });
    await start({ script: "bench/channels/worker.ts", environment });
    const sender = await start({ script: "bench/channels/sender.ts" });
    const accounts = await connectAll(db, metaSecret);
    await noteWhenStored(db);

    let first = 0;
    const run = async (far: Far, against: "app" | "floor", seconds: number): Promise<Run> => {
      const order = { port: ports[against], far, perSecond, seconds, first };
      first += perSecond * seconds;
      const { milliseconds, due, refused } = await sender.ask<SendResult>(order);
      // What was refused is not there; its provider would send it again.
      const stored = against === "app" && refused === 0 ? await untilStored(db, due) : [];
      const [p50, p99, storedP50, storedP99] = [milliseconds, stored].flatMap((all) =>
        [0.5, 0.99].map((share) => percentile(all, share)),
      );
      return { p50, p99, storedP50, storedP99, refused } as Run;
    };

    const seconds = quick ? 5 : 15;
    const floorOf = accounts.find(({ kind }) => kind === "messenger") as Far;
    const runs = new Map<BenchKind | "floor", Run[]>();
    for (const far of accounts) {
      const { refused } = await run(far, "app", 3);
      if (refused > 0) throw new Error(`the door of ${far.kind} refused ${refused}: is the build of this version?`);
    }
    await run(floorOf, "floor", 3);
    // By turns, so that whatever else the machine does meets all alike.
    for (let number = 0; number < (quick ? 1 : 3); number += 1) {
      runs.set("floor", [...(runs.get("floor") ?? []), await run(floorOf, "floor", seconds)]);
      for (const far of accounts) runs.set(far.kind, [...(runs.get(far.kind) ?? []), await run(far, "app", seconds)]);
    }
    return told(runs, `${database.what}; ${cpus().length} cores, shared by sender, doors, worker and database.`);
  } finally {
    for (const child of children) await child.stop();
    await db.close();
    await database.stop();
  }
}

/** An account of each kind, of one shop. */
async function connectAll(db: Database, metaSecret: string): Promise<Far[]> {
  const shopId = newId();
  const createdAt = new Date();
  const shop = { id: shopId, domain: "bench.myshopify.com", name: "Bench", currency: "EUR", installedAt: createdAt };
  await db.prisma.shop.create({ data: shop });
  const accounts: Far[] = [];
  for (const [at, kind] of kinds.entries()) {
    const id = newId();
    const externalId = kind === "sms" ? "+15550100200" : String(178_414_000_000_000 + at);
    const secret = ["messenger", "instagram", "whatsapp"].includes(kind) ? metaSecret : randomBytes(20).toString("hex");
    const credentials = { token: "bench", secret, authToken: secret, consumerSecret: secret };
    const settings = { accountSid: `AC${"0".repeat(32)}`, sender: externalId, pageId: externalId };
    await db.prisma.channelAccount.create({
      data: {
        ...{ shopId, id, kind, externalId, name: kind, state: "active", settings, createdAt },
        credentials: sealCredentials(shopId, id, credentials),
      },
    });
    accounts.push({ kind, id, externalId, secret });
  }
  return accounts;
}

/** The database itself notes when the transaction that stores a message ends, by the clock that the sender has too. */
async function noteWhenStored(db: Database): Promise<void> {
  await db.sql.query(`CREATE TABLE "bench_stored" ("externalId" text, "at" timestamptz NOT NULL)`);
  await db.sql.query(`
    CREATE FUNCTION bench_note() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN INSERT INTO "bench_stored" VALUES (NEW."externalId", clock_timestamp()); RETURN NULL; END $$`);
  await db.sql.query(`
    CREATE CONSTRAINT TRIGGER bench_note AFTER INSERT ON "message" DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION bench_note()`);
}

/** Milliseconds from when each was due until it was stored. Throws when one is not there after two minutes. */
async function untilStored(db: Database, due: SendResult["due"]): Promise<number[]> {
  const ids = due.map(([id]) => id);
  for (const end = performance.now() + 120_000; ; await pause(200)) {
    const { rows } = await db.sql.query<{ externalId: string; at: string }>(
      `SELECT "externalId", extract(epoch FROM "at") * 1000 AS "at" FROM "bench_stored" WHERE "externalId" = ANY ($1)`,
      [ids],
    );
    const at = new Map(rows.map((row) => [row.externalId, Number(row.at)]));
    if (rows.length > at.size) throw new Error("a message is there twice");
    if (at.size === ids.length) return due.map(([id, from]) => (at.get(id) ?? Number.NaN) - from);
    if (performance.now() > end) throw new Error(`${ids.length - at.size} of ${ids.length} messages are not there`);
  }
}

function told(runs: ReadonlyMap<string, Run[]>, machine: string): Record<string, unknown> {
  const figures: Record<string, number> = { perSecond };
  const rows = [...runs].map(([kind, all]) => {
    const of = (what: keyof Run) => short(median(all.map((one) => one[what])));
    const refused = all.reduce((sum, one) => sum + one.refused, 0);
    figures[`${kind}AnswerP50Milliseconds`] = of("p50");
    figures[`${kind}AnswerP99Milliseconds`] = of("p99");
    if (kind !== "floor") {
      figures[`${kind}StoredP50Milliseconds`] = of("storedP50");
      figures[`${kind}StoredP99Milliseconds`] = of("storedP99");
    }
    figures[`${kind}Refused`] = refused;
    const stored = kind === "floor" ? ["", ""] : [of("storedP50"), of("storedP99")];
    return [kind, of("p50"), of("p99"), ...stored, refused];
  });
  console.log(`${machine} ${perSecond} messages a second, medians of the runs.\n`);
  const head = ["door", "answer p50 ms", "p99 ms", "stored p50 ms", "p99 ms", "refused"];
  console.log(table(head, rows));
  return figures;
}
