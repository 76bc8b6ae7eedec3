import type { ClientBase } from "pg";
import type { Context } from "~/context";
import { type Kept, nothingKept } from "../mirror/table";
import type { BadLine, Batch } from "./batches";
import type { Run } from "./runs";
import { sources } from "./sources";

/** Somebody began anew, stopped the run, or reads it too: what was read is of no use. */
export class Overtaken extends Error {
  override name = "Overtaken";
}

/** Bad lines that are kept to be shown; all are counted. */
const mostLines = 500;

/**
 * Keeps a batch and moves the run's checkpoint past it, in one transaction: killed before its end nothing of it is there, and after it
 * all. Throws Overtaken when the checkpoint is not where this reader left it, and when the shop has uninstalled the app.
 */
export async function commit(ctx: Context, run: Run, batch: Batch, from: number): Promise<void> {
  try {
    await inTransaction(ctx, (client) => write(client, ctx, run, batch, from, keepTogether));
  } catch (error) {
    if (!isAboutRows(error)) throw error;
    await inTransaction(ctx, (client) => write(client, ctx, run, batch, from, keepSingly));
  }
}

async function inTransaction(ctx: Context, work: (client: ClientBase) => Promise<void>): Promise<void> {
  const client = await ctx.db.sql.connect();
  let broken: Error | undefined;
  try {
    // A crash of the server may take the last batches back, with the checkpoint that says they are kept: they are read again.
    await client.query("BEGIN; SET LOCAL synchronous_commit = off");
    await work(client);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

async function write(
  client: ClientBase,
  ctx: Context,
  run: Run,
  batch: Batch,
  from: number,
  keepAll: typeof keepTogether,
): Promise<void> {
  const { id: shopId } = ctx.shop;
  const now = ctx.clock.now();
  const key = [shopId, run.kind];
  const mine = await client.query(
    // The shop first, as an erasure does.
    `SELECT r."malformed"
       FROM (SELECT "id" FROM "shop" WHERE "id" = $1::uuid AND "uninstalledAt" IS NULL FOR KEY SHARE) s
       JOIN "sync_run" r ON r."shopId" = s."id"
      WHERE r."kind" = $2 AND r."state" = 'reading' AND r."operationId" = $3 AND r."offset" = $4
        FOR UPDATE OF r`,
    [...key, run.operationId, from],
  );
  if (mine.rowCount !== 1) throw new Overtaken();
  const { kept, spoiled } = await keepAll(client, ctx, run, batch, run.askedAt ?? now);
  const ids = batch.records.map((one) => (one as { id: string }).id);
  const met = run.kind === "customers" ? await metAmong(client, shopId, ids) : new Set<string>();
  await forgetDue(
    client,
    key,
    ids.filter((id) => !met.has(id)),
    run.askedAt ?? now,
  );
  const allBad = [...batch.bad, ...spoiled];
  const shown = Math.max(0, mostLines - Number(mine.rows[0]?.malformed ?? 0));
  const bad = allBad.slice(0, shown);
  if (bad.length > 0) {
    await client.query(
      `INSERT INTO "sync_line" ("shopId", "kind", "line", "offset", "length", "reason")
       SELECT $1, $2, * FROM unnest($3::int[], $4::bigint[], $5::int[], $6::text[]) ON CONFLICT DO NOTHING`,
      [
        ...key,
        bad.map((one) => one.line),
        bad.map((one) => one.offset),
        bad.map((one) => one.length),
        bad.map((one) => one.reason),
      ],
    );
  }
  await noteAgain(client, key, [...batch.late, ...kept.ids.filter((id) => met.has(id))], now);
  await client.query(
    `UPDATE "sync_run" SET "offset" = $3, "line" = $4, "read" = "read" + $5, "created" = "created" + $6,
            "changed" = "changed" + $7, "unchanged" = "unchanged" + $8, "older" = "older" + $9,
            "malformed" = "malformed" + $10, "changedAt" = $11
      WHERE "shopId" = $1 AND "kind" = $2`,
    [
      ...key,
      batch.offset,
      batch.line,
      batch.records.length - spoiled.length,
      kept.created,
      kept.changed,
      kept.unchanged,
      kept.older + kept.erased,
      allBad.length,
      now,
    ],
  );
}

/**
 * Those customers whom we have met. A file only brings what the mirror keeps of them: their name, address and consent
 * follow when they are read by themselves, so what is due of them stays due, and what the file changed becomes due.
 */
async function metAmong(client: ClientBase, shopId: string, ids: string[]): Promise<Set<string>> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT DISTINCT "shopifyCustomerId" AS "id" FROM "customer" WHERE "shopId" = $1 AND "shopifyCustomerId" = ANY($2::text[])`,
    [shopId, ids],
  );
  return new Set(rows.map((row) => row.id));
}

/** Has records read by themselves; `readRun` asks for that at the file's end, and the clock before. */
async function noteAgain(client: ClientBase, key: string[], ids: string[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  await client.query(
    `INSERT INTO "shopify_due" AS d ("shopId", "kind", "id", "since", "notedAt")
     SELECT $1, $2, u, $4, $4 FROM unnest($3::text[]) u
         ON CONFLICT ("shopId", "kind", "id") DO UPDATE SET "noted" = d."noted" + 1, "notedAt" = EXCLUDED."notedAt"`,
    [...key, [...new Set(ids)].sort(), now],
  );
}

/** What webhooks told of before the file was asked for needs no reading of its own. */
async function forgetDue(client: ClientBase, key: string[], ids: string[], askedAt: Date): Promise<void> {
  await client.query(
    `DELETE FROM "shopify_due" WHERE "shopId" = $1 AND "kind" = $2 AND "id" = ANY($3::text[]) AND "notedAt" <= $4`,
    [...key, ids.sort(), askedAt],
  );
}

async function keepTogether(client: ClientBase, ctx: Context, run: Run, batch: Batch, toldAt: Date): Promise<Outcome> {
  return { kept: await sources[run.kind].keep(client, ctx.shop, batch.records, toldAt), spoiled: [] };
}

/**
 * Keeps the records of a batch that the database did not take together one by one: those that it cannot take (a time before the year 1, a
 * number beyond its column) are lines like any other that cannot be understood.
 */
async function keepSingly(client: ClientBase, ctx: Context, run: Run, batch: Batch, toldAt: Date): Promise<Outcome> {
  const kept = nothingKept();
  const spoiled: BadLine[] = [];
  for (const [index, record] of batch.records.entries()) {
    await client.query("SAVEPOINT one");
    try {
      const one = await sources[run.kind].keep(client, ctx.shop, [record], toldAt);
      for (const count of counts) kept[count] += one[count];
      kept.ids.push(...one.ids);
      await client.query("RELEASE one");
    } catch (error) {
      if (!isAboutRows(error)) throw error;
      await client.query("ROLLBACK TO one");
      const place = batch.places[index];
      if (place) spoiled.push({ ...place, reason: "not of the expected shape" });
    }
  }
  return { kept, spoiled };
}

const counts = ["created", "changed", "unchanged", "older", "erased"] as const;

interface Outcome {
  kept: Kept;
  spoiled: BadLine[];
}

/**
 * Whether a statement failed because of what is in its rows: a data exception (class 22 of SQLSTATE), or a row that is there already.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
function isAboutRows(error: unknown): boolean {
  return /^(22|23505)/.test(String((error as { code?: unknown }).code ?? ""));
}
