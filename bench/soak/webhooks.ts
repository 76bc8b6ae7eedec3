import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { buildApp } from "../../dev/demo/build-app";
import { openOnce } from "../../dev/demo/first-open";
import { readAppConfig } from "../../dev/shopify/app-config";
import type { WebhookDeliveryRecord } from "../../dev/shopify/records";
import { API_VERSION } from "../../dev/shopify/schema/load";
import { type LocalShopify, startLocalShopify } from "../../dev/shopify/start";
import { signBody } from "../../dev/shopify/webhooks/sign";
import { freePort, startChild } from "../child";
import { benchDatabase } from "../database";
import { short, table } from "../statistics";
import { copyBuild, endRole, lastWords, processorSeconds, type Role, startRole, untilHealthy } from "./app";
import { Changes } from "./changes";
import { compare } from "./compare";
import { populate } from "./population";
import type { Posted, Posting } from "./sender";

const root = fileURLToPath(new URL("../..", import.meta.url));
const DOMAIN = "northwind-outfitters.myshopify.com";
/** Of deliveries: how many arrive twice, and how many after others that were made later. */
const TWICE = 0.1;
const LATE = 0.2;
const TICK = 20;

export interface SoakPlan {
  seconds: number;
  rate: number;
  kills: number;
  drain: number;
}

/** See `npm run soak -- --help`. */
export async function webhookSoak(plan: SoakPlan): Promise<{ passed: boolean } & Record<string, unknown>> {
  const folder = mkdtempSync(join(tmpdir(), "throughline-soak-"));
  chmodSync(folder, 0o711);
  const closing: (() => Promise<unknown>)[] = [async () => rmSync(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const each of closing.splice(0).reverse()) await each().catch((error) => console.error(error));
  };
  process.once("SIGINT", () => void close().then(() => process.exit(130)));
  try {
    return await run(plan, folder, closing);
  } finally {
    await close();
  }
}

