import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";
import { sealCredentials } from "~/channels/accounts";
import { emailAdapter } from "~/channels/email/adapter";
import { emailSettings } from "~/channels/email/settings";
import { startMailServer } from "~/channels/email/smtp/server";
import { newToken } from "~/channels/email/thread/addresses";
import { adapters } from "~/channels/registry";
import type { AppContext } from "~/context";
import { type Database, openDatabase } from "~/db.server";
import { ensurePartitions } from "~/events/partitions";
import { prepareJobs, runJobs } from "~/jobs/run";
import { systemClock } from "~/platform/clock";
import { newId } from "~/platform/ids";
import { type Child, startChild } from "../child";
import { benchDatabase } from "../database";
import { median, short, table } from "../statistics";
import { makeMails } from "./mails";

const domain = "in.bench.example";

Object.assign(process.env, {
  SHOPIFY_API_KEY: "bench",
  SHOPIFY_API_SECRET: "a secret of the bench",
  SHOPIFY_APP_URL: "http://127.0.0.1:4403",
  SCOPES: "read_orders",
  DATABASE_URL: "postgresql://set-by-the-bench/none",
  MAIL_IN_DOMAIN: domain,
});

interface Measured {
  seconds: number;
  /** Of this process while it ran, in bytes. */
  peak: number;
}

/**
 * Mails of mixed sizes from a sender of its own process over SMTP until each is a message in its conversation, with the
 * jobs of the app in between; against a floor in the same run: the same server, `postal-mime`, and one `INSERT`.
 */
export async function mailInBench(quick: boolean): Promise<Record<string, unknown>> {
  const count = quick ? 300 : 3_000;
  const talks = Math.floor(count / 5);
  const runs = quick ? 1 : 3;
  const database = await benchDatabase();
  const db = openDatabase(database.url, 12);
  await ensurePartitions(db.locks, new Date());
  await prepareJobs(db);
  const clock = systemClock;
  const app: AppContext = { db, clock, signals: { logGrew: () => undefined, send: () => undefined } };
  const { mails, resolve } = await makeMails(count, talks);
  (adapters as Record<string, unknown>)["email"] = emailAdapter(() => resolve);
  const bytes = mails.reduce((sum, { raw }) => sum + raw.length, 0);
  console.log(`${count} mails of ${talks} customers, ${short(bytes / count / 1024)} kB in the mean, ${database.what}`);
  const sender = await startChild({ script: "bench/mail-in/sender.ts", words: [String(count), String(talks), "1"] });
  const ours: Measured[] = [];
  const floor: Measured[] = [];
  let found = 0;
  try {
    for (let run = 0; run < runs; run += 1) {
      floor.push(await runFloor(db, sender));
      const { measured, right } = await runOurs(
        app,
        sender,
        mails.map(({ talk }) => talk),
        talks,
      );
      ours.push(measured);
      found += right;
    }
  } finally {
    await sender.stop();
    await db.close();
    await database.stop();
  }
  const rate = (all: Measured[]) => median(all.map(({ seconds }) => count / seconds));
  const peak = (all: Measured[]) => Math.max(...all.map((one) => one.peak)) / 1024 / 1024;
  const ratio = rate(ours) / rate(floor);
  console.log(
    table(
      ["", "mails/s", "peak MB"],
      [
        ["floor: smtp-server, postal-mime, one INSERT", short(rate(floor)), short(peak(floor))],
        ["SMTP to stored and threaded", short(rate(ours)), short(peak(ours))],
      ],
    ),
  );
  console.log(`${short(ratio)} of the floor; ${found} of ${talks * runs} true conversations found whole and unmixed`);
  return {
    mails: count,
    meanKilobytes: short(bytes / count / 1024),
    mailsPerSecond: short(rate(ours)),
    floorMailsPerSecond: short(rate(floor)),
    ofFloor: short(ratio),
    peakMegabytes: short(peak(ours)),
    trueConversations: talks * runs,
    foundConversations: found,
  };
}