async function run(plan: SoakPlan, folder: string, closing: (() => Promise<unknown>)[]) {
  await buildApp(root, () => console.log("Building the app, its sources are new …"));
  const database = await benchDatabase();
  closing.push(() => database.stop());
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const config = readAppConfig(root, origin, randomBytes(24).toString("hex"));
  const shopify = await startLocalShopify({
    dataFile: ":memory:",
    ports: { admin: 0, storefronts: [0, 0] },
    app: config,
    seed: "small",
    holdWebhooks: true,
  });
  closing.push(() => shopify.close());
  const shop = shopify.world.store.shop(DOMAIN);
  populate(shopify.world, shop, { customers: 1500, orders: 3000 });
  const environment = {
    SHOPIFY_API_KEY: config.clientId,
    SHOPIFY_API_SECRET: config.clientSecret,
    SHOPIFY_APP_URL: origin,
    SCOPES: config.scopes.join(","),
    DATABASE_URL: database.url,
    APP_BRIDGE_URL: `${shopify.origin}/app-bridge.js`,
    ADMIN_FRAME_ANCESTOR: shopify.origin,
    LOCAL_SHOPIFY_ORIGIN: shopify.origin,
    HOST: "127.0.0.1",
    PORT: String(port),
  };
  const build = copyBuild();
  closing.push(async () => build.remove());
  const started = { copy: build.folder, folder, environment };
  const web = startRole("web", started);
  closing.push(() => endRole(web));
  await untilHealthy(web, folder, origin);
  let worker: Role | null = startRole("worker", started);
  closing.push(() => endRole(worker));
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  closing.push(() => client.end());

  const said = await openOnce(shopify.world);
  if (said.includes(DOMAIN)) throw new Error(`the app did not open: ${lastWords(folder, "web")}`);
  console.log(`Webhooks into ${database.what}, ${process.version}; first sync of ${shop.all("order").length} orders …`);
  const shopId = await shopOf(client);
  const alive = () => {
    if (worker?.process.exitCode !== null || web.process.exitCode !== null) {
      throw new Error(
        `the app ended by itself: ${lastWords(folder, web.process.exitCode === null ? "worker" : "web")}`,
      );
    }
  };
  const synced = await idle(client, shopId, 240, alive);
  if (synced === null) throw new Error(`the first sync did not end: ${lastWords(folder, "worker")}`);

  const sender = await startChild({ script: "bench/soak/sender.ts", words: [origin] });
  closing.push(() => sender.stop());
  console.log(`Storm: ${plan.rate} a second for ${plan.seconds} s, the worker is killed ${plan.kills} times …`);
  const before = processorSeconds(web);
  const killing = killWorker(plan, async () => {
    worker?.process.kill("SIGKILL");
    await worker?.ended;
    await pause(1_500);
    worker = startRole("worker", started);
  });
  const storm = await raise(shopify, plan, (postings) => void sender.process.send({ postings }));
  await killing;
  const posted = await sender.ask<Posted>({ finish: true });
  const stormEnded = performance.now();
  const perPost = ((processorSeconds(web) - before) / posted.posts) * 1000;
  const backlog = await count(client, `SELECT count(*) FROM "webhook_delivery" WHERE "handledAt" IS NULL`);
  const drained = await idle(client, shopId, plan.drain, alive);
  const drain = drained === null ? null : drained - stormEnded;

  if (drain === null) console.log(`\nStill left:\n${await whatIsLeft(client)}\n${lastWords(folder, "worker")}`);
  const kept = await count(client, `SELECT count(*) FROM "webhook_delivery" WHERE "shopDomain" = '${DOMAIN}'`);
  const open = await count(client, `SELECT count(*) FROM "webhook_delivery" WHERE "handledAt" IS NULL`);
  const known = await client.query<{ n: string }>(
    `SELECT count(*) AS n FROM "webhook_delivery" WHERE "webhookId" = ANY($1::text[])`,
    [storm.ids],
  );
  const lost = storm.ids.length - Number(known.rows[0]?.n ?? 0);
  const differences = await compare(shopify.world, shop, client, shopId);
  const unequal = differences.reduce(
    (sum, each) => sum + each.missing.length + each.extra.length + each.other.length,
    0,
  );
  const passed = lost === 0 && posted.lost === 0 && open === 0 && drain !== null && unequal === 0;

  console.log(
    `\n${table(
      ["", ""],
      [
        ["things that happened", storm.happened],
        ["webhooks of them", storm.ids.length],
        ["posts, with repeated ones", posted.posts],
        [`posts a second (${plan.rate} were asked for)`, short(storm.perSecond)],
        ["answered: p50, ms", short(posted.p50)],
        ["answered: p99, ms (aim: under 100)", short(posted.p99)],
        ["answered: the longest, ms", short(posted.most)],
        ["processor of the web process for each post, ms", short(perPost)],
        ["the sender itself was late: p99, ms", short(posted.lateness)],
        ["not answered with 200, sent again", posted.refused],
        ["waiting when the storm ended", backlog],
        ["until nothing was left, s", drain === null ? `more than ${plan.drain}` : short(drain / 1000)],
        ["kept deliveries", kept],
        ["lost", lost + posted.lost],
      ],
    )}\n`,
  );
  console.log(
    table(
      ["mirror against source", "compared", "missing", "too many", "other"],
      differences.map((each) => [each.kind, each.compared, each.missing.length, each.extra.length, each.other.length]),
    ),
  );
  for (const { kind, missing, extra, other } of differences) {
    if (missing[0]) console.log(`\n${kind}: ${missing[0]} is missing`);
    if (extra[0]) console.log(`\n${kind}: ${extra[0]} is there no more in the source`);
    if (other[0]) console.log(`\n${kind}: ${other[0].id}\n  source ${other[0].source}\n  mirror ${other[0].mirror}`);
  }
  console.log(
    `\n${passed ? "Equal, nothing lost" : "NOT EQUAL, or something was lost"}; answers ${posted.p99 < 100 ? "within" : "NOT within"} 100 ms (p99).`,
  );
  return {
    passed,
    posts: posted.posts,
    posts_per_second: short(storm.perSecond),
    webhooks: storm.ids.length,
    answer_p50_ms: short(posted.p50),
    answer_p99_ms: short(posted.p99),
    web_processor_ms_per_post: short(perPost),
    sent_again: posted.refused,
    lost: lost + posted.lost,
    backlog_at_end: backlog,
    drain_s: drain === null ? null : short(drain / 1000),
    worker_kills: plan.kills,
    unequal_records: unequal,
  };
}

/** Lets things happen in the shop at the rate asked for, and hands what Shopify would send to the sender. */
async function raise(shopify: LocalShopify, plan: SoakPlan, send: (postings: Posting[]) => void) {
  const changes = new Changes(shopify.world, shopify.world.store.shop(DOMAIN));
  const ids: string[] = [];
  let happened = 0;
  let made = 0;
  const started = performance.now();
  for (;;) {
    const elapsed = performance.now() - started;
    if (elapsed >= plan.seconds * 1000) return { ids, happened, perSecond: made / (elapsed / 1000) };
    const postings: Posting[] = [];
    const wanted = Math.ceil((plan.rate * elapsed) / 1000);
    // A pause of this process is not made up for all at once: Shopify's senders would not either.
    const most = Math.max(1, Math.ceil(plan.rate / 4));
    for (let now = 0; made < wanted && now < most; ) {
      happened += 1;
      for (const delivery of changes.next()) {
        ids.push(delivery.webhookId);
        const copies = Math.random() < TWICE ? 2 : 1;
        const late = Math.random() < LATE ? 200 + Math.random() * 4_000 : 0;
        for (let copy = 0; copy < copies; copy += 1) {
          const after = late + (copy === 0 ? 0 : Math.random() * 3_000);
          postings.push(postingOf(shopify, delivery, performance.timeOrigin + performance.now() + after));
        }
        made += copies;
        now += copies;
      }
    }
    if (postings.length > 0) send(postings);
    await pause(TICK);
  }
}

function postingOf({ world }: LocalShopify, delivery: WebhookDeliveryRecord, at: number): Posting {
  const headers = {
    "Content-Type": "application/json",
    "User-Agent": "Shopify-Captain-Hook",
    "X-Shopify-Topic": delivery.topic,
    "X-Shopify-Hmac-Sha256": signBody(world.app.clientSecret, delivery.body),
    "X-Shopify-Shop-Domain": DOMAIN,
    "X-Shopify-API-Version": API_VERSION,
    "X-Shopify-Webhook-Id": delivery.webhookId,
    "X-Shopify-Event-Id": delivery.eventId,
    "X-Shopify-Triggered-At": delivery.triggeredAt,
  };
  return { path: new URL(delivery.url).pathname, headers, body: delivery.body, at };
}

/** Kills spread over the storm: with two, after a third and after two thirds of it. */
async function killWorker(plan: SoakPlan, kill: () => Promise<void>): Promise<void> {
  for (let index = 0; index < plan.kills; index += 1) {
    await pause((plan.seconds * 1000) / (plan.kills + 1));
    await kill();
  }
}

async function shopOf(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ id: string }>(`SELECT "id" FROM "shop" WHERE "domain" = $1`, [DOMAIN]);
  const id = rows[0]?.id;
  if (!id) throw new Error("the app does not know the shop");
  return id;
}

async function count(client: pg.Client, query: string): Promise<number> {
  const { rows } = await client.query<{ count: string }>(query);
  return Number(rows[0]?.count ?? 0);
}

/** For whoever looks why it did not end. */
async function whatIsLeft(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ what: string; count: string }>(
    `SELECT 'webhook ' || "topic" AS "what", count(*) FROM "webhook_delivery" WHERE "handledAt" IS NULL GROUP BY 1
     UNION ALL SELECT 'to read: ' || "kind" || COALESCE(' taken until ' || max("takenUntil"), ''), count(*) FROM "shopify_due" GROUP BY "kind"
     UNION ALL SELECT 'file of ' || "kind" || ' ' || "state" || COALESCE(' ' || "problem", ''), 1 FROM "sync_run" WHERE "state" NOT IN ('done')
     UNION ALL SELECT 'job ' || "task_identifier" || ' run at ' || max("run_at") || COALESCE(': ' || max("last_error"), ''), count(*)
                 FROM graphile_worker.jobs GROUP BY "task_identifier"`,
  );
  return rows.map((row) => `  ${row.count} × ${row.what}`).join("\n");
}

/**
 * Waits until webhooks, records to be read and files are all done with, and for three seconds more that they stay so.
 * Answers when that began, or null after `most` seconds.
 */
async function idle(client: pg.Client, shopId: string, most: number, alive: () => void): Promise<number | null> {
  const deadline = performance.now() + most * 1000;
  let since: number | null = null;
  while (performance.now() < deadline) {
    const left = await client.query<{ left: boolean }>(
      `SELECT EXISTS (SELECT FROM "webhook_delivery" WHERE "handledAt" IS NULL)
           OR EXISTS (SELECT FROM "shopify_due" WHERE "shopId" = $1::uuid)
           OR EXISTS (SELECT FROM "sync_run" WHERE "shopId" = $1::uuid AND "state" IN ('waiting', 'preparing', 'reading'))
           OR NOT EXISTS (SELECT FROM "sync_run" WHERE "shopId" = $1::uuid) AS "left"`,
      [shopId],
    );
    if (left.rows[0]?.left) since = null;
    else since ??= performance.now();
    if (since !== null && performance.now() - since > 3_000) return since;
    alive();
    await pause(250);
  }
  return null;
}