async function runOurs(
  app: AppContext,
  sender: Child,
  talkOf: number[],
  talks: number,
): Promise<{ measured: Measured; right: number }> {
  const { prisma, sql } = app.db;
  const shopId = newId();
  const now = new Date();
  await prisma.shop.create({
    data: { id: shopId, domain: `${shopId}.myshopify.com`, name: "Bench", currency: "EUR", installedAt: now },
  });
  const token = newToken();
  const id = newId();
  const settings = emailSettings.parse({ address: `${token}@northwind.example`, token });
  const data = {
    shopId,
    id,
    kind: "email",
    externalId: settings.address,
    name: "Bench",
    state: "active",
    createdAt: now,
  };
  await prisma.channelAccount.create({ data: { ...data, settings, credentials: sealCredentials(shopId, id, {}) } });
  const limits = { ofPeer: 1e9, ofRecipient: 1e9 };
  const server = await startMailServer(app, { domain, host: "127.0.0.1", port: 0, limits });
  const runner = await runJobs(app);
  try {
    const stored = async () =>
      Number((await sql.query(`SELECT count(*) AS n FROM "message" WHERE "shopId" = $1`, [shopId])).rows[0].n);
    const measured = await measure(async () => {
      await send(sender, server.port, `${token}@${domain}`);
      while ((await stored()) < talkOf.length) await pause(50);
    });
    // Of each conversation, the numbers that its mails begin with must be those of one customer, and all of them.
    const { rows } = await sql.query<{ numbers: number[] }>(
      `SELECT array_agg(substring("text" FROM 'Mail (\\d+) of')::int) AS "numbers" FROM "message" WHERE "shopId" = $1 GROUP BY "conversationId"`,
      [shopId],
    );
    const sizes = new Map<number, number>();
    for (const talk of talkOf) sizes.set(talk, (sizes.get(talk) ?? 0) + 1);
    const right = rows.filter(({ numbers }) => {
      const whose = new Set(numbers.map((number) => talkOf[number]));
      const [talk = -1] = whose;
      return whose.size === 1 && sizes.get(talk) === numbers.length;
    }).length;
    if (rows.length !== talks) console.log(`there are ${rows.length} conversations instead of ${talks}`);
    return { measured, right };
  } finally {
    await runner.stop();
    await server.close();
  }
}

async function runFloor(db: Database, sender: Child): Promise<Measured> {
  await db.sql.query("CREATE TABLE IF NOT EXISTS floor_mail (id uuid PRIMARY KEY, subject text, body text, raw bytea)");
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    logger: false,
    onData(stream, _session, done) {
      const pieces: Buffer[] = [];
      stream.on("data", (piece: Buffer) => pieces.push(piece));
      stream.on("end", () => {
        const raw = Buffer.concat(pieces);
        PostalMime.parse(raw)
          .then((mail) =>
            db.sql.query("INSERT INTO floor_mail VALUES ($1, $2, $3, $4)", [newId(), mail.subject, mail.text, raw]),
          )
          .then(() => done(), done);
      });
    },
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  try {
    return await measure(() => send(sender, (server.server.address() as AddressInfo).port, `any@${domain}`));
  } finally {
    await new Promise<void>((resolve) => server.close(resolve));
  }
}

async function send(sender: Child, port: number, to: string): Promise<void> {
  const { failed } = await sender.ask<{ failed?: string }>({ port, to });
  if (failed) throw new Error(failed);
}

async function measure(work: () => Promise<void>): Promise<Measured> {
  global.gc?.();
  let peak = 0;
  const look = () => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  const timer = setInterval(look, 50);
  const started = performance.now();
  try {
    await work();
    look();
    return { seconds: (performance.now() - started) / 1_000, peak };
  } finally {
    clearInterval(timer);
  }
}
